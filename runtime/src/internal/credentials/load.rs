//! Loading credentials: whom to ask, how long it may take, and when to ask again.

use crate::config::{
    ConfigBag, RetryConfig, RuntimeComponents, SharedAsyncSleep, SharedCredentialsProvider,
    SharedTimeSource, TimeoutConfig,
};
use crate::error::BoxError;
use crate::internal::handle::shifted;
use crate::internal::plan::CONNECT_TIMEOUT;
use crate::internal::timeout::{Limit, TimeoutExceeded, within};
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_runtime_api::client::identity::{Identity, ResolveIdentity, SharedIdentityResolver};
use std::future::Future;
use std::time::{Duration, SystemTime};

/// Credentials that do not expire are asked for again after this time, as whatever they stand in may have changed.
pub(in crate::internal) const ASK_AGAIN: Duration = Duration::from_secs(15 * 60);
/// Expiring credentials are renewed this long before, or after three quarters of their life when that is shorter.
const BUFFER: Duration = Duration::from_secs(5 * 60);

/// How to get new credentials.
pub(in crate::internal) struct Load<'a> {
    pub(in crate::internal) source: Source<'a>,
    pub(in crate::internal) time: &'a SharedTimeSource,
    /// How far the service's clock is ahead, in milliseconds; it is by that clock that credentials expire.
    pub(in crate::internal) skew: i64,
    pub(in crate::internal) sleep: Option<&'a SharedAsyncSleep>,
    pub(in crate::internal) limit: Duration,
    pub(in crate::internal) renewal: Renewal,
}

impl Load<'_> {
    pub(super) fn now(&self) -> SystemTime {
        shifted(self.time.now(), self.skew)
    }

    pub(super) async fn ask(&self) -> Result<Identity, BoxError> {
        match self.limited(self.source.load()).await {
            Ok(result) => result,
            Err(timeout) => self.source.fallback().ok_or_else(|| timeout.into()),
        }
    }

    pub(super) async fn limited<F: Future>(&self, part: F) -> Result<F::Output, TimeoutExceeded> {
        match self.sleep {
            None => Ok(part.await),
            Some(sleep) => within(sleep, Limit::Credentials, self.limit, part).await,
        }
    }
}

/// Whom to ask for them.
pub(in crate::internal) enum Source<'a> {
    Provider(&'a SharedCredentialsProvider),
    /// What the official traits hand to a cache.
    Resolver(
        &'a SharedIdentityResolver,
        &'a RuntimeComponents,
        &'a ConfigBag,
    ),
}

impl Source<'_> {
    async fn load(&self) -> Result<Identity, BoxError> {
        match self {
            Self::Provider(provider) => Ok(provider.provide_credentials().await?.into()),
            Self::Resolver(resolver, components, bag) => {
                resolver.resolve_identity(components, bag).await
            }
        }
    }

    /// What to use when loading takes too long.
    fn fallback(&self) -> Option<Identity> {
        match self {
            Self::Provider(provider) => {
                ProvideCredentials::fallback_on_interrupt(*provider).map(Identity::from)
            }
            Self::Resolver(resolver, ..) => resolver.fallback_on_interrupt(),
        }
    }
}

/// When to look for newer ones.
#[derive(Clone, Copy, Debug)]
pub(in crate::internal) struct Renewal {
    /// How long before they expire; `None` follows [`BUFFER`].
    pub(in crate::internal) buffer: Option<Duration>,
    /// How long after they were loaded, when they do not expire.
    pub(in crate::internal) ask_again: Duration,
}

impl Default for Renewal {
    fn default() -> Self {
        Self {
            buffer: None,
            ask_again: ASK_AGAIN,
        }
    }
}

impl Renewal {
    pub(super) fn buffer(&self, life: Duration) -> Duration {
        // Spread, so that clients that were started together do not all renew together.
        match self.buffer {
            None => BUFFER.min(life / 4).mul_f64(1.0 - fastrand::f64() / 4.0),
            Some(buffer) => buffer.mul_f64(1.0 - fastrand::f64() / 2.0),
        }
    }
}

/// How long loading credentials may take: as long as a provider that calls a service needs for all its attempts.
pub(in crate::internal) fn load_timeout(retry: &RetryConfig, timeouts: &TimeoutConfig) -> Duration {
    let attempts = retry.max_attempts().max(1);
    let connect = timeouts
        .connect_timeout()
        .unwrap_or_default()
        .max(CONNECT_TIMEOUT);
    let attempt = timeouts
        .operation_attempt_timeout()
        .unwrap_or_default()
        .max(connect.saturating_mul(2));
    let pauses = (0..attempts.min(32) - 1)
        .map(|step| {
            retry
                .initial_backoff()
                .saturating_mul(1 << step)
                .min(retry.max_backoff())
        })
        .fold(Duration::ZERO, Duration::saturating_add);
    attempt.saturating_mul(attempts).saturating_add(pauses)
}
