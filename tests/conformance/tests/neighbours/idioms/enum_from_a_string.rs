// Makes values of enums from strings.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::types::{KeySpec, KeyState, KeyUsageType};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    println!("{:?}", KeySpec::from("RSA_2048"));
    println!("{:?}", "ENCRYPT_DECRYPT".parse::<KeyUsageType>()?);
    let unknown = KeyState::from("Melting");
    println!(
        "{unknown:?} {} {}",
        unknown.as_str(),
        unknown == KeyState::Enabled
    );
    Ok(())
}
