// Builds the parameters of a resolver of auth schemes.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::config::auth::Params;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let params = Params::builder().operation_name("Decrypt").build()?;
    println!("{} {:?}", params.operation_name(), params == params.clone());
    println!("{}", Params::builder().build().expect_err("no name"));
    Ok(())
}
