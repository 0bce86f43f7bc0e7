//! Connections that are kept for the next request to the same address.

use super::connection::Connection;
use http::Uri;
use http::uri::{Authority, Scheme};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// The scheme, host and port that a connection is for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(Scheme, Authority);

impl Key {
    /// That of an absolute URI; `None` for any other.
    pub(super) fn of(uri: &Uri) -> Option<Key> {
        Some(Key(uri.scheme()?.clone(), uri.authority()?.clone()))
    }

    /// What the header `host` says: no name and password, and no port where it is the usual one.
    pub(super) fn host(&self) -> &str {
        let text = self.1.as_str();
        let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
        let usual = if self.0 == Scheme::HTTPS {
            ":443"
        } else {
            ":80"
        };
        text.strip_suffix(usual).unwrap_or(text)
    }
}

/// Idle connections. A clone is the same pool.
#[derive(Clone)]
pub(super) struct Pool(Arc<Shared>);

/// Without the connections, which hold what a proxy wants to know of the user.
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("idle", &self.0.idle)
            .field("most", &self.0.most)
            .finish_non_exhaustive()
    }
}

struct Shared {
    kept: Mutex<Kept>,
    /// How long a connection may be idle.
    idle: Duration,
    /// How many are kept for an address.
    most: usize,
}

#[derive(Default)]
struct Kept {
    /// The one that was used last is the last; it is the least likely to have been closed by the other end.
    connections: HashMap<Key, Vec<Idle>>,
    /// Whether a task closes those that have been idle for too long.
    swept: bool,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

/// What the pool has for a request.
enum Found {
    Ready(Connection),
    /// A connection whose answer has been read, and whose task has not noticed yet.
    Soon,
    Nothing,
}

impl Pool {
    pub(super) fn new(idle: Duration, most: usize) -> Self {
        Self(Arc::new(Shared {
            kept: Mutex::default(),
            idle,
            most,
        }))
    }

    /// A connection that takes a request now.
    pub(super) async fn take(&self, key: &Key) -> Option<Connection> {
        let mut found = self.0.find(key);
        if let Found::Soon = found {
            tokio::task::yield_now().await;
            found = self.0.find(key);
        }
        match found {
            Found::Ready(connection) => Some(connection),
            Found::Soon | Found::Nothing => None,
        }
    }

    /// Keeps a connection that takes several requests at a time for others, as long as it is in use; the one that is there
    /// already, if one is.
    pub(super) fn share(&self, key: &Key, connection: Connection) -> Connection {
        let Some(shared) = connection.shared() else {
            return connection;
        };
        match self.0.find(key) {
            Found::Ready(found) => found,
            Found::Soon | Found::Nothing => {
                self.keep(key.clone(), shared);
                connection
            }
        }
    }

    fn keep(&self, key: Key, connection: Connection) {
        let mut kept = self.0.lock();
        let connections = kept.connections.entry(key).or_default();
        if connections.len() >= self.0.most || !connection.is_open() {
            return;
        }
        connections.push(Idle {
            connection,
            since: Instant::now(),
        });
        if !kept.swept {
            kept.swept = true;
            // A runtime that is ending drops the task here and now, and the task looks at what is kept when it is dropped.
            drop(kept);
            tokio::spawn(Sweeper(Arc::downgrade(&self.0)).run(self.0.idle));
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, key: &Key) -> Found {
        let mut kept = self.lock();
        let Some(connections) = kept.connections.get_mut(key) else {
            return Found::Nothing;
        };
        let now = Instant::now();
        let mut soon = false;
        for index in (0..connections.len()).rev() {
            let idle = &mut connections[index];
            if !idle.may_stay(now, self.idle) {
                connections.remove(index);
            } else if !idle.connection.is_ready() {
                soon = true;
            } else if let Some(shared) = idle.connection.shared() {
                idle.since = now;
                return Found::Ready(shared);
            } else {
                return Found::Ready(connections.remove(index).connection);
            }
        }
        if soon { Found::Soon } else { Found::Nothing }
    }

    /// Closes what has been idle for too long; whether anything is left to be swept.
    fn sweep(&self) -> bool {
        let now = Instant::now();
        let mut kept = self.lock();
        kept.connections.retain(|_, connections| {
            connections.retain(|idle| idle.may_stay(now, self.idle));
            !connections.is_empty()
        });
        // Noted together with what is left, so that what is kept next is not left to a task that is about to end.
        kept.swept = !kept.connections.is_empty();
        kept.swept
    }
}

impl Idle {
    fn may_stay(&self, now: Instant, limit: Duration) -> bool {
        now.duration_since(self.since) < limit && self.connection.is_open()
    }
}

/// Closes connections that have been idle for too long, as long as there are any.
struct Sweeper(Weak<Shared>);

impl Sweeper {
    async fn run(mut self, idle: Duration) {
        loop {
            // A limit of nothing is kept by `find` alone.
            tokio::time::sleep(idle.max(Duration::from_millis(50))).await;
            if !self.0.upgrade().is_some_and(|shared| shared.sweep()) {
                // Another task may sweep by now.
                self.0 = Weak::new();
                return;
            }
        }
    }
}

impl Drop for Sweeper {
    /// When the runtime ends that it ran on, and the pool goes on in another one.
    fn drop(&mut self) {
        if let Some(shared) = self.0.upgrade() {
            shared.lock().swept = false;
        }
    }
}

/// The body of an answer; when it has been read to its end, its connection goes back to the pool. One that is dropped before
/// takes the connection along.
pub(super) struct Pooled {
    body: Incoming,
    lease: Option<(Pool, Key, Connection)>,
}

impl Pooled {
    pub(super) fn new(body: Incoming, pool: Pool, key: Key, connection: Connection) -> Self {
        let mut pooled = Self {
            body,
            lease: Some((pool, key, connection)),
        };
        if pooled.body.is_end_stream() {
            pooled.give_back();
        }
        pooled
    }

    fn give_back(&mut self) {
        if let Some((pool, key, connection)) = self.lease.take()
            && connection.shared().is_none()
        {
            pool.keep(key, connection);
        }
    }
}

impl Body for Pooled {
    type Data = <Incoming as Body>::Data;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match &frame {
            Some(Err(_)) => self.lease = None,
            None => self.give_back(),
            Some(Ok(_)) if self.body.is_end_stream() => self.give_back(),
            Some(Ok(_)) => {}
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::internal::connect::connection::{Info, Sender};
    use hyper::client::conn::http1;
    use hyper_util::rt::TokioIo;
    use std::sync::atomic::AtomicBool;

    /// An open connection, and what keeps it open.
    async fn connection() -> (Connection, impl Sized) {
        let (here, there) = tokio::io::duplex(64);
        let (sender, task) = http1::handshake(TokioIo::new(here))
            .await
            .expect("no words");
        let info = Info {
            remote: None,
            local: None,
            forwarded: false,
            authorization: None,
            poisoned: AtomicBool::new(false),
        };
        let connection = Connection {
            sender: Sender::Http1(sender),
            info: Arc::new(info),
        };
        (connection, (task, there))
    }

    #[test]
    fn a_runtime_that_has_ended_holds_nobody_up() {
        let (told, done) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = || tokio::runtime::Builder::new_multi_thread().build();
            let (ended, lives) = (runtime().expect("one"), runtime().expect("another"));
            let handle = ended.handle().clone();
            drop(ended);
            let (connection, _open) = lives.block_on(connection());
            let pool = Pool::new(Duration::from_secs(60), 1);
            let key = Key(Scheme::HTTPS, Authority::from_static("example.com"));
            let _in_it = handle.enter();
            pool.keep(key, connection);
            told.send(pool.0.lock().swept).expect("the test listens");
        });
        let swept = done.recv_timeout(Duration::from_secs(20));
        assert_eq!(swept, Ok(false), "nothing sweeps where nothing runs");
    }
}
