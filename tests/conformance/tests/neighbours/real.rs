// Programs over real HTTP, compiled for both clients; included once for each, with its crate as `aws_sdk_kms`.

use crate::run::Ended;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::{ReconnectMode, RetryConfig};
use aws_sdk_kms::config::{Config, StalledStreamProtectionConfig};
use aws_smithy_http_client::test_util::wire::{RecordedEvent, ReplayedEvent, WireMockServer};
use aws_types::os_shim_internal::Env;
use farrier_test_service::Service;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// Loads its configuration from the environment, and sends by a client of aws-smithy-http-client.
pub(crate) async fn service(service: &Service) -> Ended {
    let credentials = service.credentials();
    let environment = [
        ("AWS_ACCESS_KEY_ID", credentials.access_key_id()),
        ("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key()),
        ("AWS_REGION", service.region()),
        ("AWS_ENDPOINT_URL_KMS", &service.endpoint_url()),
    ];
    let transport = aws_smithy_http_client::Builder::new()
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(Duration::from_secs(30))
        .build_http();
    let config = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&environment))
        .http_client(transport)
        .load()
        .await;
    let client = Client::new(&config);
    let error = client
        .connect_custom_key_store()
        .custom_key_store_id("cks-1234567890abcdef0")
        .send()
        .await
        .expect_err("there is no store");
    println!(
        "{:?}",
        error
            .into_service_error()
            .is_custom_key_store_not_found_exception()
    );
    let stores = client.describe_custom_key_stores().send().await?;
    println!("{:?}", stores.custom_key_stores());
    Ok(())
}

/// Meets what a server on a socket replays.
async fn replayed(events: Vec<ReplayedEvent>, retries: RetryConfig, calls: usize) -> Ended {
    let server = WireMockServer::start(events).await;
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .endpoint_url(server.endpoint_url())
        .http_client(server.http_client())
        .retry_config(retries.with_initial_backoff(Duration::from_millis(1)))
        .build();
    let client = Client::from_conf(config);
    for _ in 0..calls {
        match client.list_keys().send().await {
            Ok(output) => println!("{:?}", output.keys()),
            Err(error) => println!("{}", crate::run::kind(&error)),
        }
    }
    for event in server.events() {
        match event {
            RecordedEvent::DnsLookup(_) => println!("name looked up"),
            RecordedEvent::NewConnection => println!("connected"),
            other => println!("{other:?}"),
        }
    }
    server.shutdown();
    Ok(())
}

/// Answers that hold keep their connection; one that says the server is down is the last of its connection.
pub(crate) async fn reconnects(_: &Service) -> Ended {
    let events = vec![
        ReplayedEvent::with_body(r#"{"Keys":[{"KeyId":"1"}]}"#),
        ReplayedEvent::status(503),
        ReplayedEvent::with_body("{}"),
    ];
    replayed(events, RetryConfig::standard(), 2).await
}

/// On request a connection is kept even then.
pub(crate) async fn keeps_connections(_: &Service) -> Ended {
    let events = vec![ReplayedEvent::status(503), ReplayedEvent::with_body("{}")];
    let retries = RetryConfig::standard().with_reconnect_mode(ReconnectMode::ReuseAllConnections);
    replayed(events, retries, 1).await
}

/// A server that says it is down every time.
pub(crate) async fn gives_up(_: &Service) -> Ended {
    replayed(
        vec![ReplayedEvent::status(500); 3],
        RetryConfig::standard(),
        1,
    )
    .await
}

/// A server whose answers begin and never end; with the connections it has answered on, which stay open.
fn stalling() -> Result<(String, std::sync::mpsc::Receiver<TcpStream>), std::io::Error> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    let (answered, connections) = std::sync::mpsc::channel();
    std::thread::spawn(move || -> std::io::Result<()> {
        for connection in listener.incoming() {
            let mut connection = connection?;
            let _ = connection.read(&mut [0; 16 * 1024])?;
            connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"Keys\":[")?;
            if answered.send(connection).is_err() {
                break;
            }
        }
        Ok(())
    });
    Ok((address, connections))
}

/// The protection against stalled streams, as `aws_config` hands it on, ends a call whose answer stands still.
pub(crate) async fn stalled_body(_: &Service) -> Ended {
    let (address, connections) = stalling()?;
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .endpoint_url(address)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(2)
                .with_initial_backoff(Duration::from_millis(1)),
        )
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled()
                .grace_period(Duration::from_millis(200))
                .build(),
        )
        .load()
        .await;
    let began = Instant::now();
    let error = Client::new(&config).list_keys().send().await;
    let error = error.expect_err("an answer that never ends");
    println!(
        "{} {}",
        crate::run::kind(&error),
        error.raw_response().is_some()
    );
    println!("{} attempts", connections.try_iter().count());
    // Without the setting, each of them may stand still for twenty seconds.
    println!("{}", began.elapsed() < Duration::from_secs(10));
    Ok(())
}
