//! Credentials: loaded once for many calls, renewed before they expire.

mod load;

pub(super) use load::{ASK_AGAIN, Load, Renewal, Source, load_timeout};

use crate::config::{SharedCredentialsProvider, SharedIdentityCache};
use crate::error::BoxError;
use crate::internal::Settings;
use crate::internal::handle::{Shared, shifted};
use crate::internal::plan::Plan;
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, SharedIdentityResolver,
};
use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

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
    pub(super) fn new(settings: &Settings, cache: Arc<CredentialsCache>) -> Self {
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

#[cfg(test)]
mod tests;
