//! The credentials cache under expiry, failures and many callers.

use super::*;
use crate::config::{Credentials, SharedAsyncSleep, SharedTimeSource, TimeSource};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use std::sync::Mutex as StdMutex;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

const LIMIT: Duration = Duration::from_secs(20);

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
        self.key_at(0).await
    }

    /// The same where the service's clock is known to be ahead, in seconds.
    async fn key_at(&self, ahead: i64) -> Result<String, BoxError> {
        let load = Load {
            source: super::Source::Provider(&self.provider),
            time: &self.time,
            skew: ahead * 1000,
            sleep: Some(&self.sleep),
            limit: LIMIT,
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
async fn what_the_provider_gives_is_tried_but_not_kept_once_it_has_expired() {
    let bench = Bench::new(Source::default());
    bench.clock.at(100);
    bench.source.give(Some(100));
    // All that wait for one load take what it gives; the next call asks again.
    let (first, second) = tokio::join!(bench.key(), bench.key());
    assert_eq!(
        (first.unwrap().as_str(), second.unwrap().as_str()),
        ("key-1", "key-1")
    );
    assert_eq!(bench.key().await.unwrap(), "key-2");
    bench.source.give(None);
    assert!(bench.key().await.is_err());
}

#[tokio::test]
async fn old_credentials_that_hold_go_before_new_ones_that_have_expired() {
    let bench = Bench::new(Source::default());
    bench.source.give(Some(3600));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    bench.clock.at(3590);
    bench.source.give(Some(3000));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    assert_eq!(bench.source.asked(), 2);
}

#[tokio::test]
async fn expiry_is_by_the_clock_of_the_service() {
    let bench = Bench::new(Source::default());
    // Local time is a day ahead of the service's.
    let behind = -86_400;
    bench.clock.at(90_000);
    bench.source.give(Some(3600 + 3600));
    assert_eq!(bench.key_at(behind).await.unwrap(), "key-1");
    assert_eq!(bench.key_at(behind).await.unwrap(), "key-1");
    bench.clock.at(90_000 + 3600);
    assert_eq!(bench.key_at(behind).await.unwrap(), "key-2");
}

fn source_of(error: &BoxError) -> String {
    error.source().expect("a source").to_string()
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_never_answers_is_given_up_by_all_that_wait() {
    let bench = Arc::new(Bench::new(Source {
        never: true,
        ..Source::default()
    }));
    let before = tokio::time::Instant::now();
    let callers: Vec<_> = (0..10)
        .map(|_| {
            let bench = bench.clone();
            tokio::spawn(async move { bench.key().await.unwrap_err() })
        })
        .collect();
    for caller in callers {
        let error = caller.await.expect("no panic");
        let (text, source) = (error.to_string(), source_of(&error));
        assert_eq!(text, "the credentials could not be loaded");
        assert_eq!(source, "timeout of loading credentials occurred after 20s");
    }
    assert!(before.elapsed() < LIMIT * 2, "{:?}", before.elapsed());
    assert_eq!(bench.source.asked(), 1);
    // A call that comes later asks anew.
    bench.key().await.unwrap_err();
    assert_eq!(bench.source.asked(), 2);
}

#[tokio::test]
async fn a_failed_load_is_the_failure_of_all_that_wait() {
    let bench = Bench::new(Source::default());
    let (first, second) = tokio::join!(bench.key(), bench.key());
    for error in [first.unwrap_err(), second.unwrap_err()] {
        let source = error.source().and_then(|source| source.downcast_ref());
        assert!(matches!(
            source,
            Some(CredentialsError::CredentialsNotLoaded(_))
        ));
    }
    assert_eq!(bench.source.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_is_cut_off_is_not_left_to_the_next_call() {
    let source = Source::default();
    let mut bench = Bench::new(source.clone());
    source.give(Some(3600));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    let hanging = Source {
        never: true,
        ..source
    };
    bench.provider = SharedCredentialsProvider::new(hanging);
    bench.clock.at(3590);
    let attempt = tokio::time::timeout(Duration::from_secs(1), bench.key());
    attempt.await.expect_err("the provider hangs");
    assert_eq!(bench.key().await.unwrap(), "key-1");
    assert_eq!(bench.source.asked(), 2);
}

/// What a call gets that begins to renew credentials, and one that comes when they have expired before that ends.
async fn expired_meanwhile(renewed: Option<u64>) -> [Result<String, BoxError>; 2] {
    let bench = Bench::new(Source::default());
    bench.source.give(Some(3600));
    assert_eq!(bench.key().await.unwrap(), "key-1");
    bench.clock.at(3590);
    bench.source.give(renewed);
    let (renewing, late) = (bench.key(), async {
        bench.clock.at(3700);
        bench.key().await
    });
    let (renewing, late) = tokio::join!(renewing, late);
    assert_eq!(bench.source.asked(), 2);
    [renewing, late]
}

#[tokio::test]
async fn credentials_that_expire_while_they_are_renewed_are_not_used() {
    for result in expired_meanwhile(None).await {
        assert_eq!(
            source_of(&result.unwrap_err()),
            CredentialsError::not_loaded("").to_string()
        );
    }
    // New ones are tried, expired or not, where there are no others.
    for result in expired_meanwhile(Some(3650)).await {
        assert_eq!(result.unwrap(), "key-2");
    }
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
