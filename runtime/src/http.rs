//! The HTTP messages, and the traits behind which an HTTP client stands.

pub use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector, http_client_fn,
};
pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
pub use aws_smithy_runtime_api::http::{Headers, StatusCode};
pub use aws_smithy_types::body::SdkBody;

#[cfg(feature = "transport")]
pub use crate::internal::connect::HttpClientBuilder;
