//! Both clients of KMS over transports that answer at once or over loopback, and signing alone.

mod clock;
pub mod server;
mod signing;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

pub use clock::{cpu, median, turns};
pub use signing::{sign, sign_for};

/// The key store that is disconnected.
const STORE: &str = "cks-1234567890abcdef0";

/// Answers every request at once, with what the body for its `X-Amz-Target` is.
#[derive(Debug, Clone, Copy)]
pub struct AtOnce(pub fn(target: &str) -> &'static str);

impl HttpConnector for AtOnce {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = (self.0)(request.headers().get("x-amz-target").unwrap_or_default());
        drop(request);
        let status = http::StatusCode::OK.into();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

impl HttpClient for AtOnce {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(*self)
    }
}

/// Answers every request with `{}`.
pub const EMPTY: AtOnce = AtOnce(|_| "{}");

/// The official client over a transport, calling `endpoint` where there is one.
pub fn official_over(
    transport: impl HttpClient + 'static,
    endpoint: Option<&str>,
) -> aws_sdk_kms::Client {
    use aws_sdk_kms::config::{BehaviorVersion, Config, Credentials, Region};
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "bench"))
        .http_client(transport);
    config.set_endpoint_url(endpoint.map(str::to_owned));
    aws_sdk_kms::Client::from_conf(config.build())
}

/// The official client over a transport that answers `{}` at once.
pub fn official() -> aws_sdk_kms::Client {
    official_over(EMPTY, None)
}

/// The settings of our client, without a transport.
pub fn our_settings() -> farrier_kms::config::Builder {
    use farrier_kms::config::{BehaviorVersion, Config, Credentials, Region};
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "bench"))
}

/// Our client over a transport.
pub fn ours_over(transport: impl HttpClient + 'static) -> farrier_kms::Client {
    farrier_kms::Client::from_conf(our_settings().http_client(transport).build())
}

/// Our client over a transport that answers `{}` at once.
pub fn ours() -> farrier_kms::Client {
    ours_over(EMPTY)
}

/// One call of the official client.
///
/// # Panics
///
/// When it fails.
pub async fn call_official(client: &aws_sdk_kms::Client) {
    let call = client.disconnect_custom_key_store();
    let answer = call.custom_key_store_id(STORE).send().await;
    answer.expect("the transport answers `{}`");
}

/// One call of our client.
///
/// # Panics
///
/// When it fails.
pub async fn call_ours(client: &farrier_kms::Client) {
    let call = client.disconnect_custom_key_store();
    let answer = call.custom_key_store_id(STORE).send().await;
    answer.expect("the transport answers `{}`");
}

/// A runtime on this thread, for the clients' timers and sockets.
///
/// # Panics
///
/// When the system refuses.
pub fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime on this thread")
}
