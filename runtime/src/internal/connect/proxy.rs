//! Proxies, as the environment names them.

use crate::http::SdkBody;
use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::sync::{Arc, OnceLock};

/// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, or the same in small letters, said when the client was first
/// used.
#[derive(Clone, Debug, Default)]
pub(super) struct Proxies(Arc<OnceLock<Matcher>>);

impl Proxies {
    /// The proxy on the way to an address.
    pub(super) fn of(&self, uri: &Uri) -> Option<Intercept> {
        self.0.get_or_init(Matcher::from_env).intercept(uri)
    }

    /// Adds what the proxy wants to know about the user, when it is the proxy that reads the request.
    pub(super) fn authorize(&self, request: &mut http::Request<SdkBody>) {
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(proxy) = self.of(request.uri())
            && let Some(value) = proxy.basic_auth()
        {
            let headers = request.headers_mut();
            headers
                .entry(PROXY_AUTHORIZATION)
                .or_insert_with(|| value.clone());
        }
    }
}
