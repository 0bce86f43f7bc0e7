//! What passes is repeated, each time signed anew; what does not pass is told at once.

use crate::{connect, created, external, state};
use farrier_kms::Client;
use farrier_kms::config::retry::RetryConfig;
use farrier_kms::error::{ProvideErrorMetadata, SdkError};
use farrier_kms::types::ConnectionStateType;
use farrier_test_service::{Fault, RecordedRequest};
use farrier_tests::Local;
use std::time::Duration;

/// A client that repeats as it does by default, but with short pauses.
async fn local() -> (Local, Client) {
    let local = Local::start().await.unwrap();
    let quick = RetryConfig::standard().with_initial_backoff(Duration::from_millis(2));
    let client = Client::from_conf(local.config().retry_config(quick).build());
    (local, client)
}

/// The requests of one call: each was signed properly, and says which attempt it is.
fn attempts(local: &Local) -> Vec<RecordedRequest> {
    let requests = local.service().take_requests();
    for (at, request) in requests.iter().enumerate() {
        assert_eq!(request.refused, None, "attempt {at}");
        assert_eq!(
            request.header("amz-sdk-request"),
            Some(format!("attempt={}; max=3", at + 1).as_str())
        );
        assert_eq!(
            request.header("amz-sdk-invocation-id"),
            requests[0].header("amz-sdk-invocation-id")
        );
        assert_eq!(request.body, requests[0].body);
    }
    requests
}

#[tokio::test]
async fn what_passes_is_repeated_until_it_has_passed() {
    let (local, client) = local().await;
    for fault in [
        Fault::answer(500),
        Fault::answer(502).body("<html>bad gateway</html>"),
        Fault::answer(503),
        Fault::answer(504),
        Fault::error(500, "KMSInternalException", "try again"),
        Fault::throttle(),
        Fault::error(400, "TooManyRequestsException", "slower"),
        Fault::drop_connection(),
        Fault::lose_answer(),
        Fault::cut_answer(),
    ] {
        let shown = format!("{fault:?}");
        local.service().inject(fault.times(2));
        let answer = client.describe_custom_key_stores().send().await;
        assert!(answer.is_ok(), "{shown}: {answer:?}");
        assert_eq!(attempts(&local).len(), 3, "{shown}");
    }
}

#[tokio::test]
async fn the_third_failure_is_the_last() {
    let (local, client) = local().await;
    local
        .service()
        .inject(Fault::error(500, "KMSInternalException", "still broken").times(9));
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.message(), Some("still broken"));
    assert!(error.into_service_error().is_kms_internal_exception());
    assert_eq!(attempts(&local).len(), 3);
    local.service().clear_faults();
    local.service().inject(Fault::drop_connection().times(9));
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert_eq!(attempts(&local).len(), 3);
}

#[tokio::test]
async fn refusals_are_not_repeated() {
    let (local, client) = local().await;
    for code in [
        "CustomKeyStoreNotFoundException",
        "AccessDeniedException",
        "ValidationException",
    ] {
        local.service().inject(Fault::error(400, code, "no"));
        let error = client
            .describe_custom_key_stores()
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(attempts(&local).len(), 1, "{code}");
    }
}

#[tokio::test]
async fn the_settings_say_how_often() {
    let (local, client) = local().await;
    local.service().inject(Fault::answer(500).times(5));
    let five = RetryConfig::standard()
        .with_max_attempts(6)
        .with_initial_backoff(Duration::from_millis(1));
    let patient = Client::from_conf(client.config().to_builder().retry_config(five).build());
    assert!(patient.describe_custom_key_stores().send().await.is_ok());
    assert_eq!(local.service().take_requests().len(), 6);

    local.service().inject(Fault::answer(500));
    let once = farrier_kms::Config::builder().retry_config(RetryConfig::disabled());
    let call = client
        .describe_custom_key_stores()
        .customize()
        .config_override(once);
    assert!(call.send().await.is_err());
    assert_eq!(local.service().take_requests().len(), 1);
}

#[tokio::test]
async fn a_hint_of_the_service_is_followed() {
    let (local, client) = local().await;
    local
        .service()
        .inject(Fault::throttle().header("x-amz-retry-after", "150"));
    let before = std::time::Instant::now();
    client.describe_custom_key_stores().send().await.unwrap();
    assert!(
        before.elapsed() >= Duration::from_millis(150),
        "{:?}",
        before.elapsed()
    );
    assert_eq!(attempts(&local).len(), 2);
}

#[tokio::test]
async fn a_connect_whose_answer_is_lost_is_repeated_without_harm() {
    let (local, client) = local().await;
    let id = created(external(&client, "mine")).await;
    local
        .service()
        .inject(Fault::lose_answer().on("ConnectCustomKeyStore"));
    connect(&client, &id).await;
    assert_eq!(state(&client, &id).await, ConnectionStateType::Connecting);
}

#[tokio::test]
async fn a_disconnect_whose_answer_is_lost_finds_its_work_done() {
    let (local, client) = local().await;
    let id = created(external(&client, "mine")).await;
    connect(&client, &id).await;
    // It is not idempotent: the second attempt is refused, and that is what the caller is told.
    local
        .service()
        .inject(Fault::lose_answer().on("DisconnectCustomKeyStore"));
    let error = client
        .disconnect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .into_service_error()
            .is_custom_key_store_invalid_state_exception()
    );
    assert_eq!(
        state(&client, &id).await,
        ConnectionStateType::Disconnecting
    );
}
