//! What a connection does, step by step.

use crate::Certificate;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// One step of a connection. After the last one the service closes it in good order.
#[derive(Clone, Debug)]
pub enum Step {
    /// Shakes hands by TLS; what follows goes over it.
    Handshake(Certificate),
    /// Receives a request, head and body.
    Receive,
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one by one, so far apart.
    Drip(Vec<u8>, Duration),
    /// Sends the same bytes so many times.
    Flood(Vec<u8>, usize),
    /// Ends the direction from the service to the client, and leaves the other open.
    HalfClose,
    /// Does nothing until the client closes the connection.
    Hold,
    /// Does nothing for so long.
    Pause(Duration),
    /// Breaks the connection off: the client gets a reset. It is the last step.
    Reset,
}

impl Step {
    /// Sends a text.
    pub fn send(text: impl Into<Vec<u8>>) -> Self {
        Self::Send(text.into())
    }
}

/// A connection, with TLS or without.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Does what is neither a handshake nor a reset.
pub(crate) async fn take(step: &Step, stream: &mut dyn Stream) -> io::Result<()> {
    match step {
        Step::Receive => receive(stream).await?,
        Step::Send(bytes) => stream.write_all(bytes).await?,
        Step::Drip(bytes, apart) => {
            for byte in bytes {
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(*apart).await;
            }
        }
        Step::Flood(bytes, times) => {
            for _ in 0..*times {
                stream.write_all(bytes).await?;
            }
        }
        Step::HalfClose => stream.shutdown().await?,
        Step::Hold => drain(stream).await?,
        Step::Pause(duration) => tokio::time::sleep(*duration).await,
        Step::Handshake(_) | Step::Reset => {}
    }
    stream.flush().await
}

/// Reads until the client closes the connection.
pub(crate) async fn drain(stream: &mut dyn Stream) -> io::Result<()> {
    let mut unheeded = [0; 4096];
    while stream.read(&mut unheeded).await? > 0 {}
    Ok(())
}

/// Reads a request whose length is announced, as all requests of AWS JSON are.
async fn receive(stream: &mut dyn Stream) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.map(|_| ())
}
