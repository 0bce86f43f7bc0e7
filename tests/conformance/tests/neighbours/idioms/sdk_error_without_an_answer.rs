// Tells calls that took too long from those that were never made.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::{BoxError, SdkError};
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Never, Answer::Never];

#[derive(Debug)]
struct Stop;

impl Intercept for Stop {
    fn name(&self) -> &'static str {
        "Stop"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("no calls on Sundays".into())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let hasty = |timeouts: TimeoutConfig| {
        let conf = aws_sdk_kms::config::Builder::from(config)
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts);
        Client::from_conf(conf.build())
    };
    let limit = Duration::from_millis(200);
    let clients = [
        hasty(TimeoutConfig::builder().operation_timeout(limit).build()),
        hasty(
            TimeoutConfig::builder()
                .operation_attempt_timeout(limit)
                .build(),
        ),
        Client::from_conf(
            aws_sdk_kms::config::Builder::from(config)
                .interceptor(Stop)
                .build(),
        ),
    ];
    for client in clients {
        let error = client
            .describe_key()
            .key_id("k-1")
            .send()
            .await
            .expect_err("no answer");
        println!(
            "{} {}",
            error.as_service_error().is_some(),
            error.raw_response().is_some()
        );
        match error {
            SdkError::TimeoutError(_) => println!("timeout"),
            SdkError::ConstructionFailure(_) => println!("construction failure"),
            other => println!("{}", crate::run::kind(&other)),
        }
    }
    Ok(())
}
