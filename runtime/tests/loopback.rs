//! Calls over real sockets: repetitions, faults and the clock.

mod support;

use farrier_runtime::config::{RetryConfig, SharedTimeSource, TimeSource};
use farrier_runtime::error::{ProvideErrorMetadata, RequestId, SdkError};
use farrier_runtime::internal::Handle;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use support::*;

#[tokio::test]
async fn transient_faults_are_repeated_under_one_invocation_id() {
    let server = Server::start([
        error(500, "Oops"),
        error(400, "ThrottlingException"),
        ok("done"),
    ])
    .await;
    let client = client_of(&server, |_| {});
    assert_eq!(
        echo(&client, "hi")
            .await
            .expect("an answer")
            .text
            .as_deref(),
        Some("done")
    );
    let requests = server.requests();
    let heads: Vec<_> = requests
        .iter()
        .filter_map(|request| header(request, "amz-sdk-request"))
        .collect();
    assert_eq!(
        heads,
        ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]
    );
    let id = |request| header(request, "amz-sdk-invocation-id").map(str::to_owned);
    assert!(id(&requests[0]).is_some() && id(&requests[0]) == id(&requests[2]));
}

#[tokio::test]
async fn attempts_are_counted() {
    for (max, expected) in [(1, 1), (3, 3), (5, 5)] {
        let server = Server::start([error(503, "Down")]).await;
        let retry = RetryConfig::standard()
            .with_max_attempts(max)
            .with_initial_backoff(Duration::from_millis(1));
        let client = client_of(&server, |settings| {
            settings.set_retry_config(Some(retry));
        });
        let error = echo(&client, "hi").await.expect_err("the service is down");
        assert_eq!(error.code(), Some("Down"));
        assert_eq!(server.requests().len(), expected);
    }
}

#[tokio::test]
async fn a_refusal_is_final() {
    let denied = Answer::Bytes(answer(
        400,
        "x-amzn-requestid: id-9\r\n",
        r#"{"__type":"Denied","message":"no"}"#,
    ));
    let server = Server::start([denied]).await;
    let error = echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect_err("denied");
    assert!(matches!(error, SdkError::ServiceError(_)));
    assert_eq!(
        (error.code(), error.message(), error.request_id()),
        (Some("Denied"), Some("no"), Some("id-9"))
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn errors_marked_retryable_are_repeated() {
    let server = Server::start([error(400, "BusyException"), ok("done")]).await;
    echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect("an answer");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_an_error_and_is_not_asked_for_again() {
    for body in ["<html>", "{\"Text\":7}", "{\"Text\":\"a\""] {
        let server = Server::start([Answer::Bytes(answer(200, "", body))]).await;
        let error = echo(&client_of(&server, |_| {}), "hi")
            .await
            .expect_err("not an output");
        assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::start([Answer::Bytes(answer(200, "", ""))]).await;
    assert_eq!(
        echo(&client_of(&server, |_| {}), "hi")
            .await
            .expect("an empty output")
            .text,
        None
    );
}

#[tokio::test]
async fn a_truncated_answer_is_repeated() {
    let cut = Answer::Cut("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"Te".into());
    let server = Server::start([cut.clone(), ok("done")]).await;
    let client = client_of(&server, |_| {});
    assert_eq!(
        echo(&client, "hi")
            .await
            .expect("an answer")
            .text
            .as_deref(),
        Some("done")
    );
    let server = Server::start([cut]).await;
    let error = echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect_err("cut");
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_repeated() {
    let server = Server::start([Answer::Cut(String::new()), ok("done")]).await;
    echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect("an answer");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn refused() {
    let address = closed_port().await;
    let mut settings = settings();
    settings.set_endpoint_url(Some(format!("http://{address}")));
    let client = Handle::new(&SERVICE, settings.build());
    let error = echo(&client, "hi").await.expect_err("nobody listens");
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_io(), "{failure:?}");
}

#[tokio::test]
async fn an_answer_without_end_is_refused() {
    let huge = Answer::Bytes("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n{".into());
    let server = Server::start([huge]).await;
    let client = client_of(&server, |_| {});
    let error = echo(&client, "hi").await.expect_err("1 GB");
    let SdkError::ResponseError(_) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        error.source().expect("a source").to_string(),
        "the answer is larger than 64 MiB"
    );
    // The service did its work; asking again would do it again, for the same answer.
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_head_that_does_not_end_is_refused() {
    let many: String = (0..200).map(|at| format!("x-header-{at}: 1\r\n")).collect();
    let long = format!("x-header: {}\r\n", "1".repeat(1_000_000));
    for headers in [many, long] {
        let server = Server::start([Answer::Bytes(answer(200, &headers, "{}"))]).await;
        let client = client_of(&server, |settings| {
            settings.set_retry_config(Some(RetryConfig::disabled()));
        });
        let error = echo(&client, "hi").await.expect_err("too many headers");
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_nested_without_end_is_refused() {
    let body = format!("{{\"Other\":{}", "[".repeat(100_000));
    for status in [200, 400] {
        let server = Server::start([Answer::Bytes(answer(status, "", &body))]).await;
        let error = echo(&client_of(&server, |_| {}), "hi").await;
        let error = error.expect_err("too deep");
        assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_dropped_call_is_cancelled() {
    let late = Answer::Late(Duration::from_secs(60), String::new());
    let server = Server::start([late, ok("done")]).await;
    let client = client_of(&server, |_| {});
    let of_call = client.clone();
    let call = tokio::spawn(async move { echo(&of_call, "hi").await });
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    call.abort();
    assert!(call.await.expect_err("it is dropped").is_cancelled());
    let output = echo(&client, "hi").await.expect("an answer");
    assert_eq!(output.text.as_deref(), Some("done"));
    assert_eq!((server.connections(), server.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_once() {
    let refusal = |date: &str| {
        let headers = format!("date: {date}\r\n");
        Answer::Bytes(answer(
            400,
            &headers,
            r#"{"__type":"InvalidSignatureException"}"#,
        ))
    };
    let ahead = "Fri, 01 Jan 2100 00:00:00 GMT";
    let server = Server::start([refusal(ahead), ok("done")]).await;
    let client = client_of(&server, |_| {});
    echo(&client, "hi").await.expect("an answer");
    echo(&client, "hi").await.expect("an answer");
    let dates: Vec<_> = server
        .requests()
        .iter()
        .map(|request| header(request, "x-amz-date").expect("a date")[..4].to_owned())
        .collect();
    assert_eq!(dates[1..], ["2100", "2100"]);
    assert_ne!(dates[0], "2100");
    // When it does not help, it is not tried again.
    let other = "Sat, 01 Jan 2050 00:00:00 GMT";
    let server = Server::start([refusal(ahead), refusal(other), refusal(ahead)]).await;
    let error = echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect_err("refused");
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    assert_eq!(server.requests().len(), 2);
    // And never when it is turned off.
    let server = Server::start([refusal(ahead)]).await;
    let client = client_of(&server, |settings| {
        settings.set_disable_clock_skew_correction(Some(true));
    });
    echo(&client, "hi").await.expect_err("refused");
    assert_eq!(server.requests().len(), 1);
}

/// A clock that is moved by hand, in seconds.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Calls a service whose clock is an hour ahead, and whose refusal takes so long, in seconds; the times of the requests.
async fn refused_slowly(takes: u64) -> Vec<String> {
    // Fri, 20 Nov 2026 12:00:00 GMT.
    let clock = Clock(Arc::new(AtomicU64::new(1_795_176_000)));
    let refusal = answer(
        400,
        "date: Fri, 20 Nov 2026 13:00:10 GMT\r\n",
        r#"{"__type":"RequestTimeTooSkewed"}"#,
    );
    let late = Answer::Late(Duration::from_millis(200), refusal);
    let server = Server::start([late, ok("done")]).await;
    let client = client_of(&server, |settings| {
        settings.set_time_source(Some(SharedTimeSource::new(clock.clone())));
    });
    let call = tokio::spawn(async move { echo(&client, "hi").await });
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    clock.0.fetch_add(takes, Ordering::Relaxed);
    let _ = call.await.expect("no panic");
    let requests = server.requests();
    let dates = requests.iter().filter_map(|it| header(it, "x-amz-date"));
    dates.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_clock_of_the_service_is_read_halfway_between_request_and_answer() {
    let dates = refused_slowly(20).await;
    assert_eq!(dates, ["20261120T120000Z", "20261120T130020Z"]);
    // What took too long says nothing.
    assert_eq!(refused_slowly(16 * 60).await, ["20261120T120000Z"]);
}
