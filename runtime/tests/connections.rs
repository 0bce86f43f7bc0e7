//! Connections: which calls share them, when they are closed, and how long idle ones are kept.

mod support;

use farrier_runtime::config::{ReconnectMode, RetryConfig, TimeoutConfig};
use farrier_runtime::http::HttpClientBuilder;
use farrier_runtime::internal::{SettingsBuilder, send};
use std::time::{Duration, Instant};
use support::*;

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
