//! Whether a failed attempt is repeated, and when: standard and adaptive mode.
//!
//! The rules are those of the
//! [AWS SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).

mod bucket;
mod classify;
mod partition;
mod rate;

pub use bucket::{TokenBucket, TokenBucketBuilder};
pub(super) use classify::{Evidence, Verdict, classify, classify_with};
pub(super) use partition::Quota;
pub use partition::{RetryPartition, RetryPartitionBuilder};
pub use rate::{ClientRateLimiter, ClientRateLimiterBuilder};

use crate::config::{RetryConfig, RetryMode, SharedTimeSource};
use aws_smithy_types::retry::ErrorKind;
use bucket::Permit;
use std::time::{Duration, SystemTime};

/// The part of retrying that belongs to one call.
pub(super) struct Retries<'a> {
    quota: &'a Quota,
    time: &'a SharedTimeSource,
    /// What the last repetition took from the quota; goes back when it succeeds.
    permit: Option<Permit>,
}

impl<'a> Retries<'a> {
    pub(super) fn new(quota: &'a Quota, time: &'a SharedTimeSource) -> Self {
        Self {
            quota,
            time,
            permit: None,
        }
    }

    /// How long to wait before the first attempt may be sent, in adaptive mode after the service asked for less.
    pub(super) fn admit(&self, config: &RetryConfig) -> Option<Duration> {
        is_adaptive(config)
            .then(|| self.quota.rate.acquire(self.seconds(), rate::FIRST_COST))
            .flatten()
    }

    /// Books a success.
    pub(super) fn succeeded(&mut self, config: &RetryConfig) {
        if is_adaptive(config) {
            self.quota.rate.update(self.seconds(), false);
        }
        self.quota.bucket.succeeded(self.permit.take());
    }

    /// Books a failure of attempt `attempt`, from 1; how long to wait when it is to be repeated.
    pub(super) fn failed(
        &mut self,
        config: &RetryConfig,
        attempt: u32,
        verdict: Option<Verdict>,
    ) -> Option<Duration> {
        let throttled = verdict.is_some_and(|verdict| verdict.kind == ErrorKind::ThrottlingError);
        if is_adaptive(config) {
            self.quota.rate.update(self.seconds(), throttled);
        }
        let verdict = verdict?;
        if attempt >= config.max_attempts() {
            return None;
        }
        let Some(permit) = self.quota.bucket.acquire(verdict.kind, self.time) else {
            tracing::debug!(attempt, "not repeated: the client's retry quota is used up");
            return None;
        };
        self.permit = Some(permit);
        Some(self.delay(config, attempt, verdict))
    }

    fn delay(&self, config: &RetryConfig, attempt: u32, verdict: Verdict) -> Duration {
        if is_adaptive(config) {
            let cost = if verdict.kind == ErrorKind::ThrottlingError {
                rate::TIMEOUT_COST
            } else {
                rate::RETRY_COST
            };
            if let Some(delay) = self.quota.rate.acquire(self.seconds(), cost) {
                return delay.min(config.max_backoff());
            }
        }
        if let Some(hint) = verdict.retry_after {
            return hint.min(config.max_backoff());
        }
        let fraction = if config.use_static_exponential_base() {
            1.0
        } else {
            fastrand::f64()
        };
        backoff(
            fraction,
            config.initial_backoff(),
            attempt,
            config.max_backoff(),
        )
    }

    fn seconds(&self) -> f64 {
        self.time
            .now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs_f64()
    }
}

fn is_adaptive(config: &RetryConfig) -> bool {
    config.mode() == RetryMode::Adaptive
}

/// The pause after attempt `attempt`: doubled each time, at most `max`, then cut to `fraction` of it.
fn backoff(fraction: f64, initial: Duration, attempt: u32, max: Duration) -> Duration {
    let doubled = 2_u32
        .checked_pow(attempt.saturating_sub(1))
        .and_then(|factor| initial.checked_mul(factor));
    doubled.unwrap_or(max).min(max).mul_f64(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_pause_doubles_up_to_the_cap() {
        let pauses: Vec<_> = (1..=6)
            .map(|attempt| backoff(1.0, SECOND, attempt, 20 * SECOND).as_secs())
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 20]);
        assert_eq!(backoff(1.0, SECOND, u32::MAX, 20 * SECOND), 20 * SECOND);
        assert_eq!(backoff(0.25, SECOND, 3, 20 * SECOND), SECOND);
        assert_eq!(backoff(1.0, Duration::MAX, 3, 20 * SECOND), 20 * SECOND);
    }

    #[test]
    fn attempts_and_quota_bound_the_repetitions() {
        let config = RetryConfig::standard();
        let (quota, time) = (Quota::default(), SharedTimeSource::default());
        let transient = Some(Verdict {
            kind: ErrorKind::TransientError,
            retry_after: None,
        });
        let mut retries = Retries::new(&quota, &time);
        assert_eq!(retries.failed(&config, 1, None), None);
        assert!(
            retries
                .failed(&config, 1, transient)
                .is_some_and(|pause| pause <= SECOND)
        );
        assert!(
            retries
                .failed(&config, 2, transient)
                .is_some_and(|pause| pause <= 2 * SECOND)
        );
        assert_eq!(retries.failed(&config, 3, transient), None);
        while quota
            .bucket
            .acquire(ErrorKind::TransientError, &time)
            .is_some()
        {}
        assert_eq!(retries.failed(&config, 1, transient), None);
    }

    #[test]
    fn a_hint_of_the_service_is_followed_up_to_the_cap() {
        let config = RetryConfig::standard();
        let (quota, time) = (Quota::default(), SharedTimeSource::default());
        let mut retries = Retries::new(&quota, &time);
        let hinted = |hint| {
            Some(Verdict {
                kind: ErrorKind::ThrottlingError,
                retry_after: Some(hint),
            })
        };
        assert_eq!(
            retries.failed(&config, 1, hinted(3 * SECOND)),
            Some(3 * SECOND)
        );
        assert_eq!(
            retries.failed(&config, 1, hinted(90 * SECOND)),
            Some(20 * SECOND)
        );
    }
}
