//! HTTP/2, as both ends agree on it in TLS: calls share one connection, until it fails them.
//!
//! The certificate that is trusted comes by the environment, which is that of the process, so a test starts its own
//! binary again in another one.

mod support;

use bytes::Bytes;
use farrier_runtime::config::{RetryConfig, TimeoutConfig};
use farrier_runtime::internal::{Handle, SettingsBuilder, mutate_request_interceptor};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use support::*;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Tells the test that is started again where to call.
const TARGET: &str = "FARRIER_TEST_TARGET";

/// What the service saw.
#[derive(Debug, Default)]
struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
    /// Requests that are being answered, and the most that were at a time.
    now: AtomicUsize,
    most: AtomicUsize,
    /// Connections that never answer, before the others.
    dead: usize,
}

/// Answers each request after a moment, so that others come in between.
async fn serve(tcp: TcpStream, tls: TlsAcceptor, seen: Arc<Seen>) {
    let stream = tls.accept(tcp).await.expect("TLS");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let is_dead = seen.connections.fetch_add(1, Ordering::Relaxed) < seen.dead;
    let mut connection = h2::server::handshake(stream).await.expect("HTTP/2");
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let (head, mut body) = request.into_parts();
        assert_eq!(head.uri.scheme_str(), Some("https"));
        assert!(head.headers.contains_key("authorization"));
        let seen = seen.clone();
        tokio::spawn(async move {
            seen.requests.fetch_add(1, Ordering::Relaxed);
            if is_dead {
                std::future::pending::<()>().await;
            }
            let now = seen.now.fetch_add(1, Ordering::Relaxed) + 1;
            seen.most.fetch_max(now, Ordering::Relaxed);
            while let Some(chunk) = body.data().await {
                let length = chunk.expect("a request").len();
                body.flow_control().release_capacity(length).expect("room");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            seen.now.fetch_sub(1, Ordering::Relaxed);
            let answer = http::Response::new(());
            let mut sending = respond.send_response(answer, false).expect("it listens");
            let body = Bytes::from_static(br#"{"Text":"over HTTP/2"}"#);
            sending.send_data(body, true).expect("it listens");
        });
    }
}

/// A client of the service at an address, which makes one attempt.
fn client(target: &str, configure: impl FnOnce(&mut SettingsBuilder)) -> Handle {
    let mut settings = settings();
    settings
        .set_endpoint_url(Some(target.to_owned()))
        .set_retry_config(Some(RetryConfig::disabled()));
    configure(&mut settings);
    Handle::new(&SERVICE, settings.build())
}

async fn succeeds(client: &Handle) {
    let output = echo(client, "hi").await.expect("an answer");
    assert_eq!(output.text.as_deref(), Some("over HTTP/2"));
}

/// Starts the test of this name again, in a process that trusts the service and is told where it is. What the service saw.
async fn again(test: &'static str, dead: usize) -> Arc<Seen> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .expect("a certificate that fits its key");
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let tls = TlsAcceptor::from(Arc::new(tls));

    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let target = format!("https://{}", listener.local_addr().expect("an address"));
    let seen = Arc::new(Seen {
        dead,
        ..Seen::default()
    });
    let counts = seen.clone();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            tokio::spawn(serve(tcp, tls.clone(), counts.clone()));
        }
    });

    let roots = std::env::temp_dir().join(format!("farrier-{test}-{}.pem", std::process::id()));
    std::fs::write(&roots, cert.pem()).expect("a file");
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command
        .args(["--exact", test, "--nocapture"])
        .env(TARGET, target)
        .env("NO_PROXY", "*")
        .env("SSL_CERT_FILE", &roots);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("this binary runs");
    std::fs::remove_file(roots).expect("it is there");
    assert!(output.status.success(), "{output:?}");
    seen
}

#[tokio::test]
async fn calls_share_a_connection() {
    if let Ok(target) = std::env::var(TARGET) {
        let client = client(&target, |_| {});
        let one = || succeeds(&client);
        one().await;
        tokio::join!(one(), one(), one(), one(), one(), one(), one(), one());
        return one().await;
    }
    let seen = again("calls_share_a_connection", 0).await;
    assert_eq!(seen.requests.load(Ordering::Relaxed), 10);
    assert_eq!(seen.most.load(Ordering::Relaxed), 8);
    assert_eq!(seen.connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_connection_that_does_not_answer_is_given_up() {
    const LIMIT: Duration = Duration::from_secs(2);
    if let Ok(target) = std::env::var(TARGET) {
        let read = TimeoutConfig::builder().read_timeout(LIMIT);
        let attempt = TimeoutConfig::builder().operation_attempt_timeout(LIMIT);
        let operation = TimeoutConfig::builder().operation_timeout(LIMIT);
        let of = async |limit: TimeoutConfig, hooked| {
            let client = client(&target, |settings| {
                settings.set_timeout_config(Some(limit));
                if hooked {
                    settings.push_interceptor(mutate_request_interceptor(|_| {}));
                }
            });
            echo(&client, "hi").await.expect_err("no answer");
            client
        };
        let clients = tokio::join!(
            of(read.clone().build(), false),
            of(read.clone().build(), true),
            of(attempt.build(), false),
            of(operation.clone().build(), false),
            of(operation.build(), true),
        );
        let (a, b, c, d, e) = &clients;
        tokio::join!(
            succeeds(a),
            succeeds(b),
            succeeds(c),
            succeeds(d),
            succeeds(e)
        );
        return;
    }
    let test = "a_connection_that_does_not_answer_is_given_up";
    let seen = again(test, 5).await;
    assert_eq!(seen.connections.load(Ordering::Relaxed), 10);
}
