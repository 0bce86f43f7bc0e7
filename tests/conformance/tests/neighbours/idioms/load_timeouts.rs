// Sets timeouts for all clients.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::Env;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Never];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token"),
            ("AWS_REGION", "eu-north-1"),
        ]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_secs(2))
                .build(),
        )
        .load()
        .await;
    let client = Client::new(&loaded);
    let error = client.list_keys().send().await.expect_err("nobody answers");
    println!("{}", crate::run::kind(&error));
    println!(
        "{:?}",
        client
            .config()
            .timeout_config()
            .and_then(|timeouts| timeouts.operation_timeout())
    );
    Ok(())
}
