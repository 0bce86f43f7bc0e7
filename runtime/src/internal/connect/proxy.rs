//! Proxies, as the environment names them.

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::sync::{Arc, OnceLock};

/// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, or the same in small letters, said when the client was first
/// used.
#[derive(Clone, Debug, Default)]
pub(super) struct Proxies(Arc<OnceLock<Matcher>>);

impl Proxies {
    /// No proxies, whatever the environment says.
    pub(super) fn none() -> Self {
        Self(Arc::new(OnceLock::from(Matcher::builder().build())))
    }

    /// The proxy on the way to an address.
    pub(super) fn of(&self, uri: &Uri) -> Option<Intercept> {
        self.0.get_or_init(Matcher::from_env).intercept(uri)
    }
}
