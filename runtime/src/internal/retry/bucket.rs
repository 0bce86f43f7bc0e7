//! The quota that keeps a client from repeating calls to a service that is down.

use crate::config::SharedTimeSource;
use aws_smithy_types::retry::ErrorKind;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// What a full bucket holds unless set.
const CAPACITY: u32 = 500;
/// What a bucket holds at most, whatever is set.
const MAX_CAPACITY: u32 = 500_000_000;
/// What repeating an attempt costs unless set.
const RETRY_COST: u32 = 5;
/// What repeating an attempt costs that ended in a timeout or another transient fault, unless set.
const TIMEOUT_COST: u32 = 10;
/// What a call that succeeds at once puts back, when no reward is set.
const REFUND: u32 = 1;

/// The retry quota of a client, or of all that share it through a
/// [`RetryPartition`](crate::config::RetryPartition).
///
/// Each repetition takes tokens out, and goes without when there are too few. Clones are the same bucket.
#[derive(Clone, Debug)]
pub struct TokenBucket(Arc<Bucket>);

#[derive(Debug)]
struct Bucket {
    tokens: AtomicU32,
    capacity: u32,
    retry_cost: u32,
    throttling_retry_cost: u32,
    timeout_retry_cost: u32,
    /// What a success puts in, in place of what its repetition cost; 0 when it is not set.
    success_reward: f32,
    /// Tokens a second; 0 when time puts none in.
    refill_rate: f32,
    earned: Mutex<Earned>,
}

/// Parts of a token, and since when time is counted.
#[derive(Debug, Default)]
struct Earned {
    fraction: f32,
    counted_to: Option<SystemTime>,
}

/// Tokens taken for one repetition.
#[derive(Debug)]
pub(crate) struct Permit(u32);

impl Default for TokenBucket {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl TokenBucket {
    /// A bucket of this capacity, full.
    pub fn new(initial_quota: usize) -> Self {
        Self::builder().capacity(initial_quota).build()
    }

    /// A bucket that never runs out.
    pub fn unlimited() -> Self {
        Self::builder()
            .retry_cost(0)
            .throttling_retry_cost(0)
            .timeout_retry_cost(0)
            .build()
    }

    /// Configures a bucket.
    pub fn builder() -> TokenBucketBuilder {
        TokenBucketBuilder::new()
    }

    /// Whether nothing has been taken out that was not put back.
    pub fn is_full(&self) -> bool {
        self.tokens() >= self.0.capacity
    }

    /// Whether there are no tokens left.
    pub fn is_empty(&self) -> bool {
        self.tokens() == 0
    }

    fn tokens(&self) -> u32 {
        self.0.tokens.load(Ordering::Relaxed)
    }

    /// Pays for a repetition; `None` when the tokens do not suffice.
    pub(crate) fn acquire(&self, kind: ErrorKind, time: &SharedTimeSource) -> Option<Permit> {
        if self.0.refill_rate > 0.0 {
            self.fill(time.now());
        }
        let cost = match kind {
            ErrorKind::TransientError => self.0.timeout_retry_cost,
            ErrorKind::ThrottlingError => self.0.throttling_retry_cost,
            _ => self.0.retry_cost,
        };
        self.0
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(cost)
            })
            .ok()
            .map(|_| Permit(cost))
    }

    /// Puts back what the last repetition cost, or a little when there was none.
    pub(crate) fn succeeded(&self, permit: Option<Permit>) {
        if self.0.success_reward > 0.0 {
            return self.earn(&mut self.earned(), self.0.success_reward);
        }
        self.put(permit.map_or(REFUND, |permit| permit.0));
    }

    fn put(&self, tokens: u32) {
        // Most calls find the bucket full; they need not write to memory that all threads share.
        if !self.is_full() {
            let capacity = self.0.capacity;
            let _ = self
                .0
                .tokens
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |held| {
                    Some(held.saturating_add(tokens).min(capacity))
                });
        }
    }

    fn earned(&self) -> std::sync::MutexGuard<'_, Earned> {
        self.0.earned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts in what the time since the last look has brought.
    fn fill(&self, now: SystemTime) {
        let mut earned = self.earned();
        let since = earned.counted_to.replace(now).unwrap_or(now);
        let seconds = now.duration_since(since).unwrap_or_default().as_secs_f32();
        self.earn(&mut earned, seconds * self.0.refill_rate);
    }

    /// Puts in whole tokens, and keeps the rest for the next time.
    fn earn(&self, earned: &mut Earned, tokens: f32) {
        let sum = (earned.fraction + tokens).min(self.0.capacity as f32);
        earned.fraction = sum.fract();
        self.put(sum as u32);
    }
}

/// Configures a [`TokenBucket`].
#[derive(Clone, Debug, Default)]
pub struct TokenBucketBuilder {
    capacity: Option<u32>,
    retry_cost: Option<u32>,
    throttling_retry_cost: Option<u32>,
    timeout_retry_cost: Option<u32>,
    success_reward: f32,
    refill_rate: f32,
}

impl TokenBucketBuilder {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many tokens it holds when it is full, as it is at first; at most 500 million. Default: 500.
    #[must_use]
    pub fn capacity(mut self, capacity: usize) -> Self {
        let capacity = u32::try_from(capacity).unwrap_or(MAX_CAPACITY);
        self.capacity = Some(capacity.min(MAX_CAPACITY));
        self
    }

    /// What a repetition costs, in tokens. Default: 5.
    #[must_use]
    pub fn retry_cost(mut self, retry_cost: u32) -> Self {
        self.retry_cost = Some(retry_cost);
        self
    }

    /// What a repetition costs after a throttling answer, in tokens. Default: 5.
    #[must_use]
    pub fn throttling_retry_cost(mut self, throttling_retry_cost: u32) -> Self {
        self.throttling_retry_cost = Some(throttling_retry_cost);
        self
    }

    /// What a repetition costs after a timeout or another transient fault, in tokens. Default: 10.
    #[must_use]
    pub fn timeout_retry_cost(mut self, timeout_retry_cost: u32) -> Self {
        self.timeout_retry_cost = Some(timeout_retry_cost);
        self
    }

    /// What a call that succeeds puts in, in tokens. Default: what its last repetition cost, or 1 if there was none.
    #[must_use]
    pub fn success_reward(mut self, reward: f32) -> Self {
        self.success_reward = reward;
        self
    }

    /// What time puts in, in tokens a second; what is not finite or below zero counts as 0. Default: 0.
    #[must_use]
    pub fn refill_rate(mut self, rate: f32) -> Self {
        self.refill_rate = if rate.is_finite() { rate.max(0.0) } else { 0.0 };
        self
    }

    /// Makes the bucket, full.
    pub fn build(self) -> TokenBucket {
        let capacity = self.capacity.unwrap_or(CAPACITY);
        TokenBucket(Arc::new(Bucket {
            tokens: AtomicU32::new(capacity),
            capacity,
            retry_cost: self.retry_cost.unwrap_or(RETRY_COST),
            throttling_retry_cost: self.throttling_retry_cost.unwrap_or(RETRY_COST),
            timeout_retry_cost: self.timeout_retry_cost.unwrap_or(TIMEOUT_COST),
            success_reward: self.success_reward,
            refill_rate: self.refill_rate,
            earned: Mutex::default(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_async::time::StaticTimeSource;

    fn time() -> SharedTimeSource {
        SharedTimeSource::default()
    }

    #[test]
    fn costs_and_refunds() {
        let bucket = TokenBucket::default();
        let timeout = bucket.acquire(ErrorKind::TransientError, &time());
        assert_eq!(bucket.tokens(), 490);
        let throttled = bucket.acquire(ErrorKind::ThrottlingError, &time());
        assert_eq!(bucket.tokens(), 485);
        bucket.succeeded(throttled);
        bucket.succeeded(timeout);
        assert_eq!(bucket.tokens(), 500);
        bucket.succeeded(None);
        assert!(bucket.is_full());
    }

    #[test]
    fn an_empty_bucket_fills_by_successes() {
        let bucket = TokenBucket::default();
        while bucket.acquire(ErrorKind::ServerError, &time()).is_some() {}
        assert!(bucket.is_empty());
        for _ in 0..4 {
            bucket.succeeded(None);
        }
        assert!(bucket.acquire(ErrorKind::ServerError, &time()).is_none());
        bucket.succeeded(None);
        assert!(bucket.acquire(ErrorKind::ServerError, &time()).is_some());
    }

    #[test]
    fn what_is_set_is_taken_and_given() {
        let bucket = TokenBucket::builder()
            .capacity(10)
            .retry_cost(4)
            .throttling_retry_cost(2)
            .timeout_retry_cost(3)
            .success_reward(0.5)
            .build();
        let permit = bucket.acquire(ErrorKind::ServerError, &time());
        bucket.acquire(ErrorKind::ThrottlingError, &time());
        bucket.acquire(ErrorKind::TransientError, &time());
        assert_eq!(bucket.tokens(), 1);
        bucket.succeeded(permit);
        assert_eq!(bucket.tokens(), 1);
        bucket.succeeded(None);
        assert_eq!(bucket.tokens(), 2);
        let unlimited = TokenBucket::unlimited();
        for _ in 0..1000 {
            assert!(
                unlimited
                    .acquire(ErrorKind::TransientError, &time())
                    .is_some()
            );
        }
    }

    #[test]
    fn time_fills_a_bucket_that_has_a_rate() {
        let at = |seconds| SharedTimeSource::new(StaticTimeSource::from_secs(seconds));
        let bucket = TokenBucket::builder().capacity(5).refill_rate(0.5).build();
        assert!(bucket.acquire(ErrorKind::ServerError, &at(0)).is_some());
        assert!(bucket.acquire(ErrorKind::ServerError, &at(9)).is_none());
        assert!(bucket.acquire(ErrorKind::ServerError, &at(10)).is_some());
    }
}
