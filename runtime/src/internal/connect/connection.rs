//! An open connection, and what is known of it.

use crate::http::SdkBody;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use http::header::HeaderValue;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A connection on which a request can be sent.
pub(super) struct Connection {
    pub(super) sender: Sender,
    pub(super) info: Arc<Info>,
}

/// What sends, in the version of HTTP that both ends agreed on.
pub(super) enum Sender {
    Http1(http1::SendRequest<SdkBody>),
    #[cfg(feature = "http2")]
    Http2(hyper::client::conn::http2::SendRequest<SdkBody>),
}

/// Where a connection goes.
pub(super) struct Info {
    pub(super) remote: Option<SocketAddr>,
    pub(super) local: Option<SocketAddr>,
    /// Whether the other end is a proxy that passes requests on, and wants to be told where to.
    pub(super) forwarded: bool,
    /// What that proxy wants to know about the user, with each request.
    pub(super) authorization: Option<HeaderValue>,
    /// Whether it must not be used again.
    pub(super) poisoned: AtomicBool,
}

impl Connection {
    /// Whether it can be used again, now or when it is done with what it does.
    pub(super) fn is_open(&self) -> bool {
        !self.info.poisoned.load(Ordering::Relaxed)
            && match &self.sender {
                Sender::Http1(sender) => !sender.is_closed(),
                #[cfg(feature = "http2")]
                Sender::Http2(sender) => !sender.is_closed(),
            }
    }

    /// Whether it takes a request now.
    pub(super) fn is_ready(&self) -> bool {
        match &self.sender {
            Sender::Http1(sender) => sender.is_ready(),
            #[cfg(feature = "http2")]
            Sender::Http2(sender) => sender.is_ready(),
        }
    }

    /// The same connection once more, where it takes several requests at a time.
    pub(super) fn shared(&self) -> Option<Connection> {
        match &self.sender {
            Sender::Http1(_) => None,
            #[cfg(feature = "http2")]
            Sender::Http2(sender) => Some(Connection {
                sender: Sender::Http2(sender.clone()),
                info: self.info.clone(),
            }),
        }
    }

    /// Sends a request; when the connection turned out to be closed before, the error has it back.
    pub(super) async fn send(
        &mut self,
        request: Request<SdkBody>,
    ) -> Result<Response<Incoming>, TrySendError<Request<SdkBody>>> {
        match &mut self.sender {
            Sender::Http1(sender) => sender.try_send_request(request).await,
            #[cfg(feature = "http2")]
            Sender::Http2(sender) => sender.try_send_request(request).await,
        }
    }

    /// Tells whoever asked in a request which connection it is sent on.
    pub(super) fn tell(&self, request: &Request<SdkBody>) {
        if let Some(asks) = request.extensions().get::<CaptureSmithyConnection>() {
            let info = self.info.clone();
            asks.set_connection_retriever(move || Some(info.metadata()));
        }
    }
}

impl Info {
    fn metadata(self: &Arc<Self>) -> ConnectionMetadata {
        let to_poison = self.clone();
        let mut metadata = ConnectionMetadata::builder()
            .proxied(self.forwarded)
            .poison_fn(move || to_poison.poisoned.store(true, Ordering::Relaxed));
        metadata
            .set_remote_addr(self.remote)
            .set_local_addr(self.local);
        metadata.build()
    }
}
