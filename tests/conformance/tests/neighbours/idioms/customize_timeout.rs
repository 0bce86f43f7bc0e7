// Waits a second and no longer.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Builder;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Never];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(Duration::from_secs(1))
        .build();
    let error = client
        .list_keys()
        .customize()
        .config_override(Builder::new().timeout_config(timeouts))
        .send()
        .await
        .expect_err("nobody answers");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
