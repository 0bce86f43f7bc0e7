//! Proxies that the environment names.
//!
//! The environment is that of the process, so each test starts its own binary again in another one.

mod support;

use farrier_runtime::config::RetryConfig;
use farrier_runtime::error::{DisplayErrorContext, SdkError};
use farrier_runtime::http::HttpResponse;
use farrier_runtime::internal::Handle;
use std::process::Command;
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Tells the test that is started again where to call.
const TARGET: &str = "FARRIER_TEST_TARGET";

/// The names that are looked for; what this process was started with must not count.
const NAMES: [&str; 4] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

/// Runs a test again, with a target and an environment.
async fn again(test: &str, target: &str, environment: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    for name in NAMES {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
        .args(["--exact", test, "--nocapture"])
        .env(TARGET, target)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("this binary runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn call(target: &str) -> Result<EchoOutput, SdkError<EchoError, HttpResponse>> {
    let mut settings = settings();
    settings
        .set_endpoint_url(Some(target.to_owned()))
        .set_retry_config(Some(RetryConfig::disabled()));
    echo(&Handle::new(&SERVICE, settings.build()), "hi").await
}

/// Calls the target when this is a test that was started again.
async fn called() -> bool {
    let Ok(target) = std::env::var(TARGET) else {
        return false;
    };
    match call(&target).await {
        Ok(output) => println!("answered {:?}", output.text),
        Err(error) => println!("failed: {}", DisplayErrorContext(error)),
    }
    true
}

#[tokio::test]
async fn plain_requests_are_given_to_the_proxy() {
    if called().await {
        return;
    }
    let proxy = Server::start([ok("by proxy")]).await;
    let named = proxy.url().replace("http://", "http://user:pa%20ss@");
    let shown = again(
        "plain_requests_are_given_to_the_proxy",
        "http://echo.invalid",
        &[("HTTP_PROXY", named)],
    )
    .await;
    assert!(shown.contains("answered Some(\"by proxy\")"), "{shown}");
    let request = &proxy.requests()[0];
    assert!(
        request.starts_with("POST http://echo.invalid/ HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(
        header(request, "proxy-authorization"),
        Some("Basic dXNlcjpwYSBzcw==")
    );
    let authorization = header(request, "authorization").expect("a signature");
    assert!(!authorization.contains("proxy"), "{authorization}");
}

#[tokio::test]
async fn no_proxy_is_an_exception() {
    if called().await {
        return;
    }
    let proxy = Server::start([ok("by proxy")]).await;
    let server = Server::start([ok("directly")]).await;
    let shown = again(
        "no_proxy_is_an_exception",
        &server.url(),
        &[
            ("ALL_PROXY", proxy.url()),
            ("NO_PROXY", "example.com,127.0.0.1".into()),
        ],
    )
    .await;
    assert!(shown.contains("answered Some(\"directly\")"), "{shown}");
    assert_eq!(proxy.connections(), 0);
    assert_eq!(header(&server.requests()[0], "proxy-authorization"), None);
}

#[tokio::test]
async fn tls_goes_through_a_tunnel() {
    if called().await {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let proxy = format!(
        "http://user:pw@{}",
        listener.local_addr().expect("an address")
    );
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut head).await.expect("a request"), 0);
        }
        let answer = b"HTTP/1.1 200 Connection established\r\n\r\n";
        stream.write_all(answer).await.expect("it listens");
        let mut hello = vec![0; 5];
        stream.read_exact(&mut hello).await.expect("a handshake");
        (String::from_utf8(head).expect("text"), hello)
    });
    let shown = again(
        "tls_goes_through_a_tunnel",
        "https://echo.invalid",
        &[("HTTPS_PROXY", proxy)],
    )
    .await;
    assert!(shown.contains("failed"), "{shown}");
    assert!(!shown.contains("user:pw"), "{shown}");
    let (head, hello) = serving.await.expect("no panic");
    assert!(head.starts_with("CONNECT echo.invalid:443 HTTP/1.1\r\n"));
    assert_eq!(
        header(&head, "proxy-authorization"),
        Some("Basic dXNlcjpwdw==")
    );
    // A record of a handshake, as TLS begins.
    assert_eq!(hello[..2], [0x16, 3]);
}

#[tokio::test]
async fn a_proxy_that_refuses_or_cannot_be_used_is_told() {
    if called().await {
        return;
    }
    let refusing = Server::start([Answer::Bytes(answer(407, "", ""))]).await;
    let test = "a_proxy_that_refuses_or_cannot_be_used_is_told";
    for (proxy, told) in [
        (refusing.url(), "proxy authorization required"),
        (
            "socks5://127.0.0.1:1".into(),
            "a proxy of the kind `socks5`",
        ),
    ] {
        let shown = again(test, "https://echo.invalid", &[("HTTPS_PROXY", proxy)]).await;
        assert!(shown.contains("failed") && shown.contains(told), "{shown}");
    }
}
