//! The credentials cache under expiry, failures and many callers.

use super::*;
use crate::config::{Credentials, TimeSource};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use std::sync::Mutex as StdMutex;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A clock that stands until it is moved, in seconds.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn at(&self, seconds: u64) -> SystemTime {
        self.0.store(seconds, Ordering::Relaxed);
        self.now()
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Gives what it is told to, after yielding, and counts.
#[derive(Clone, Debug, Default)]
struct Source {
    asked: Arc<AtomicU32>,
    /// When the next credentials expire, in seconds; `None` fails.
    expiry: Arc<StdMutex<Option<u64>>>,
    never: bool,
}

impl Source {
    fn give(&self, expiry: Option<u64>) {
        *self.expiry.lock().unwrap() = expiry;
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

impl ProvideCredentials for Source {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
            tokio::task::yield_now().await;
            if self.never {
                std::future::pending::<()>().await;
            }
            let expiry = self
                .expiry
                .lock()
                .unwrap()
                .ok_or_else(|| CredentialsError::not_loaded("down"))?;
            let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(expiry);
            Ok(Credentials::new(
                format!("key-{number}"),
                "secret",
                None,
                Some(expiry),
                "test",
            ))
        })
    }
}

struct Bench {
    cache: CredentialsCache,
    clock: Clock,
    source: Source,
    provider: SharedCredentialsProvider,
    time: SharedTimeSource,
    sleep: SharedAsyncSleep,
}

impl Bench {
    fn new(source: Source) -> Self {
        let clock = Clock::default();
        Self {
            cache: CredentialsCache::default(),
            provider: SharedCredentialsProvider::new(source.clone()),
            time: SharedTimeSource::new(clock.clone()),
            sleep: SharedAsyncSleep::new(aws_smithy_async::rt::sleep::TokioSleep::new()),
            clock,
            source,
        }
    }

    async fn key(&self) -> Result<String, BoxError> {
        let limit = Duration::from_secs(20);
        let load = Load {
            source: super::Source::Provider(&self.provider),
            time: &self.time,
            sleep: Some(&self.sleep),
            limit,
            renewal: Renewal::default(),
        };
        let identity = self.cache.resolve(&load).await?;
        Ok(identity
            .data::<Credentials>()
            .expect("credentials")
            .access_key_id()
            .to_owned())
    }
}

#[tokio::test]
async fn many_callers_one_question() {
    let bench = Arc::new(Bench::new(Source::default()));
    bench.source.give(Some(3600));
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let bench = bench.clone();
            tokio::spawn(async move { bench.key().await.expect("credentials") })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.expect("no panic"), "key-1");
    }
    assert_eq!(bench.source.asked(), 1);
}

#[tokio::test]
async fn renewed_before_expiry_while_others_go_on() {
    let bench = Bench::new(Source::default());
    bench.source.give(Some(3600));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    bench.clock.at(3200);
    assert_eq!(bench.key().await.unwrap(), "key-1");
    // Within the buffer: one asks, the others use what there is.
    bench.clock.at(3400);
    bench.source.give(Some(7200));
    let (first, second) = tokio::join!(bench.key(), bench.key());
    assert_eq!(
        (first.unwrap().as_str(), second.unwrap().as_str()),
        ("key-2", "key-1")
    );
    assert_eq!(bench.key().await.unwrap(), "key-2");
    assert_eq!(bench.source.asked(), 2);
}

#[tokio::test]
async fn a_failed_renewal_is_no_outage_until_expiry() {
    let bench = Bench::new(Source::default());
    bench.source.give(Some(3600));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    bench.source.give(None);
    bench.clock.at(3590);
    assert_eq!(bench.key().await.unwrap(), "key-1");
    // The provider is left alone for a while.
    assert_eq!(bench.key().await.unwrap(), "key-1");
    assert_eq!(bench.source.asked(), 2);
    bench.clock.at(3600);
    assert!(
        bench.key().await.is_err(),
        "expired credentials must not be used"
    );
    bench.source.give(Some(9000));
    assert_eq!(bench.key().await.unwrap(), "key-4");
}

#[tokio::test]
async fn expired_credentials_of_a_provider_are_refused() {
    let bench = Bench::new(Source::default());
    bench.clock.at(100);
    bench.source.give(Some(100));
    let error = bench.key().await.unwrap_err().to_string();
    assert!(error.contains("expired already"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_never_answers_is_given_up() {
    let bench = Bench::new(Source {
        never: true,
        ..Source::default()
    });
    let error = bench.key().await.unwrap_err().to_string();
    assert_eq!(error, "timeout of loading credentials occurred after 20s");
}

#[tokio::test]
async fn a_dropped_renewal_blocks_nobody() {
    let bench = Bench::new(Source::default());
    bench.source.give(Some(3600));
    {
        let renewing = bench.key();
        tokio::pin!(renewing);
        // The first poll asks the provider; the call is dropped while that is under way.
        assert!(futures_poll_once(renewing.as_mut()).await.is_none());
    }
    assert_eq!(bench.key().await.unwrap(), "key-2");
}

async fn futures_poll_once<F: std::future::Future>(
    mut future: std::pin::Pin<&mut F>,
) -> Option<F::Output> {
    std::future::poll_fn(|cx| match future.as_mut().poll(cx) {
        std::task::Poll::Ready(output) => std::task::Poll::Ready(Some(output)),
        std::task::Poll::Pending => std::task::Poll::Ready(None),
    })
    .await
}

#[test]
fn debug_shows_no_secret() {
    let cache = CredentialsCache::default();
    let credentials = Credentials::new(
        "AKID",
        "very-secret",
        Some("token-secret".into()),
        None,
        "test",
    );
    let entry = Entry::new(
        credentials.into(),
        SystemTime::UNIX_EPOCH,
        Renewal::default(),
    );
    cache.write(entry);
    assert_eq!(format!("{cache:?}"), "CredentialsCache");
}
