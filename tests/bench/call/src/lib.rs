//! Both clients of KMS over a transport that answers at once, and signing alone.

mod signing;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

pub use signing::sign;

/// The key store that is disconnected.
const STORE: &str = "cks-1234567890abcdef0";

/// Answers every request with `{}`.
#[derive(Debug, Clone)]
struct AtOnce;

impl HttpConnector for AtOnce {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        drop(request);
        let status = http::StatusCode::OK.into();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from("{}"))))
    }
}

impl HttpClient for AtOnce {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// The official client.
pub fn official() -> aws_sdk_kms::Client {
    use aws_sdk_kms::config::{BehaviorVersion, Config, Credentials, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "bench"))
        .http_client(AtOnce);
    aws_sdk_kms::Client::from_conf(config.build())
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

/// Our client, with the same settings.
pub fn ours() -> farrier_kms::Client {
    use farrier_kms::config::{BehaviorVersion, Config, Credentials, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "bench"))
        .http_client(AtOnce);
    farrier_kms::Client::from_conf(config.build())
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

/// A runtime on this thread, for the clients' timers.
///
/// # Panics
///
/// When the system refuses.
pub fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime on this thread")
}
