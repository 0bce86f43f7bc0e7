// Lists the values of an enum.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::types::{ConnectionStateType, KeyUsageType};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    println!(
        "{:?} {:?}",
        KeyUsageType::values(),
        ConnectionStateType::values()
    );
    Ok(())
}
