//! The HTTP client that is used when the user sets none.

#[cfg(feature = "https")]
mod client;
#[cfg(feature = "https")]
mod connection;
#[cfg(feature = "https")]
mod error;
#[cfg(feature = "https")]
mod proxy;
#[cfg(feature = "https")]
mod stream;
#[cfg(feature = "https")]
mod tls;

use crate::http::SharedHttpClient;

/// A client with a connection pool of its own; `None` without the feature `https`.
pub(super) fn default_client() -> Option<SharedHttpClient> {
    #[cfg(feature = "https")]
    return Some(SharedHttpClient::new(client::Client::default()));
    #[cfg(not(feature = "https"))]
    None
}
