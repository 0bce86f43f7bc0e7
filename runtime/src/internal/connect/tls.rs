//! TLS 1.2 and 1.3 by rustls.

use rustls::ClientConfig;
use std::sync::{Arc, OnceLock};

/// The configuration of all connections of a client.
///
/// It is made at the first `https` connection, since reading the system's certificates takes milliseconds; as long as that
/// fails it is tried again.
#[derive(Clone, Debug, Default)]
pub(super) struct Tls(Arc<OnceLock<Arc<ClientConfig>>>);

impl Tls {
    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        if let Some(config) = self.0.get() {
            return Ok(config.clone());
        }
        let config = Arc::new(config()?);
        Ok(self.0.get_or_init(|| config).clone())
    }
}

/// The versions are those that rustls calls safe: 1.2 and 1.3, all that it has.
fn config() -> Result<ClientConfig, String> {
    use hyper_rustls::ConfigBuilderExt;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be used: {error}"))?;
    #[cfg(feature = "webpki-roots")]
    let config = config.with_webpki_roots();
    #[cfg(not(feature = "webpki-roots"))]
    let config = config
        .with_native_roots()
        .map_err(|error| format!("the root certificates of the system cannot be read: {error}"))?;
    #[cfg_attr(not(feature = "http2"), allow(unused_mut))]
    let mut config = config.with_no_client_auth();
    #[cfg(feature = "http2")]
    config
        .alpn_protocols
        .extend([b"h2".to_vec(), b"http/1.1".to_vec()]);
    Ok(config)
}
