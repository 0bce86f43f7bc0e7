//! Time limits on an attempt, on a call and on reading.

use farrier_kms::Client;
use farrier_kms::config::retry::RetryConfig;
use farrier_kms::config::timeout::TimeoutConfig;
use farrier_kms::error::{DisplayErrorContext, SdkError};
use farrier_test_service::Fault;
use farrier_tests::Local;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);
const SLOW: Duration = Duration::from_secs(20);

async fn local(timeouts: TimeoutConfig, attempts: u32) -> (Local, Client) {
    let local = Local::start().await.unwrap();
    let quick = RetryConfig::standard()
        .with_max_attempts(attempts)
        .with_initial_backoff(Duration::from_millis(1));
    let client = Client::from_conf(
        local
            .config()
            .timeout_config(timeouts)
            .retry_config(quick)
            .build(),
    );
    (local, client)
}

#[tokio::test]
async fn a_call_takes_no_longer_than_it_may() {
    let (local, client) = local(TimeoutConfig::builder().operation_timeout(LIMIT).build(), 3).await;
    local.service().inject(Fault::delay_answer(SLOW));
    let before = Instant::now();
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert!(LIMIT <= before.elapsed() && before.elapsed() < SLOW / 2);
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("500ms"), "{text}");
    assert_eq!(local.service().requests().len(), 1);
    client.describe_custom_key_stores().send().await.unwrap();
}

#[tokio::test]
async fn a_slow_attempt_is_given_up_and_repeated() {
    let (local, client) = local(
        TimeoutConfig::builder()
            .operation_attempt_timeout(LIMIT)
            .build(),
        3,
    )
    .await;
    local.service().inject(Fault::delay_answer(SLOW).times(2));
    let before = Instant::now();
    client.describe_custom_key_stores().send().await.unwrap();
    assert!(2 * LIMIT <= before.elapsed() && before.elapsed() < SLOW);
    assert_eq!(local.service().requests().len(), 3);
}

#[tokio::test]
async fn the_last_slow_attempt_ends_the_call() {
    let (local, client) = local(
        TimeoutConfig::builder()
            .operation_attempt_timeout(LIMIT)
            .build(),
        2,
    )
    .await;
    local.service().inject(Fault::delay_answer(SLOW).times(2));
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert_eq!(local.service().requests().len(), 2);
}

#[tokio::test]
async fn an_answer_that_does_not_begin_is_not_waited_for() {
    let (local, client) = local(TimeoutConfig::builder().read_timeout(LIMIT).build(), 2).await;
    local.service().inject(Fault::delay_answer(SLOW));
    client.describe_custom_key_stores().send().await.unwrap();
    local.service().inject(Fault::delay_answer(SLOW).times(2));
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_timeout(), "{failure:?}");
}

#[tokio::test]
async fn one_call_may_have_a_limit_of_its_own() {
    let (local, client) = local(TimeoutConfig::disabled(), 3).await;
    local.service().inject(Fault::delay_answer(SLOW));
    let limit = TimeoutConfig::builder().operation_timeout(LIMIT).build();
    let own = farrier_kms::Config::builder().timeout_config(limit);
    let call = client
        .describe_custom_key_stores()
        .customize()
        .config_override(own);
    assert!(matches!(call.send().await, Err(SdkError::TimeoutError(_))));
}
