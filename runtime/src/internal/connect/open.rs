//! Opens connections: TCP for `http`, TLS over it for `https`, either of them through a proxy where there is one.

use super::connection::{Connection, Info, Sender};
use super::proxy::Proxies;
use super::tls::Tls;
use super::{tcp, tunnel};
use crate::error::BoxError;
use http::Uri;
use http::uri::Scheme;
use hyper::client::conn::http1;
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;

/// A stream of bytes, whatever it goes over; boxed, so that HTTP and TLS are compiled for one kind and not for each.
type Stream = Box<dyn Io>;

trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// What it takes to open a connection.
#[derive(Clone, Debug)]
pub(super) struct Opener {
    tls: Tls,
    proxies: Proxies,
}

impl Opener {
    pub(super) fn new(proxies: Proxies) -> Self {
        Self {
            tls: Tls::default(),
            proxies,
        }
    }

    /// A connection with the service at an address, or with the proxy on the way to it, ready for a request.
    ///
    /// # Errors
    ///
    /// When there is no such host, it or the proxy does not answer or refuses, or TLS cannot be agreed on.
    pub(super) async fn open(&self, uri: &Uri) -> Result<Connection, BoxError> {
        let (host, port) = address(uri)?;
        let proxy = self.proxies.of(uri);
        let first = match &proxy {
            None => (host, port),
            Some(proxy) => proxy_address(proxy)?,
        };
        let tcp = tcp::connect(first.0, first.1).await?;
        let forwarded = proxy.is_some() && uri.scheme() == Some(&Scheme::HTTP);
        let authorization = proxy.as_ref().and_then(Intercept::basic_auth);
        let info = Info {
            remote: tcp.peer_addr().ok(),
            local: tcp.local_addr().ok(),
            forwarded,
            authorization: authorization.filter(|_| forwarded).cloned(),
            poisoned: AtomicBool::new(false),
        };
        let mut stream: Stream = Box::new(tcp);
        if let Some(proxy) = &proxy {
            if proxy.uri().scheme() == Some(&Scheme::HTTPS) {
                // What it reads is written in HTTP/1.1.
                let mut tls = (*self.tls.config()?).clone();
                tls.alpn_protocols.clear();
                (stream, _) = secure(stream, first.0, Arc::new(tls)).await?;
            }
            if !forwarded {
                tunnel::open(&mut stream, host, port, proxy).await?;
            }
        }
        let mut http2 = false;
        if uri.scheme() == Some(&Scheme::HTTPS) {
            (stream, http2) = secure(stream, host, self.tls.config()?).await?;
        }
        let sender = speak(stream, http2).await?;
        Ok(Connection {
            sender,
            info: Arc::new(info),
        })
    }
}

/// Agrees with the other end on TLS, and says whether they will speak HTTP/2.
async fn secure(
    stream: Stream,
    host: &str,
    config: Arc<ClientConfig>,
) -> Result<(Stream, bool), BoxError> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(name.to_owned())?;
    let stream = TlsConnector::from(config).connect(name, stream).await?;
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    Ok((Box::new(stream), http2))
}

/// The host and the port of an address.
fn address(uri: &Uri) -> Result<(&str, u16), String> {
    let host = uri.host().ok_or("an endpoint has no host")?;
    let port = match (uri.port_u16(), uri.scheme_str()) {
        (Some(port), _) => port,
        (None, Some("https")) => 443,
        (None, Some("http")) => 80,
        (None, scheme) => {
            let scheme = scheme.unwrap_or_default();
            return Err(format!(
                "an endpoint has the scheme `{scheme}`; only `http` and `https` can be called"
            ));
        }
    };
    Ok((host, port))
}

fn proxy_address(proxy: &Intercept) -> Result<(&str, u16), String> {
    let scheme = proxy.uri().scheme_str().unwrap_or_default();
    if !matches!(scheme, "http" | "https") {
        return Err(format!(
            "the environment names a proxy of the kind `{scheme}`; only `http` and `https` ones can be used"
        ));
    }
    address(proxy.uri())
}

/// Begins to speak HTTP; what is read and written is the business of a task of its own, which ends with the connection.
async fn speak(stream: Stream, http2: bool) -> Result<Sender, hyper::Error> {
    let stream = TokioIo::new(stream);
    #[cfg(feature = "http2")]
    if http2 {
        use hyper_util::rt::TokioExecutor;
        let (sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await?;
        run(connection);
        return Ok(Sender::Http2(sender));
    }
    debug_assert!(!http2, "it was not offered");
    let (sender, connection) = http1::handshake(stream).await?;
    run(connection);
    Ok(Sender::Http1(sender))
}

fn run(connection: impl Future<Output = hyper::Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            // The call that it was for has been told.
            tracing::debug!(%error, "a connection ended");
        }
    });
}
