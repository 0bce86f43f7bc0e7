//! TLS 1.2 and 1.3 by rustls.

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
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

/// What computes: aws-lc where it is asked for, or else ring.
fn provider() -> Result<CryptoProvider, String> {
    #[cfg(feature = "aws-lc")]
    return Ok(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "https", not(feature = "aws-lc")))]
    return Ok(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "https", feature = "aws-lc")))]
    Err("TLS needs one of the features `https` and `aws-lc`".to_owned())
}

/// The versions are those that rustls calls safe: 1.2 and 1.3, all that it has.
fn config() -> Result<ClientConfig, String> {
    let config = ClientConfig::builder_with_provider(Arc::new(provider()?))
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be used: {error}"))?;
    let config = config.with_root_certificates(roots()?);
    #[cfg_attr(not(feature = "http2"), allow(unused_mut))]
    let mut config = config.with_no_client_auth();
    if cfg!(feature = "fips") && !config.fips() {
        return Err("TLS cannot be used: its settings are not those of FIPS".to_owned());
    }
    #[cfg(feature = "http2")]
    config
        .alpn_protocols
        .extend([b"h2".to_vec(), b"http/1.1".to_vec()]);
    Ok(config)
}

/// The certificates that others are judged by.
#[cfg(feature = "webpki-roots")]
fn roots() -> Result<RootCertStore, String> {
    let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned();
    Ok(roots.collect())
}

/// The certificates that others are judged by; those of the system that can be read.
#[cfg(not(feature = "webpki-roots"))]
fn roots() -> Result<RootCertStore, String> {
    let loaded = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(loaded.certs);
    if roots.is_empty() {
        let errors = loaded.errors.iter().map(|error| format!(": {error}"));
        let errors: String = errors.collect();
        return Err(format!(
            "the system has no root certificate that can be read{errors}"
        ));
    }
    Ok(roots)
}

#[cfg(all(test, any(feature = "https", feature = "aws-lc")))]
mod tests {
    use super::provider;
    use rustls::NamedGroup;

    #[test]
    fn nothing_older_than_tls_1_2_is_known() {
        use rustls::ProtocolVersion::{TLSv1_2, TLSv1_3};
        let known: Vec<_> = rustls::ALL_VERSIONS.iter().map(|it| it.version).collect();
        assert_eq!(known, [TLSv1_3, TLSv1_2]);
    }

    #[test]
    fn aws_lc_computes_where_it_is_asked_for() {
        let provider = provider().expect("one of the two");
        // Which ring does not have.
        let post_quantum = |group: NamedGroup| group == NamedGroup::X25519MLKEM768;
        let mut groups = provider.kx_groups.iter().map(|group| group.name());
        assert_eq!(groups.any(post_quantum), cfg!(feature = "aws-lc"));
        assert_eq!(provider.fips(), cfg!(feature = "fips"));
    }
}
