//! A client without its operations: the settings, and what all its calls share.

use crate::config::{SharedAsyncSleep, SharedHttpClient};
use crate::internal::discovery::Endpoints;
use crate::internal::plan::Plan;
use crate::internal::retry::{Quota, RetryPartition};
use crate::internal::{Service, Settings, SettingsBuilder};
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, SystemTime};

/// A client of one service; cloning it is cheap, and clones share connections, credentials and the retry quota.
///
/// The quota, and in adaptive mode the limit on sending, belong to this client unless a `retry_partition` is set. In the
/// official clients all those of a process that call the same service in the same region share them; here a client that
/// meets trouble does not hold back another, which may call another endpoint.
#[derive(Clone)]
pub struct Handle(Arc<Inner>);

struct Inner {
    plan: Plan,
    shared: Shared,
}

/// What outlives a call, also one with settings of its own.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) skew: ClockSkew,
    /// The HTTP client used when the user set none.
    pub(super) default_http: OnceLock<Option<SharedHttpClient>>,
    pub(super) endpoints: Endpoints,
}

impl Handle {
    /// Makes a client. Nothing is connected, loaded or checked before the first call.
    pub fn new(service: &'static Service, settings: Settings) -> Self {
        let quota = settings
            .retry_partition()
            .map_or_else(Quota::default, RetryPartition::quota);
        Self(Arc::new(Inner {
            plan: Plan::new(service, settings, Arc::default(), quota),
            shared: Shared::default(),
        }))
    }

    /// The settings the client was made with.
    pub fn settings(&self) -> &Settings {
        &self.0.plan.settings
    }

    /// The service that is called.
    pub fn service(&self) -> &'static Service {
        self.0.plan.service
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.0.plan
    }

    /// The plan for a call with settings of its own on top of the client's.
    pub(super) fn plan_with(&self, over: &SettingsBuilder) -> Plan {
        let mut settings = self.settings().overlaid(over);
        // Other credentials must not displace the client's own, nor fill a cache that outlives the call.
        let credentials = if over.0.credentials_provider.is_some() {
            settings.0.identity_cache = over.0.identity_cache.clone();
            Arc::default()
        } else {
            self.0.plan.identities.cache().clone()
        };
        let quota = match &over.0.retry_partition {
            Some(partition) => partition.quota(),
            None => self.0.plan.quota.clone(),
        };
        Plan::new(self.service(), settings, credentials, quota)
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// What the client waits with.
    pub(crate) fn sleep(&self) -> Option<SharedAsyncSleep> {
        self.plan().sleep.clone()
    }

    pub(crate) fn downgrade(&self) -> WeakHandle {
        WeakHandle(Arc::downgrade(&self.0))
    }
}

/// A client that may be gone.
pub(crate) struct WeakHandle(Weak<Inner>);

impl WeakHandle {
    pub(crate) fn upgrade(&self) -> Option<Handle> {
        self.0.upgrade().map(Handle)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("service", &self.service().id)
            .field("settings", self.settings())
            .finish_non_exhaustive()
    }
}

/// How far the service's clock is ahead of the local one, in milliseconds; 0 until an answer showed a difference.
#[derive(Clone, Debug, Default)]
pub(super) struct ClockSkew(Arc<AtomicI64>);

impl ClockSkew {
    pub(super) fn millis(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, millis: i64) {
        self.0.store(millis, Ordering::Relaxed);
    }
}

/// The time `millis` after `time`, or before it when negative.
pub(super) fn shifted(time: SystemTime, millis: i64) -> SystemTime {
    let by = Duration::from_millis(millis.unsigned_abs());
    let moved = if millis < 0 {
        time.checked_sub(by)
    } else {
        time.checked_add(by)
    };
    moved.unwrap_or(time)
}
