//! What hyper's errors mean for a caller and for another attempt.

use crate::error::{BoxError, ConnectorError, ErrorKind};
use crate::internal::timeout::TimeoutExceeded;
use http::Uri;
use std::error::Error;
use std::fmt;

/// What it means that no connection could be had: nothing was sent.
pub(super) fn cannot_connect(uri: &Uri, source: BoxError) -> ConnectorError {
    let to = uri.authority().map_or("", |authority| {
        // Without what may stand before it: a name and a password.
        let text = authority.as_str();
        text.rsplit_once('@').map_or(text, |(_, host)| host)
    });
    let error = CannotConnect {
        to: to.to_owned(),
        source,
    };
    sort(error.into()).never_connected()
}

/// What it means that no answer came.
///
/// Whether a connection that is closed at once is closed before or after the request was begun is chance, which a caller
/// shall not see: both say the same.
pub(super) fn failed(error: hyper::Error) -> ConnectorError {
    if error.is_canceled() && find::<std::io::Error>(&error).is_none() {
        return ConnectorError::other(Closed.into(), Some(ErrorKind::TransientError));
    }
    sort(error.into())
}

/// The connection was closed before the request was begun; in the words that hyper has for one that was.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connection closed before message completed")
    }
}

impl Error for Closed {}

/// No connection could be had.
#[derive(Debug)]
struct CannotConnect {
    to: String,
    source: BoxError,
}

impl fmt::Display for CannotConnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot connect to {}", self.to)
    }
}

impl Error for CannotConnect {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Sorts an error: a timeout and a broken connection can be repeated, a request that cannot be sent cannot.
fn sort(error: BoxError) -> ConnectorError {
    let hyper = find::<hyper::Error>(&*error);
    if let Some(timeout) = find::<TimeoutExceeded>(&*error) {
        // It says all; what is around it does not.
        ConnectorError::timeout((*timeout).into())
    } else if hyper.is_some_and(hyper::Error::is_timeout) {
        ConnectorError::timeout(error)
    } else if hyper.is_some_and(hyper::Error::is_user) {
        ConnectorError::user(error)
    } else if find::<std::io::Error>(&*error).is_some()
        || hyper.is_some_and(|hyper| hyper.is_closed() || hyper.is_canceled())
        || turned_away(&*error)
    {
        ConnectorError::io(error)
    } else if hyper.is_some_and(hyper::Error::is_incomplete_message) {
        ConnectorError::other(error, Some(ErrorKind::TransientError))
    } else {
        ConnectorError::other(error, None)
    }
}

/// Whether a service that speaks HTTP/2 has not looked at the request, as it closes the connection or has too much to do.
#[cfg(feature = "http2")]
fn turned_away(error: &(dyn Error + 'static)) -> bool {
    find::<h2::Error>(error).is_some_and(|error| {
        error.is_go_away()
            || (error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM))
    })
}

#[cfg(not(feature = "http2"))]
fn turned_away(_: &(dyn Error + 'static)) -> bool {
    false
}

/// The first error of type `E` among an error and its sources.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::SdkBody;
    use hyper::client::conn::http1;
    use hyper_util::rt::TokioIo;
    use tokio::io::AsyncReadExt;

    /// What a caller is told of a request on a connection that the service closes without a word, before or after it has
    /// read the request.
    async fn closed(reads: bool) -> ConnectorError {
        let (here, mut there) = tokio::io::duplex(1024);
        let (mut sender, connection) = http1::handshake(TokioIo::new(here))
            .await
            .expect("no words");
        let request = http::Request::post("/").body(SdkBody::from("{}"));
        let answer = sender.try_send_request(request.expect("a request"));
        let connection = if reads {
            let connection = tokio::spawn(connection);
            let read = there.read(&mut [0]).await;
            assert_eq!(read.expect("a byte"), 1);
            drop(there);
            connection.await.expect("no panic")
        } else {
            drop(there);
            connection.await
        };
        assert!(
            connection.is_ok(),
            "it is told to the one who asked: {connection:?}"
        );
        let mut error = answer.await.expect_err("no answer");
        assert_eq!(error.take_message().is_none(), reads);
        failed(error.into_error())
    }

    #[tokio::test]
    async fn a_connection_that_is_closed_early_is_told_alike_whether_or_not_the_request_was_begun()
    {
        let told = |error: ConnectorError| {
            let source = error.source().expect("a source");
            (
                error.as_other(),
                source.to_string(),
                source.source().is_none(),
            )
        };
        let (begun, not) = (told(closed(true).await), told(closed(false).await));
        assert_eq!(begun, not);
        assert_eq!(begun.0, Some(ErrorKind::TransientError));
    }
}

#[cfg(all(test, feature = "http2"))]
mod http2_tests {
    use super::*;
    use crate::http::SdkBody;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use tokio::net::{TcpListener, TcpStream};

    /// What it means that a service meets a request with this.
    async fn met_with(
        answer: impl Fn(&mut h2::server::SendResponse<bytes::Bytes>),
    ) -> ConnectorError {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let stream = TcpStream::connect(address).await.expect("a connection");
        let request = http::Request::post(format!("http://{address}"))
            .body(SdkBody::empty())
            .expect("a request");
        let serving = async {
            let (stream, _) = listener.accept().await.expect("a connection");
            let mut connection = h2::server::handshake(stream).await.expect("HTTP/2");
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                answer(&mut respond);
            }
        };
        let asking = async {
            let executor = TokioExecutor::new();
            let handshake = hyper::client::conn::http2::handshake(executor, TokioIo::new(stream));
            let (mut sender, connection) = handshake.await.expect("HTTP/2");
            tokio::spawn(connection);
            sender.send_request(request).await
        };
        tokio::select! {
            () = serving => panic!("the service ended before the client"),
            answer = asking => failed(answer.expect_err("no answer")),
        }
    }

    #[tokio::test]
    async fn a_request_that_was_turned_away_can_be_sent_again() {
        let error = met_with(|respond| respond.send_reset(h2::Reason::REFUSED_STREAM)).await;
        assert!(error.is_io(), "{error:?}");
    }

    #[tokio::test]
    async fn a_request_that_broke_the_protocol_cannot() {
        let error = met_with(|respond| respond.send_reset(h2::Reason::PROTOCOL_ERROR)).await;
        assert!(error.is_other() && error.as_other().is_none(), "{error:?}");
    }
}
