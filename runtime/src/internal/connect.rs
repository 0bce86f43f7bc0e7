//! The HTTP client that is used when the user sets none.

#[cfg(feature = "transport")]
mod client;
#[cfg(feature = "transport")]
mod connection;
#[cfg(feature = "transport")]
mod error;
#[cfg(feature = "transport")]
mod open;
#[cfg(feature = "transport")]
mod pool;
#[cfg(feature = "transport")]
mod proxy;
#[cfg(feature = "transport")]
mod tcp;
#[cfg(feature = "transport")]
mod tls;
#[cfg(feature = "transport")]
mod tunnel;

#[cfg(feature = "transport")]
pub use client::HttpClientBuilder;

use crate::http::SharedHttpClient;

/// A client with a connection pool of its own; `None` without the feature `https` or `aws-lc`.
pub(super) fn default_client() -> Option<SharedHttpClient> {
    #[cfg(feature = "transport")]
    return Some(HttpClientBuilder::new().build());
    #[cfg(not(feature = "transport"))]
    None
}
