//! The cache of identities that users configure and set as `identity_cache`.

use crate::config::{
    ConfigBag, ResolveCachedIdentity, RetryConfig, RuntimeComponents, SharedAsyncSleep,
    SharedIdentityCache, SharedTimeSource, TimeoutConfig,
};
use crate::error::BoxError;
use crate::internal::credentials::{
    ASK_AGAIN, CredentialsCache, Load, Renewal, Source, load_timeout,
};
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCachePartition, IdentityFuture, ResolveIdentity, SharedIdentityResolver,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long before they expire identities are renewed unless set.
const BUFFER: Duration = Duration::from_secs(10);
/// What is longer counts as this long, so that a time so long after any other can be told.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
/// How many providers a cache serves unless set.
const MAX_PARTITIONS: usize = 64;

/// Caches of identities, such as credentials, to be set as a client's `identity_cache`.
///
/// A client without one keeps its credentials in a cache of its own; set one to share it between clients, to change its
/// times, or to do without.
#[derive(Debug)]
#[non_exhaustive]
pub struct IdentityCache;

impl IdentityCache {
    /// No cache: the provider is asked for each attempt of each call.
    pub fn no_cache() -> SharedIdentityCache {
        SharedIdentityCache::new(NoCache)
    }

    /// A cache that asks the provider when a call needs an identity and there is none that holds long enough.
    pub fn lazy() -> LazyCacheBuilder {
        LazyCacheBuilder::new()
    }
}

/// Asks each time.
#[derive(Debug)]
struct NoCache;

impl ResolveCachedIdentity for NoCache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move { resolver.resolve_identity(components, bag).await })
    }
}

/// Configures a cache; made by [`IdentityCache::lazy`].
#[derive(Debug, Default)]
pub struct LazyCacheBuilder {
    time_source: Option<SharedTimeSource>,
    sleep_impl: Option<SharedAsyncSleep>,
    load_timeout: Option<Duration>,
    buffer_time: Option<Duration>,
    default_expiration: Option<Duration>,
    max_partitions: Option<usize>,
}

macro_rules! setters {
    ($($(#[doc = $doc:literal])+ $name:ident, $set:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[must_use]
            pub fn $name(mut self, duration: Duration) -> Self {
                self.$name = Some(duration);
                self
            }

            #[doc = concat!("As [`", stringify!($name), "`](Self::", stringify!($name), "), on a builder that stays where it is.")]
            pub fn $set(&mut self, duration: Option<Duration>) -> &mut Self {
                self.$name = duration;
                self
            }
        )+
    };
}

impl LazyCacheBuilder {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// How long loading an identity may take. Default: what a provider needs that calls a service with the client's
        /// attempts and timeouts.
        load_timeout, set_load_timeout;
        /// How long before it expires an identity is renewed; up to half of it is left away at random. Default: 10 s.
        buffer_time, set_buffer_time;
        /// When an identity that does not expire is asked for again; at least 15 minutes. Default: 15 minutes.
        default_expiration, set_default_expiration;
    }

    /// Tells the time. Default: the client's clock.
    #[must_use]
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.time_source = Some(SharedTimeSource::new(time_source));
        self
    }

    /// As [`time_source`](Self::time_source), on a builder that stays where it is.
    pub fn set_time_source(&mut self, time_source: SharedTimeSource) -> &mut Self {
        self.time_source = Some(time_source);
        self
    }

    /// Waits for the load timeout. Default: the client's.
    #[must_use]
    pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.sleep_impl = Some(SharedAsyncSleep::new(sleep_impl));
        self
    }

    /// As [`sleep_impl`](Self::sleep_impl), on a builder that stays where it is.
    pub fn set_sleep_impl(&mut self, sleep_impl: SharedAsyncSleep) -> &mut Self {
        self.sleep_impl = Some(sleep_impl);
        self
    }

    /// How many providers are served; one more drives out another's identity. Default: 64.
    ///
    /// # Panics
    ///
    /// When it is 0.
    #[must_use]
    pub fn max_partitions(mut self, max: usize) -> Self {
        self.set_max_partitions(Some(max));
        self
    }

    /// As [`max_partitions`](Self::max_partitions), on a builder that stays where it is.
    ///
    /// # Panics
    ///
    /// When it is 0.
    pub fn set_max_partitions(&mut self, max: Option<usize>) -> &mut Self {
        assert!(max != Some(0), "max_partitions must be greater than 0");
        self.max_partitions = max;
        self
    }

    /// Makes the cache.
    ///
    /// # Panics
    ///
    /// When the default expiration is less than 15 minutes.
    pub fn build(self) -> SharedIdentityCache {
        let ask_again = self.default_expiration.unwrap_or(ASK_AGAIN);
        assert!(
            ask_again >= ASK_AGAIN,
            "default_expiration must be at least 15 minutes"
        );
        SharedIdentityCache::new(LazyCache {
            renewal: Renewal {
                buffer: Some(self.buffer_time.unwrap_or(BUFFER)),
                ask_again: ask_again.min(LONGEST),
            },
            max_partitions: self.max_partitions.unwrap_or(MAX_PARTITIONS),
            load_timeout: self.load_timeout,
            time: self.time_source,
            sleep: self.sleep_impl,
            partitions: Mutex::default(),
        })
    }
}

/// One cache for each provider.
#[derive(Debug)]
struct LazyCache {
    renewal: Renewal,
    max_partitions: usize,
    load_timeout: Option<Duration>,
    time: Option<SharedTimeSource>,
    sleep: Option<SharedAsyncSleep>,
    partitions: Mutex<HashMap<IdentityCachePartition, Arc<CredentialsCache>>>,
}

impl LazyCache {
    fn partition(&self, key: IdentityCachePartition) -> Arc<CredentialsCache> {
        let mut partitions = self
            .partitions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !partitions.contains_key(&key)
            && partitions.len() >= self.max_partitions
            && let Some(other) = partitions.keys().next().copied()
        {
            partitions.remove(&other);
        }
        partitions.entry(key).or_default().clone()
    }

    async fn resolve(
        &self,
        resolver: &SharedIdentityResolver,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<Identity, BoxError> {
        let time = self.time.clone().or_else(|| components.time_source());
        let sleep = self.sleep.clone().or_else(|| components.sleep_impl());
        let limit = self.load_timeout.unwrap_or_else(|| {
            let retry = bag.load::<RetryConfig>().cloned();
            let timeouts = bag.load::<TimeoutConfig>().cloned();
            load_timeout(
                &retry.unwrap_or_else(RetryConfig::standard),
                &timeouts.unwrap_or_else(TimeoutConfig::disabled),
            )
        });
        let load = Load {
            source: Source::Resolver(resolver, components, bag),
            time: &time.unwrap_or_default(),
            skew: 0,
            sleep: sleep.as_ref(),
            limit,
            renewal: self.renewal,
        };
        self.partition(resolver.cache_partition())
            .resolve(&load)
            .await
    }
}

impl ResolveCachedIdentity for LazyCache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move { self.resolve(&resolver, components, bag).await })
    }
}
