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
        Some(b"200") => Ok(()),
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
