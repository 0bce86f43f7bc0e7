// Calls without a region.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut builder = aws_sdk_kms::config::Builder::from(config);
    builder.set_region(None);
    let error = Client::from_conf(builder.build())
        .list_keys()
        .send()
        .await
        .expect_err("nowhere to go");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
