//! Listens on loopback and plays a fault on every connection.

use crate::step::{self, Stream};
use crate::{Address, Authority, Fault, Step};
use std::io;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// A service that plays one fault; it ends, and its connections with it, when this is dropped.
#[derive(Debug)]
pub struct Service {
    url: String,
    listening: Option<AbortHandle>,
    /// Each connection holds it too, as long as it is open.
    open: Arc<()>,
}

impl Service {
    /// Starts to play.
    ///
    /// # Errors
    ///
    /// There is no port to listen at.
    pub async fn start(fault: &Fault, authority: &Authority) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let url = match fault.address {
            Address::Http | Address::Closed => format!("http://127.0.0.1:{port}"),
            Address::Https => format!("https://127.0.0.1:{port}"),
            Address::Unresolvable => format!("http://nonexistent.invalid:{port}"),
        };
        if matches!(fault.address, Address::Closed) {
            // Dropped, nobody listens there any more.
            return Ok(Self {
                url,
                listening: None,
                open: Arc::default(),
            });
        }
        let plays = fault.plays.clone();
        let acceptor = acceptor(fault, authority);
        let open = Arc::new(());
        let held = Arc::downgrade(&open);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            for number in 0.. {
                let Ok((stream, _)) = listener.accept().await else {
                    break;
                };
                let steps = plays.get(number).or(plays.last()).cloned();
                let playing = play(stream, steps.unwrap_or_default(), acceptor.clone());
                let held = held.upgrade();
                connections.spawn(async {
                    // Whether the client closed first is the client's business.
                    let _ = playing.await;
                    drop(held);
                });
            }
        });
        Ok(Self {
            url,
            listening: Some(task.abort_handle()),
            open,
        })
    }

    /// How many connections are open: neither reset nor closed by both ends.
    pub fn open(&self) -> usize {
        Arc::strong_count(&self.open) - 1
    }

    /// The address to call.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(task) = &self.listening {
            task.abort();
        }
    }
}

/// What shakes hands, where the fault does.
fn acceptor(fault: &Fault, authority: &Authority) -> Option<TlsAcceptor> {
    fault.plays.iter().flatten().find_map(|step| match step {
        Step::Handshake(certificate) => Some(authority.acceptor(*certificate)),
        _ => None,
    })
}

async fn play(
    stream: TcpStream,
    steps: Vec<Step>,
    acceptor: Option<TlsAcceptor>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if matches!(steps.last(), Some(Step::Reset)) {
        // Closing is then a reset, whenever it happens.
        stream.set_zero_linger()?;
    }
    let mut stream: Box<dyn Stream> = Box::new(stream);
    for step in &steps {
        match step {
            Step::Reset => return Ok(()),
            Step::Handshake(_) => {
                if let Some(acceptor) = &acceptor {
                    stream = Box::new(acceptor.accept(stream).await?);
                }
            }
            step => step::take(step, &mut stream).await?,
        }
    }
    step::take(&Step::HalfClose, &mut stream).await?;
    // Bytes that nobody has read would make the close a reset.
    step::drain(&mut stream).await
}
