//! Waiters end when it is decided, and not when their time is over.

use crate::{LONG, connect, created, external};
use farrier_kms::Client;
use farrier_kms::client::Waiters;
use farrier_kms::error::ProvideErrorMetadata;
use farrier_kms::types::{ConnectionErrorCodeType, ConnectionStateType};
use farrier_kms::waiters::custom_key_store_connected::WaitUntilCustomKeyStoreConnectedError as ConnectedError;
use farrier_kms::waiters::custom_key_store_disconnected::WaitUntilCustomKeyStoreDisconnectedError as DisconnectedError;
use farrier_test_service::Fault;
use farrier_tests::Local;
use std::time::Duration;

async fn store() -> (Local, Client, String) {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let id = created(external(&client, "mine")).await;
    local.service().take_requests();
    (local, client, id)
}

/// How often a store was described.
fn described(local: &Local) -> usize {
    let requests = local.service().take_requests();
    let describes = requests
        .iter()
        .filter(|request| request.operation.as_deref() == Some("DescribeCustomKeyStores"));
    describes.count()
}

#[tokio::test]
async fn connected_fails_at_once_on_a_store_that_has_failed() {
    let (local, client, id) = store().await;
    local.service().fail_next_connect("INVALID_CREDENTIALS");
    connect(&client, &id).await;
    local.clock().advance(Local::CONNECT_DELAY);
    let before = local.clock().now();
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap_err();
    let ConnectedError::FailureState(failure) = error else {
        panic!("{error}")
    };
    let answer = failure.final_poll().as_result().unwrap();
    let store = &answer.custom_key_stores()[0];
    assert_eq!(store.connection_state(), Some(&ConnectionStateType::Failed));
    assert_eq!(
        store.connection_error_code(),
        Some(&ConnectionErrorCodeType::InvalidCredentials)
    );
    assert_eq!(described(&local), 1);
    assert!(local.clock().now().duration_since(before).unwrap() < Duration::from_secs(5));
}

#[tokio::test]
async fn connected_fails_when_connecting_fails_meanwhile() {
    let (local, client, id) = store().await;
    local.service().fail_next_connect("XKS_PROXY_NOT_REACHABLE");
    connect(&client, &id).await;
    let before = local.clock().now();
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectedError::FailureState(_)), "{error}");
    let waited = local.clock().now().duration_since(before).unwrap();
    assert!(
        Local::CONNECT_DELAY <= waited && waited < LONG,
        "{waited:?}"
    );

    // The way out of it.
    client
        .disconnect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await
        .unwrap();
    client
        .wait_until_custom_key_store_disconnected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap();
    connect(&client, &id).await;
    client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap();
}

#[tokio::test]
async fn connected_fails_at_once_on_a_store_that_nobody_connects() {
    let (local, client, id) = store().await;
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_name("mine")
        .wait(LONG)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectedError::FailureState(_)), "{error}");
    assert_eq!(described(&local), 1);
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectedError::FailureState(_)), "{error}");
}

#[tokio::test]
async fn disconnected_fails_at_once_on_a_store_that_rests() {
    let (local, client, id) = store().await;
    connect(&client, &id).await;
    local.clock().advance(Local::CONNECT_DELAY);
    let wait = || {
        client
            .wait_until_custom_key_store_disconnected()
            .custom_key_store_id(&id)
            .wait(LONG)
    };
    let error = wait().await.unwrap_err();
    assert!(
        matches!(error, DisconnectedError::FailureState(_)),
        "{error}"
    );
    client
        .disconnect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await
        .unwrap();
    wait().await.unwrap();
    wait().await.unwrap();
}

#[tokio::test]
async fn a_store_that_does_not_exist_is_not_waited_for() {
    let (local, client, _) = store().await;
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_name("other")
        .wait(LONG)
        .await
        .unwrap_err();
    let ConnectedError::FailureState(failure) = error else {
        panic!("{error}")
    };
    let answer = failure.final_poll().as_result().unwrap_err();
    assert!(answer.is_custom_key_store_not_found_exception(), "{answer}");
    assert_eq!(described(&local), 1);
}

#[tokio::test]
async fn another_error_ends_a_wait_with_that_error() {
    let (local, client, id) = store().await;
    connect(&client, &id).await;
    local.service().inject(Fault::error(
        400,
        "AccessDeniedException",
        "no kms:DescribeCustomKeyStores",
    ));
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap_err();
    let ConnectedError::OperationFailed(failed) = error else {
        panic!("{error}")
    };
    assert_eq!(failed.error().code(), Some("AccessDeniedException"));
}

#[tokio::test]
async fn failures_that_pass_do_not_end_a_wait() {
    let (local, client, id) = store().await;
    connect(&client, &id).await;
    local
        .service()
        .inject(Fault::drop_connection().on("DescribeCustomKeyStores"));
    local
        .service()
        .inject(Fault::throttle().on("DescribeCustomKeyStores"));
    client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_wait_ends_when_its_time_is_over() {
    let (local, client, id) = store().await;
    connect(&client, &id).await;
    let before = local.clock().now();
    let limit = Duration::from_secs(300);
    let error = client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(limit)
        .await
        .unwrap_err();
    let ConnectedError::ExceededMaxWait(over) = error else {
        panic!("{error}")
    };
    assert_eq!(over.max_wait(), limit);
    let waited = local.clock().now().duration_since(before).unwrap();
    assert!(
        limit <= waited && waited < limit + Duration::from_secs(5),
        "{waited:?}"
    );
    assert_eq!(described(&local), over.poll_count() as usize);
    // It has seen the store; the store does not mind.
    client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap();
}

#[tokio::test]
async fn pauses_are_those_of_the_model() {
    let (local, client, id) = store().await;
    connect(&client, &id).await;
    client
        .wait_until_custom_key_store_connected()
        .custom_key_store_id(&id)
        .wait(LONG)
        .await
        .unwrap();
    let requests = local.service().take_requests();
    let seconds: Vec<i64> = requests
        .iter()
        .filter_map(|request| seconds_of_day(request.header("x-amz-date")?))
        .collect();
    // The first of them is the connect.
    let pauses: Vec<i64> = seconds[1..]
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).rem_euclid(86_400))
        .collect();
    assert!(pauses.len() >= 20, "{pauses:?}");
    assert!(
        pauses.iter().all(|pause| (9..=61).contains(pause)),
        "{pauses:?}"
    );
}

/// `20260801T120000Z` as seconds since midnight.
fn seconds_of_day(date: &str) -> Option<i64> {
    let part = |from: usize| date.get(from..from + 2)?.parse::<i64>().ok();
    Some(part(9)? * 3600 + part(11)? * 60 + part(13)?)
}
