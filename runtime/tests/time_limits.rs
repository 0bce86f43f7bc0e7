//! Time limits, over real sockets: on connecting, reading, attempts and operations, and on a body that does not move.

mod support;

use farrier_runtime::config::{RetryConfig, StalledStreamProtectionConfig, TimeoutConfig};
use farrier_runtime::error::{SdkError, TimeoutExceeded};
use farrier_runtime::internal::{Handle, SettingsBuilder, send};
use std::error::Error;
use std::time::{Duration, Instant};
use support::*;

const SOON: Duration = Duration::from_millis(50);

fn timeout_in<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a TimeoutExceeded> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(timeout) = error.downcast_ref() {
            return Some(timeout);
        }
        next = error.source();
    }
    None
}

#[tokio::test]
async fn the_time_limit_on_reading() {
    let server = Server::start([Answer::Stall(String::new())]).await;
    let client = client_of(&server, |settings| {
        settings.set_timeout_config(Some(TimeoutConfig::builder().read_timeout(SOON).build()));
    });
    let error = echo(&client, "hi").await.expect_err("no answer");
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_timeout());
    assert_eq!(
        timeout_in(&error).expect("a timeout").to_string(),
        "HTTP read timeout occurred after 50ms, in attempt 3"
    );
    // On a busy machine the service comes to read them later.
    while server.requests().len() < 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_time_limit_on_an_attempt() {
    let limited = |server: &Server, limit| {
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(limit);
        client_of(server, |settings| {
            settings.set_timeout_config(Some(timeouts.build()));
        })
    };
    let late = Answer::Late(Duration::from_secs(60), String::new());
    let server = Server::start([late, ok("done")]).await;
    // The attempt after it has to come to its end within the limit.
    let client = limited(&server, 20 * SOON);
    let output = echo(&client, "hi").await.expect("an answer");
    assert_eq!(output.text.as_deref(), Some("done"));
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{";
    let server = Server::start([Answer::Stall(head.into())]).await;
    let client = limited(&server, SOON);
    let error = echo(&client, "hi").await.expect_err("no answer");
    assert!(matches!(error, SdkError::TimeoutError(_)));
    let timeout = timeout_in(&error).expect("a timeout");
    assert_eq!((timeout.duration(), timeout.attempt()), (SOON, Some(3)));
    assert_eq!(
        timeout.to_string(),
        "operation attempt timeout (single attempt) occurred after 50ms, in attempt 3"
    );
}

#[tokio::test]
async fn the_time_limit_on_the_operation() {
    let server = Server::start([Answer::Stall(String::new())]).await;
    let client = client_of(&server, |settings| {
        settings.set_timeout_config(Some(
            TimeoutConfig::builder().operation_timeout(SOON).build(),
        ));
    });
    let began = Instant::now();
    let error = echo(&client, "hi").await.expect_err("no answer");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(
        timeout_in(&error).expect("a timeout").to_string(),
        "operation timeout (all attempts including retries) occurred after 50ms, in attempt 1"
    );
}

#[tokio::test]
async fn the_time_limit_on_the_operation_counts_before_the_first_attempt_too() {
    let server = Server::start([error(400, "ThrottlingException")]).await;
    let client = client_of(&server, |settings| {
        let once = RetryConfig::adaptive().with_max_attempts(1);
        settings.set_retry_config(Some(once));
    });
    echo(&client, "hi").await.expect_err("it is throttled");
    // The next call has to wait for two seconds.
    let mut over = SettingsBuilder::new();
    let limit = TimeoutConfig::builder().operation_timeout(SOON).build();
    over.set_timeout_config(Some(limit));
    let called = send::<Echo>(&client, Some(&over), Ok(EchoInput("hi".into())));
    let error = called.await.expect_err("no time for an attempt");
    assert_eq!(
        timeout_in(&error).expect("a timeout").to_string(),
        "operation timeout (all attempts including retries) occurred after 50ms"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_time_limit_on_connecting() {
    // An address that is reserved for documentation: packets to it get lost, or have no way at once.
    let mut settings = settings();
    settings
        .set_endpoint_url(Some("http://192.0.2.1:81".into()))
        .set_retry_config(Some(RetryConfig::disabled()))
        .set_timeout_config(Some(TimeoutConfig::builder().connect_timeout(SOON).build()));
    let began = Instant::now();
    let error = echo(&Handle::new(&SERVICE, settings.build()), "hi")
        .await
        .expect_err("nobody there");
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(began.elapsed() < Duration::from_secs(3));
    if failure.is_timeout() {
        assert_eq!(
            timeout_in(&error).expect("a timeout").to_string(),
            "HTTP connect timeout occurred after 50ms, in attempt 1"
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_move_ends() {
    let server = Server::start([Answer::Stall(
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{".into(),
    )])
    .await;
    let client = client_of(&server, |settings| {
        let protection = StalledStreamProtectionConfig::enabled()
            .grace_period(SOON)
            .build();
        settings
            .set_stalled_stream_protection(Some(protection))
            .set_retry_config(Some(RetryConfig::disabled()));
    });
    let error = echo(&client, "hi").await.expect_err("a stalled body");
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    assert_eq!(
        timeout_in(&error).expect("a timeout").to_string(),
        "timeout of a response body that does not move occurred after 50ms, in attempt 1"
    );
}
