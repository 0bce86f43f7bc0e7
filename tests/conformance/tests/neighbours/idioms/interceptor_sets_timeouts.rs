// Interceptors limit an attempt that is never answered: one before all, one before the attempts, one in the settings of the
// transport. What one before all leaves open is as the client has it.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::*;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Never,
    Answer::Never,
    Answer::Never,
    Answer::Never,
    Answer::Never,
];

#[derive(Debug)]
struct BeforeAll(TimeoutConfig);

impl Intercept for BeforeAll {
    fn name(&self) -> &'static str {
        "BeforeAll"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_put(self.0.clone());
        Ok(())
    }
}

#[derive(Debug)]
struct BeforeAttempts(TimeoutConfig);

impl Intercept for BeforeAttempts {
    fn name(&self) -> &'static str {
        "BeforeAttempts"
    }

    fn modify_before_retry_loop(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_put(self.0.clone());
        Ok(())
    }
}

async fn call(
    config: &SdkConfig,
    set: impl FnOnce(aws_sdk_kms::config::Builder) -> aws_sdk_kms::config::Builder,
) {
    let limits = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(50))
        .read_timeout(Duration::from_secs(70));
    let builder = aws_sdk_kms::config::Builder::from(config).timeout_config(limits.build());
    let began = tokio::time::Instant::now();
    let error = Client::from_conf(set(builder).build())
        .list_keys()
        .send()
        .await
        .err();
    // Pauses between attempts are of random length, and of at most three seconds.
    println!(
        "{:?} after {}",
        error.map(|error| crate::run::kind(&error)),
        began.elapsed().as_secs() / 10
    );
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let seconds = Duration::from_secs;
    let whole = TimeoutConfig::builder()
        .operation_timeout(seconds(75))
        .build();
    call(config, |builder| {
        builder.interceptor(BeforeAll(whole.clone()))
    })
    .await;
    let attempt = TimeoutConfig::builder()
        .operation_attempt_timeout(seconds(20))
        .build();
    call(config, |builder| {
        builder.interceptor(BeforeAttempts(attempt.clone()))
    })
    .await;
    // Then the limit on the whole does not hold any more, as it was read before.
    call(config, |builder| {
        builder.interceptor(BeforeAttempts(whole.clone()))
    })
    .await;
    Ok(())
}
