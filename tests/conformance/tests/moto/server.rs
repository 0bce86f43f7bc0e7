//! One server for all tests of the program, and clients of it.

use farrier_kms as kms;
use kms::types::{KeySpec, KeyUsageType};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::OnceLock;

/// A running server; it ends when this program does, as that ends its standard input.
struct Server {
    url: String,
    _process: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let mut process = farrier_conformance::python()
            .arg(farrier_conformance::programs().join("moto_server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python starts");
        let mut url = String::new();
        let output = process.stdout.take().expect("a pipe");
        BufReader::new(output).read_line(&mut url).expect("a line");
        assert!(
            url.starts_with("http://"),
            "moto did not start: {:?}",
            process.wait()
        );
        Server {
            url: url.trim().to_owned(),
            _process: process,
        }
    })
}

/// A client in us-east-1, as an application would make it.
pub(crate) fn client() -> kms::Client {
    client_in("us-east-1")
}

pub(crate) fn client_in(region: &'static str) -> kms::Client {
    let config = kms::Config::builder()
        .behavior_version(kms::config::BehaviorVersion::latest())
        .region(kms::config::Region::new(region))
        .credentials_provider(kms::config::Credentials::new(
            "AKID", "secret", None, None, "test",
        ))
        .endpoint_url(&server().url)
        .build();
    kms::Client::from_conf(config)
}

/// The id of a new symmetric key.
pub(crate) async fn key(client: &kms::Client) -> String {
    key_for(
        client,
        KeyUsageType::EncryptDecrypt,
        KeySpec::SymmetricDefault,
    )
    .await
}

/// The id of a new key.
pub(crate) async fn key_for(client: &kms::Client, usage: KeyUsageType, spec: KeySpec) -> String {
    let call = client.create_key().key_usage(usage).key_spec(spec);
    let output = call.send().await.expect("a key");
    output.key_metadata().expect("metadata").key_id().to_owned()
}
