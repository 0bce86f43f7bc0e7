// Takes only values that are known.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::types::KeySpec;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    println!("{:?}", KeySpec::try_parse("ECC_NIST_P256")?);
    let error = KeySpec::try_parse("ROT13").expect_err("not a key spec");
    println!("{error} {error:?}");
    Ok(())
}
