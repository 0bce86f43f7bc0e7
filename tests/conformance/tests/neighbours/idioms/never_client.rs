// Meets a service that never answers.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_smithy_http_client::test_util::NeverClient;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let never = NeverClient::new();
    let conf = Config::builder()
        .with_test_defaults_v2()
        .http_client(never.clone())
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(Duration::from_secs(1))
                .build(),
        )
        .build();
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("never");
    println!("{} {}", crate::run::kind(&error), never.num_calls());
    Ok(())
}
