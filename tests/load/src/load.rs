//! The client: a thousand tasks that call one after the other, and what becomes of their calls.

use crate::process::Held;
use farrier_kms::config::{BehaviorVersion, Credentials, Region};
use farrier_kms::operation::describe_key::DescribeKeyError;
use farrier_kms::{Client, Config, error::SdkError};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many calls go on at once.
pub(crate) const AT_ONCE: usize = 1000;

/// A call that takes longer is lost: three attempts and two pauses last seconds.
const LOST: Duration = Duration::from_secs(30);

/// How long after a failure a task calls again; in a cut all calls fail at once.
const PAUSE: Duration = Duration::from_millis(100);

/// What became of the calls.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// Begun.
    pub(crate) begun: AtomicU64,
    /// Ended with the output of that very call.
    pub(crate) outputs: AtomicU64,
    /// Ended with an error, while the network was there.
    pub(crate) errors: AtomicU64,
    /// The same while it was not, or had just come back.
    pub(crate) cut_errors: AtomicU64,
    /// Ended with the output of another call.
    pub(crate) mistaken: AtomicU64,
    /// Did not end.
    pub(crate) lost: AtomicU64,
    /// Ended with an error that the service does not cause.
    pub(crate) strange: AtomicU64,
}

/// What all tasks share.
#[derive(Debug)]
pub(crate) struct Load {
    client: Client,
    /// What became of the calls.
    pub(crate) books: Books,
    /// Whether the network is cut, or was until a moment ago.
    pub(crate) cut: AtomicBool,
    ends: Instant,
}

impl Load {
    /// A load on the service at `url` that ends after `lasts`.
    pub(crate) fn new(url: &str, lasts: Duration) -> Arc<Self> {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "load"))
            .endpoint_url(url)
            .build();
        Arc::new(Self {
            client: Client::from_conf(config),
            books: Books::default(),
            cut: AtomicBool::new(false),
            ends: Instant::now() + lasts,
        })
    }

    /// Starts to call.
    pub(crate) fn start(self: &Arc<Self>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            let load = self.clone();
            tasks.spawn(async move {
                while Instant::now() < load.ends {
                    load.call().await;
                }
            });
        }
        tasks
    }

    async fn call(&self) {
        let number = self.books.begun.fetch_add(1, Ordering::Relaxed);
        let id = format!("key-{number}");
        let began_cut = self.cut.load(Ordering::Relaxed);
        let call = self.client.describe_key().key_id(&id).send();
        let count = match tokio::time::timeout(LOST, call).await {
            Err(_) => &self.books.lost,
            Ok(Ok(output)) => {
                let key = output.key_metadata.map(|key| key.key_id);
                if key.as_ref() == Some(&id) {
                    &self.books.outputs
                } else {
                    &self.books.mistaken
                }
            }
            Ok(Err(error)) => {
                tokio::time::sleep(PAUSE).await;
                if !is_known(&error) {
                    eprintln!("{error:?}");
                    &self.books.strange
                } else if began_cut || self.cut.load(Ordering::Relaxed) {
                    &self.books.cut_errors
                } else {
                    &self.books.errors
                }
            }
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// Whether the error is one of those that the service causes: a status, a code, or a connection that is closed.
fn is_known(error: &SdkError<DescribeKeyError>) -> bool {
    match error {
        SdkError::ServiceError(error) => {
            matches!(error.raw().status().as_u16(), 400 | 500 | 503)
        }
        SdkError::DispatchFailure(error) => error.is_io() || error.as_other().is_some(),
        SdkError::ResponseError(_) => true,
        _ => false,
    }
}

/// What the process holds, each second, until `lasts` is over.
///
/// # Errors
///
/// There is no `/proc`.
pub(crate) async fn watch(lasts: Duration) -> io::Result<Vec<Held>> {
    let began = Instant::now();
    let mut seen = Vec::new();
    while began.elapsed() < lasts {
        tokio::time::sleep(Duration::from_secs(1)).await;
        seen.push(Held::now()?);
    }
    Ok(seen)
}
