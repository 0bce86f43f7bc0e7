//! Tunnels: a proxy connects with the service, and passes on what both ends say
//! ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-connect)).

use crate::error::BoxError;
use hyper_util::client::proxy::matcher::Intercept;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How long the head of a proxy's answer may be.
const MAX_HEAD: usize = 8 << 10;

/// Asks the proxy at the other end of `stream` for a tunnel to a port of a host.
///
/// # Errors
///
/// When the proxy refuses, or what it says is not HTTP.
pub(super) async fn open(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    host: &str,
    port: u16,
    proxy: &Intercept,
) -> Result<(), BoxError> {
    let mut request =
        format!("CONNECT {host}:{port} HTTP/1.1\r\nhost: {host}:{port}\r\n").into_bytes();
    if let Some(value) = proxy.basic_auth() {
        request.extend_from_slice(b"proxy-authorization: ");
        request.extend_from_slice(value.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    write(stream, &request).await?;
    let mut head = Vec::with_capacity(256);
    // Byte by byte at its end, as what comes after the head is the service's.
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == MAX_HEAD {
            return Err("the head of the proxy's answer does not end".into());
        }
        head.push(read_byte(stream).await?);
    }
    match status(&head) {
        // Whichever success it is, the tunnel begins after the head.
        Some([b'2', ..]) => Ok(()),
        Some(b"407") => Err("proxy authorization required".into()),
        Some(status) => {
            let status = String::from_utf8_lossy(status);
            Err(
                format!("the proxy refused to connect with {host}:{port}: it answered {status}")
                    .into(),
            )
        }
        None => Err("what the proxy answered is not HTTP/1.1".into()),
    }
}

/// Writes all of it. (What tokio has for this is behind a feature that costs as much time to build as hyper.)
async fn write(stream: &mut (impl AsyncWrite + Unpin), mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match poll_fn(|cx| Pin::new(&mut *stream).poll_write(cx, bytes)).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = &bytes[written..],
        }
    }
    poll_fn(|cx| Pin::new(&mut *stream).poll_flush(cx)).await
}

async fn read_byte(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<u8> {
    let mut byte = [0];
    let mut buffer = ReadBuf::new(&mut byte);
    poll_fn(|cx| Pin::new(&mut *stream).poll_read(cx, &mut buffer)).await?;
    if buffer.filled().is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(byte[0])
}

/// The three digits in the first line of an answer.
fn status(head: &[u8]) -> Option<&[u8]> {
    let rest = head.strip_prefix(b"HTTP/1.")?;
    let rest = rest
        .strip_prefix(b"1 ")
        .or_else(|| rest.strip_prefix(b"0 "))?;
    let digits = rest.get(..3)?;
    digits.iter().all(u8::is_ascii_digit).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper_util::client::proxy::matcher::Matcher;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// What comes of a proxy's answer, and what of it is left for those who use the tunnel.
    async fn opened(answer: &str) -> Result<Vec<u8>, String> {
        let proxies = Matcher::builder().all("http://proxy.example:1").build();
        let uri = http::Uri::from_static("https://example.com");
        let proxy = proxies.intercept(&uri).expect("a proxy");
        let (mut here, mut there) = tokio::io::duplex(1 << 16);
        there.write_all(answer.as_bytes()).await.expect("room");
        let opened = open(&mut here, "example.com", 443, &proxy).await;
        opened.map_err(|error| error.to_string())?;
        let expected = b"CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n";
        let mut request = vec![0; expected.len()];
        there.read_exact(&mut request).await.expect("a request");
        assert_eq!(request, expected);
        drop(there);
        let mut left = Vec::new();
        here.read_to_end(&mut left).await.expect("the rest");
        Ok(left)
    }

    #[tokio::test]
    async fn any_success_opens_the_tunnel_and_nothing_else_does() {
        for status in [
            "1.1 200 Connection established",
            "1.0 200",
            "1.1 202 Accepted",
        ] {
            let left = opened(&format!("HTTP/{status}\r\nvia: a\r\n\r\nhello")).await;
            assert_eq!(left.as_deref(), Ok(&b"hello"[..]), "{status}");
        }
        for (answer, told) in [
            ("HTTP/1.1 403 No\r\n\r\n", "it answered 403"),
            ("HTTP/1.1 407\r\n\r\n", "proxy authorization required"),
            ("HTTP/1.1 2\r\n\r\n", "is not HTTP/1.1"),
            ("HTTP/2 200\r\n\r\n", "is not HTTP/1.1"),
            (&"x".repeat(MAX_HEAD), "does not end"),
        ] {
            let error = opened(answer).await.expect_err("no tunnel");
            assert!(error.contains(told), "{error}");
        }
    }
}
