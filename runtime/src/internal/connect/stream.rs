//! Connections: TCP for `http`, TLS over it for `https`, either of them through a proxy where there is one.

use super::proxy::Proxies;
use super::tls::Tls;
use crate::config::SharedAsyncSleep;
use crate::error::BoxError;
use crate::internal::timeout::{Limit, within};
use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Intercept;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// Opens connections, each within the time limit.
#[derive(Clone)]
pub(super) struct Connect {
    tcp: HttpConnector,
    tls: Tls,
    proxies: Proxies,
    limit: Option<(SharedAsyncSleep, Duration)>,
}

impl Connect {
    pub(super) fn new(
        tls: Tls,
        proxies: Proxies,
        limit: Option<(SharedAsyncSleep, Duration)>,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self {
            tcp,
            tls,
            proxies,
            limit,
        }
    }

    fn open(&self, uri: Uri) -> Opening {
        match self.proxies.of(&uri) {
            None => self.direct(uri, false),
            Some(proxy) if uri.scheme() == Some(&Scheme::HTTP) => {
                self.direct(proxy.uri().clone(), true)
            }
            Some(proxy) => match self.tunnel(uri, &proxy) {
                Ok(opening) => opening,
                Err(error) => failed(error),
            },
        }
    }

    /// Connects with the service, or with a proxy that passes requests on.
    fn direct(&self, uri: Uri, to_proxy: bool) -> Opening {
        if uri.scheme() == Some(&Scheme::HTTP) {
            return self.tcp(uri, to_proxy);
        }
        match self.tls.config() {
            Ok(tls) => {
                let tcp = Via(self.clone(), Self::tcp);
                let connecting = HttpsConnector::from((tcp, tls)).call(uri);
                Box::pin(async move { Ok(Stream::new(connecting.await?, to_proxy)) })
            }
            Err(error) => failed(error),
        }
    }

    fn tcp(&self, uri: Uri, to_proxy: bool) -> Opening {
        let connecting = self.tcp.clone().call(uri);
        Box::pin(async move { Ok(Stream::new(connecting.await?, to_proxy)) })
    }

    /// Has the proxy connect with the service, and speaks TLS with the service through it.
    fn tunnel(&self, uri: Uri, proxy: &Intercept) -> Result<Opening, String> {
        let scheme = proxy.uri().scheme_str().unwrap_or_default();
        if !matches!(scheme, "http" | "https") {
            return Err(format!(
                "the environment names a proxy of the kind `{scheme}`; only `http` and `https` ones can be used"
            ));
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), Via(self.clone(), Self::direct));
        if let Some(value) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(value.clone());
        }
        let connecting = HttpsConnector::from((tunnel, self.tls.config()?)).call(uri);
        Ok(Box::pin(async move {
            Ok(Stream::new(connecting.await?, false))
        }))
    }
}

fn failed(error: String) -> Opening {
    Box::pin(async { Err(error.into()) })
}

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

/// One way of connecting, for TLS or a tunnel to go over.
struct Via(Connect, fn(&Connect, Uri, bool) -> Opening);

impl Service<Uri> for Via {
    type Response = Stream;
    type Error = BoxError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Opening {
        (self.1)(&self.0, uri, false)
    }
}

/// A connection, whatever it goes over; boxed, so that HTTP and TLS are compiled for one kind and not for each.
pub(super) struct Stream {
    transport: Box<dyn Transport>,
    /// Whether the other end is a proxy that passes requests on, and wants to be told where to.
    to_proxy: bool,
}

trait Transport: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Transport for T {}

impl Stream {
    fn new(transport: impl Transport + 'static, to_proxy: bool) -> Self {
        Self {
            transport: Box::new(transport),
            to_proxy,
        }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.transport.connected().proxy(self.to_proxy)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_read(cx, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.transport).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.transport).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.transport.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_shutdown(cx)
    }
}
