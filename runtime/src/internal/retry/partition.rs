//! Who shares a retry quota and a rate limit.

use super::{ClientRateLimiter, TokenBucket};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// What repetitions are held back by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quota {
    pub(crate) bucket: TokenBucket,
    pub(crate) rate: ClientRateLimiter,
}

/// The quotas of partitions that are known by name alone.
static NAMED: Mutex<BTreeMap<Cow<'static, str>, Quota>> = Mutex::new(BTreeMap::new());

/// Clients that share a retry quota and the rate limit of adaptive mode.
///
/// Without one, a client and its clones have their own. Clients with partitions of one name, made by
/// [`RetryPartition::new`], share theirs throughout the process; a [custom](RetryPartition::custom) partition is shared by
/// those that have it or a clone of it.
#[derive(Clone, Debug)]
pub struct RetryPartition {
    name: Cow<'static, str>,
    own: Option<Quota>,
}

impl RetryPartition {
    /// The partition of this name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            own: None,
        }
    }

    /// Configures a partition with a quota and a limit of its own.
    pub fn custom(name: impl Into<Cow<'static, str>>) -> RetryPartitionBuilder {
        RetryPartitionBuilder {
            name: name.into(),
            quota: Quota::default(),
        }
    }

    pub(crate) fn quota(&self) -> Quota {
        self.own.clone().unwrap_or_else(|| {
            let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
            named.entry(self.name.clone()).or_default().clone()
        })
    }
}

impl PartialEq for RetryPartition {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.own.is_some() == other.own.is_some()
    }
}

impl Eq for RetryPartition {}

impl Hash for RetryPartition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.own.is_some().hash(state);
        self.name.hash(state);
    }
}

impl fmt::Display for RetryPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Configures a [`RetryPartition`].
#[derive(Debug)]
pub struct RetryPartitionBuilder {
    name: Cow<'static, str>,
    quota: Quota,
}

impl RetryPartitionBuilder {
    /// The retry quota. Default: a new one of 500 tokens.
    #[must_use]
    pub fn token_bucket(mut self, token_bucket: TokenBucket) -> Self {
        self.quota.bucket = token_bucket;
        self
    }

    /// The rate limit of adaptive mode. Default: a new one.
    #[must_use]
    pub fn client_rate_limiter(mut self, client_rate_limiter: ClientRateLimiter) -> Self {
        self.quota.rate = client_rate_limiter;
        self
    }

    /// Makes the partition.
    pub fn build(self) -> RetryPartition {
        RetryPartition {
            name: self.name,
            own: Some(self.quota),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SharedTimeSource;
    use aws_smithy_types::retry::ErrorKind;

    #[test]
    fn one_name_is_one_quota_and_a_custom_one_is_its_own() {
        let (one, other) = (RetryPartition::new("one"), RetryPartition::new("other"));
        let custom = RetryPartition::custom("one").build();
        let time = SharedTimeSource::default();
        assert!(
            one.quota()
                .bucket
                .acquire(ErrorKind::ServerError, &time)
                .is_some()
        );
        assert!(!RetryPartition::new("one").quota().bucket.is_full());
        assert!(other.quota().bucket.is_full() && custom.quota().bucket.is_full());
        assert!(one == RetryPartition::new("one") && one != custom && one != other);
        assert_eq!(custom.to_string(), "one");
    }
}
