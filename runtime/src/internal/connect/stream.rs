//! Connections: TCP for `http`, TLS over it for `https`.

use crate::config::SharedAsyncSleep;
use crate::error::BoxError;
use crate::internal::timeout::{Limit, within};
use http::Uri;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

type Tls = HttpsConnector<HttpConnector>;

/// Opens connections, each within the time limit.
#[derive(Clone)]
pub(super) struct Connect {
    tcp: HttpConnector,
    /// Made at the first `https` connection, since reading the system's certificates takes milliseconds.
    tls: Arc<OnceLock<Result<Tls, String>>>,
    limit: Option<(SharedAsyncSleep, Duration)>,
}

impl Connect {
    pub(super) fn new(limit: Option<(SharedAsyncSleep, Duration)>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self {
            tcp,
            tls: Arc::default(),
            limit,
        }
    }

    fn open(&self, uri: Uri) -> Opening {
        if uri.scheme() == Some(&http::uri::Scheme::HTTP) {
            let connecting = self.tcp.clone().call(uri);
            return Box::pin(async { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        }
        match self.tls.get_or_init(|| tls(self.tcp.clone())) {
            Ok(tls) => tls.clone().call(uri),
            Err(error) => {
                let error = error.clone();
                Box::pin(async { Err(error.into()) })
            }
        }
    }
}

/// TLS 1.2 and 1.3 by ring; with the feature `http2`, HTTP/2 where the service offers it.
fn tls(tcp: HttpConnector) -> Result<Tls, String> {
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .map_err(|error| format!("TLS cannot be used: {error}"))?;
    #[cfg(feature = "webpki-roots")]
    let config = config.with_webpki_roots();
    #[cfg(not(feature = "webpki-roots"))]
    let config = config
        .with_native_roots()
        .map_err(|error| format!("the root certificates of the system cannot be read: {error}"))?;
    let builder = HttpsConnectorBuilder::new()
        .with_tls_config(config.with_no_client_auth())
        .https_or_http();
    #[cfg(feature = "http2")]
    let builder = builder.enable_all_versions();
    #[cfg(not(feature = "http2"))]
    let builder = builder.enable_http1();
    Ok(builder.wrap_connector(tcp))
}

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;
type Opening = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

impl Service<Uri> for Connect {
    type Response = Stream;
    type Error = BoxError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Opening {
        let opening = self.open(uri);
        let Some((sleep, duration)) = self.limit.clone() else {
            return opening;
        };
        Box::pin(async move {
            match within(&sleep, Limit::Connect, duration, opening).await {
                Ok(result) => result,
                Err(timeout) => Err(timeout.into()),
            }
        })
    }
}
