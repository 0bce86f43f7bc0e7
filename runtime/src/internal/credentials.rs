//! Credentials: loaded once for many calls, renewed before they expire.

use crate::config::{
    ConfigBag, RetryConfig, RuntimeComponents, SharedAsyncSleep, SharedCredentialsProvider,
    SharedIdentityCache, SharedTimeSource, TimeoutConfig,
};
use crate::error::BoxError;
use crate::internal::handle::{Shared, shifted};
use crate::internal::plan::{CONNECT_TIMEOUT, Plan};
use crate::internal::timeout::{Limit, TimeoutExceeded, within};
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// Credentials that do not expire are asked for again after this time, as whatever they stand in may have changed.
pub(super) const ASK_AGAIN: Duration = Duration::from_secs(15 * 60);
/// Expiring credentials are renewed this long before, or after three quarters of their life when that is shorter.
const BUFFER: Duration = Duration::from_secs(5 * 60);
/// From a renewal that fails the old credentials are used this long before the provider is asked again.
const PAUSE: Duration = Duration::from_secs(10);

/// Where the credentials of a client, or of one call, come from.
pub(super) struct Identities {
    provider: Option<Provider>,
    /// The user's cache, which goes before our own.
    users_cache: Option<SharedIdentityCache>,
    cache: Arc<CredentialsCache>,
}

struct Provider {
    provider: SharedCredentialsProvider,
    /// The same provider as the official traits see it.
    resolver: SharedIdentityResolver,
}

impl Identities {
    pub(super) fn new(settings: &super::Settings, cache: Arc<CredentialsCache>) -> Self {
        let provider = settings.credentials_provider().map(|provider| Provider {
            provider: provider.clone(),
            resolver: SharedIdentityResolver::new(provider.clone()),
        });
        Self {
            provider,
            users_cache: settings.identity_cache().cloned(),
            cache,
        }
    }

    pub(super) fn cache(&self) -> &Arc<CredentialsCache> {
        &self.cache
    }

    pub(super) fn users_cache(&self) -> Option<&SharedIdentityCache> {
        self.users_cache.as_ref()
    }

    pub(super) fn resolver(&self) -> Option<&SharedIdentityResolver> {
        self.provider.as_ref().map(|provider| &provider.resolver)
    }

    /// The credentials to sign a call with; `None` when it is to be sent unsigned.
    ///
    /// # Errors
    ///
    /// There is no provider, or it has no credentials, or it takes too long.
    pub(super) async fn resolve(
        &self,
        plan: &Plan,
        shared: &Shared,
    ) -> Result<Option<Identity>, BoxError> {
        let Some(provider) = &self.provider else {
            if plan.settings.allow_no_auth() {
                return Ok(None);
            }
            return Err("there are no credentials: set `credentials_provider` in the client's configuration".into());
        };
        if let Some(cache) = &self.users_cache {
            let resolver = provider.resolver.clone();
            let (components, bag) = (plan.components(shared)?, plan.bag());
            // A cache that lacks something says so here, and may panic when it is asked nevertheless.
            components.validate_final_config(bag)?;
            return cache
                .resolve_cached_identity(resolver, components, bag)
                .await
                .map(Some);
        }
        let skew = plan.skew(shared);
        // Most calls end here, and need not work out how long loading may take.
        if let Some(identity) = self.cache.current(shifted(plan.time.now(), skew)) {
            return Ok(Some(identity));
        }
        let load = Load {
            source: Source::Provider(&provider.provider),
            time: &plan.time,
            skew,
            sleep: plan.sleep.as_ref(),
            limit: load_timeout(&plan.retry, &plan.timeouts),
            renewal: Renewal::default(),
        };
        self.cache.resolve(&load).await.map(Some)
    }
}

/// How to get new credentials.
pub(super) struct Load<'a> {
    pub(super) source: Source<'a>,
    pub(super) time: &'a SharedTimeSource,
    /// How far the service's clock is ahead, in milliseconds; it is by that clock that credentials expire.
    pub(super) skew: i64,
    pub(super) sleep: Option<&'a SharedAsyncSleep>,
    pub(super) limit: Duration,
    pub(super) renewal: Renewal,
}

/// Whom to ask for them.
pub(super) enum Source<'a> {
    Provider(&'a SharedCredentialsProvider),
    /// What the official traits hand to a cache.
    Resolver(
        &'a SharedIdentityResolver,
        &'a RuntimeComponents,
        &'a ConfigBag,
    ),
}

/// When to look for newer ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Renewal {
    /// How long before they expire; `None` follows [`BUFFER`].
    pub(super) buffer: Option<Duration>,
    /// How long after they were loaded, when they do not expire.
    pub(super) ask_again: Duration,
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
    fn buffer(&self, life: Duration) -> Duration {
        // Spread, so that clients that were started together do not all renew together.
        match self.buffer {
            None => BUFFER.min(life / 4).mul_f64(1.0 - fastrand::f64() / 4.0),
            Some(buffer) => buffer.mul_f64(1.0 - fastrand::f64() / 2.0),
        }
    }
}

/// How long loading credentials may take: as long as a provider that calls a service needs for all its attempts.
pub(super) fn load_timeout(retry: &RetryConfig, timeouts: &TimeoutConfig) -> Duration {
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

/// The credentials in use.
#[derive(Default)]
pub(super) struct CredentialsCache {
    entry: RwLock<Option<Entry>>,
    /// Held by the one call that asks the provider, and released when that call is dropped. It holds how the last load
    /// failed, for those who waited for it.
    renewal: Mutex<Option<LoadFailed>>,
    /// How many loads have ended.
    ended: AtomicU32,
}

#[derive(Clone)]
struct Entry {
    identity: Identity,
    /// When to look for newer ones.
    renew_at: SystemTime,
    /// When they must not be used any more.
    expires_at: Option<SystemTime>,
}

impl fmt::Debug for CredentialsCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsCache")
    }
}

impl CredentialsCache {
    /// The credentials to use now.
    ///
    /// However many calls ask, one of them asks the provider. The others go on with what there is while it is valid, and
    /// else wait for what that one gets, be it credentials or an error. They wait no longer than loading may take; only
    /// when the call that asks is dropped, another one of them starts anew.
    pub(super) async fn resolve(&self, load: &Load<'_>) -> Result<Identity, BoxError> {
        let now = load.now();
        if let Some(entry) = self.read() {
            if now < entry.renew_at {
                return Ok(entry.identity);
            }
            if entry.valid(now) {
                return match self.renewal.try_lock() {
                    Ok(mut failed) => self.renew_or_keep(load, entry, &mut failed).await,
                    Err(_) => Ok(entry.identity),
                };
            }
        }
        let ended = self.ended.load(Ordering::Relaxed);
        let mut failed = load.limited(self.renewal.lock()).await?;
        let waited = self.ended.load(Ordering::Relaxed) != ended;
        if let (true, Some(error)) = (waited, &*failed) {
            return Err(error.clone().into());
        }
        // Another call may have renewed them while this one waited.
        match self.read() {
            Some(entry) if waited || load.now() < entry.renew_at => Ok(entry.identity),
            _ => {
                let entry = self.load(load, &mut failed).await?;
                self.write(entry.clone());
                Ok(entry.identity)
            }
        }
    }

    /// What is cached, if it need not be renewed yet.
    fn current(&self, now: SystemTime) -> Option<Identity> {
        self.read()
            .filter(|entry| now < entry.renew_at)
            .map(|entry| entry.identity)
    }

    fn read(&self) -> Option<Entry> {
        self.entry
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn write(&self, entry: Entry) {
        *self.entry.write().unwrap_or_else(PoisonError::into_inner) = Some(entry);
    }

    /// Renews credentials that still hold; a failure is no outage, unless they have expired until it is known.
    async fn renew_or_keep(
        &self,
        load: &Load<'_>,
        entry: Entry,
        failed: &mut Option<LoadFailed>,
    ) -> Result<Identity, BoxError> {
        // Noted first, so that a call that is cut off by its time limit does not leave the wait to the next one.
        self.write(Entry {
            renew_at: load.now() + PAUSE,
            ..entry.clone()
        });
        let renewed = self.load(load, failed).await;
        let now = load.now();
        match renewed {
            Ok(renewed) if renewed.valid(now) || !entry.valid(now) => {
                self.write(renewed.clone());
                return Ok(renewed.identity);
            }
            Err(error) if !entry.valid(now) => return Err(error.into()),
            Ok(_) => {
                tracing::warn!("renewed credentials have expired; the old ones stay in use");
            }
            Err(error) => {
                tracing::warn!(error = %error.0, "credentials could not be renewed; the old ones are still valid and stay in use");
            }
        }
        Ok(entry.identity)
    }

    /// Asks the provider.
    ///
    /// What it gives is used for the calls that wait for it, even if it seems to have expired: the local clock may be the
    /// one that is wrong, which only the service's answer shows, and some providers hand out expired credentials on
    /// purpose while they cannot get others, as the service may have prolonged them. The next call asks again. Credentials
    /// that expired in the cache are never used.
    async fn load(
        &self,
        load: &Load<'_>,
        failed: &mut Option<LoadFailed>,
    ) -> Result<Entry, LoadFailed> {
        let result = load.ask().await;
        self.ended.fetch_add(1, Ordering::Relaxed);
        let now = load.now();
        match result {
            Ok(identity) => {
                *failed = None;
                let entry = Entry::new(identity, now, load.renewal);
                tracing::debug!(expires_at = ?entry.expires_at, expired = !entry.valid(now), "credentials loaded");
                Ok(entry)
            }
            Err(error) => {
                let error = LoadFailed(error.into());
                *failed = Some(error.clone());
                Err(error)
            }
        }
    }
}

/// The provider gave no credentials; all calls that wait for them end with the same error.
#[derive(Clone, Debug)]
struct LoadFailed(Arc<dyn Error + Send + Sync>);

impl fmt::Display for LoadFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credentials could not be loaded")
    }
}

impl Error for LoadFailed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

impl Entry {
    fn new(identity: Identity, now: SystemTime, renewal: Renewal) -> Self {
        let expires_at = identity.expiration();
        let renew_at = match expires_at {
            None => now + renewal.ask_again,
            Some(expiry) => {
                let life = expiry.duration_since(now).unwrap_or_default();
                expiry.checked_sub(renewal.buffer(life)).unwrap_or(now)
            }
        };
        Self {
            identity,
            renew_at,
            expires_at,
        }
    }

    fn valid(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|expiry| now < expiry)
    }
}

impl Load<'_> {
    fn now(&self) -> SystemTime {
        shifted(self.time.now(), self.skew)
    }

    async fn ask(&self) -> Result<Identity, BoxError> {
        match self.limited(self.source.load()).await {
            Ok(result) => result,
            Err(timeout) => self.source.fallback().ok_or_else(|| timeout.into()),
        }
    }

    async fn limited<F: Future>(&self, part: F) -> Result<F::Output, TimeoutExceeded> {
        match self.sleep {
            None => Ok(part.await),
            Some(sleep) => within(sleep, Limit::Credentials, self.limit, part).await,
        }
    }
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

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
