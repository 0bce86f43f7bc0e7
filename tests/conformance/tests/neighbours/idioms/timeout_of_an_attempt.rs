// Repeats an attempt that takes too long.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Never];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(Duration::from_millis(300))
                .build(),
        )
        .build();
    println!(
        "{:?}",
        Client::from_conf(conf).list_keys().send().await?.keys
    );
    Ok(())
}
