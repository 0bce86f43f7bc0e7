//! An authority that the clients trust, and certificates that they must not.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What the service shows for itself.
#[derive(Clone, Copy, Debug)]
pub enum Certificate {
    /// For its address, by an authority that is trusted.
    Good,
    /// For another name.
    WrongName,
    /// Valid until 2001.
    Expired,
    /// Valid from 2900.
    NotYetValid,
    /// By itself.
    SelfSigned,
    /// By an authority that nobody knows.
    UnknownAuthority,
}

/// An authority.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// Makes one with a key of its own.
    ///
    /// # Panics
    ///
    /// There is no randomness.
    pub fn new() -> Self {
        Self::with_key("Authority of the fault service", generate())
    }

    /// Makes the one that has this key, as another process wrote it.
    ///
    /// # Panics
    ///
    /// The text is no key.
    pub fn from_key(pem: &str) -> Self {
        let key = KeyPair::from_pem(pem).expect("a key");
        Self::with_key("Authority of the fault service", key)
    }

    fn with_key(name: &str, key: KeyPair) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        Self { issuer }
    }

    /// Its certificate, as PEM.
    pub fn certificate(&self) -> String {
        self.issuer.pem()
    }

    /// Its key, as PEM.
    pub fn key(&self) -> String {
        self.issuer.key().serialize_pem()
    }

    pub(crate) fn acceptor(&self, certificate: Certificate) -> TlsAcceptor {
        let (chain, key) = self.issue(certificate);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate that fits its key");
        TlsAcceptor::from(Arc::new(config))
    }

    fn issue(
        &self,
        certificate: Certificate,
    ) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let name = match certificate {
            Certificate::WrongName => "kms.example.com",
            _ => "127.0.0.1",
        };
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        match certificate {
            Certificate::Expired => params.not_after = date_time_ymd(2001, 2, 3),
            Certificate::NotYetValid => params.not_before = date_time_ymd(2900, 2, 3),
            _ => {}
        }
        let key = generate();
        let signed = match certificate {
            Certificate::SelfSigned => params.self_signed(&key),
            Certificate::UnknownAuthority => {
                let unknown = Self::with_key("Another authority", generate());
                params.signed_by(&key, &unknown.issuer)
            }
            _ => params.signed_by(&key, &self.issuer),
        };
        let chain = vec![signed.expect("a certificate").der().clone()];
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        (chain, key.into())
    }
}

fn generate() -> KeyPair {
    KeyPair::generate().expect("a key")
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
