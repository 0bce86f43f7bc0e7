//! Calls over real sockets: connections, repetitions, time limits and faults.

mod support;

use farrier_runtime::config::{
    ReconnectMode, RetryConfig, SharedTimeSource, StalledStreamProtectionConfig, TimeSource,
    TimeoutConfig,
};
use farrier_runtime::error::{ProvideErrorMetadata, RequestId, SdkError, TimeoutExceeded};
use farrier_runtime::http::HttpClientBuilder;
use farrier_runtime::internal::{Handle, SettingsBuilder, send};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
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
async fn one_connection_serves_call_after_call() {
    let server = Server::start([ok("hello")]).await;
    let client = client_of(&server, |_| {});
    for _ in 0..5 {
        let output = echo(&client, "hi").await.expect("an answer");
        assert_eq!(
            output,
            EchoOutput {
                text: Some("hello".into()),
                request_id: Some("id-1".into())
            }
        );
    }
    assert_eq!((server.connections(), server.requests().len()), (1, 5));
    assert!(server.requests()[0].ends_with("\r\n\r\n{\"Text\":\"hi\"}"));
}

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
async fn the_connection_of_a_transient_fault_is_given_up_unless_told_otherwise() {
    for (mode, connections) in [
        (ReconnectMode::ReconnectOnTransientError, 2),
        (ReconnectMode::ReuseAllConnections, 1),
    ] {
        let script = [
            error(503, "Oops"),
            error(400, "ThrottlingException"),
            ok("done"),
        ];
        let server = Server::start(script).await;
        let client = client_of(&server, |settings| {
            let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
            settings.set_retry_config(Some(retry.with_reconnect_mode(mode)));
        });
        echo(&client, "hi").await.expect("an answer");
        assert_eq!(server.connections(), connections);
    }
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
async fn a_connection_that_died_in_the_pool_is_replaced_unseen() {
    let closing = Answer::Cut(answer(200, "", "{}"));
    let server = Server::start([closing]).await;
    let client = client_of(&server, |settings| {
        settings.set_retry_config(Some(RetryConfig::disabled()));
    });
    for _ in 0..3 {
        echo(&client, "hi").await.expect("an answer");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.connections(), 3);
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

#[tokio::test]
async fn calls_with_a_time_limit_of_their_own_use_the_same_connection() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |_| {});
    for seconds in 1..20 {
        let limit = TimeoutConfig::builder().read_timeout(Duration::from_secs(seconds));
        let mut over = SettingsBuilder::new();
        over.set_timeout_config(Some(limit.build()));
        let input = EchoInput("hi".into());
        send::<Echo>(&client, Some(&over), Ok(input))
            .await
            .expect("an answer");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn idle_connections_are_kept_as_told() {
    let short = Duration::from_millis(1);
    for (http, connections) in [
        (HttpClientBuilder::new(), 1),
        (HttpClientBuilder::new().pool_max_idle_per_host(0), 3),
        (HttpClientBuilder::new().pool_idle_timeout(short), 3),
        (HttpClientBuilder::new().without_proxies(), 1),
    ] {
        let server = Server::start([ok("done")]).await;
        let client = client_of(&server, |settings| {
            settings.set_http_client(Some(http.build()));
        });
        for _ in 0..3 {
            echo(&client, "hi").await.expect("an answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(server.connections(), connections, "{http:?}");
    }
}

#[tokio::test]
async fn debug_of_a_pool_tells_nothing_of_its_connections() {
    let server = Server::start([ok("done")]).await;
    let http = HttpClientBuilder::new().build();
    let client = client_of(&server, |settings| {
        settings.set_http_client(Some(http.clone()));
    });
    echo(&client, "hi").await.expect("an answer");
    assert_eq!(server.open(), 1);
    let shown = format!("{http:?}");
    assert!(
        shown.contains("Pool") && !shown.contains("planted"),
        "{shown}"
    );
}

#[test]
fn idle_connections_are_closed_without_another_call() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().expect("a runtime")
    };
    let idle = Duration::from_millis(60);
    let http = HttpClientBuilder::new().pool_idle_timeout(idle).build();
    let service = runtime();
    let server = service.block_on(Server::start([ok("done")]));
    std::thread::spawn(move || service.block_on(std::future::pending::<()>()));
    // A client outlives the runtime that its first call was made on, and that closes connections as it ends.
    for waits in [false, true] {
        runtime().block_on(async {
            let client = client_of(&server, |settings| {
                settings.set_http_client(Some(http.clone()));
            });
            echo(&client, "hi").await.expect("an answer");
            assert_eq!(server.open(), 1);
            let limit = Instant::now() + Duration::from_secs(5);
            while waits && server.open() > 0 && Instant::now() < limit {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            assert_eq!(server.open(), usize::from(!waits));
        });
        let limit = Instant::now() + Duration::from_secs(5);
        while server.open() > 0 && Instant::now() < limit {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

#[tokio::test]
async fn concurrent_calls_share_the_pool() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |_| {});
    let calls: Vec<_> = (0..64)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { echo(&client, "hi").await.expect("an answer") })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic");
    }
    assert_eq!(server.requests().len(), 64);
}
