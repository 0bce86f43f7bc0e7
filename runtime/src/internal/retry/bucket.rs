//! The quota that keeps a client from repeating calls to a service that is down.

use aws_smithy_types::retry::ErrorKind;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a full bucket holds.
const CAPACITY: u32 = 500;
/// What repeating an attempt costs.
const RETRY_COST: u32 = 5;
/// What repeating an attempt costs that ended in a timeout or another transient fault.
const TIMEOUT_COST: u32 = 10;
/// What a call that succeeds at once puts back.
const REFUND: u32 = 1;

/// The tokens of one client.
#[derive(Debug)]
pub(crate) struct TokenBucket(AtomicU32);

/// Tokens taken for one repetition.
#[derive(Debug)]
pub(crate) struct Permit(u32);

impl Default for TokenBucket {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl TokenBucket {
    /// Pays for a repetition; `None` when the tokens do not suffice.
    pub(crate) fn acquire(&self, kind: ErrorKind) -> Option<Permit> {
        let cost = if kind == ErrorKind::TransientError {
            TIMEOUT_COST
        } else {
            RETRY_COST
        };
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(cost)
            })
            .ok()
            .map(|_| Permit(cost))
    }

    /// Puts back what the last repetition cost, or a little when there was none.
    pub(crate) fn succeeded(&self, permit: Option<Permit>) {
        let refund = permit.map_or(REFUND, |permit| permit.0);
        // Most calls find the bucket full; they need not write to memory that all threads share.
        if self.0.load(Ordering::Relaxed) < CAPACITY {
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                    Some(tokens.saturating_add(refund).min(CAPACITY))
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(bucket: &TokenBucket) -> u32 {
        bucket.0.load(Ordering::Relaxed)
    }

    #[test]
    fn costs_and_refunds() {
        let bucket = TokenBucket::default();
        let timeout = bucket.acquire(ErrorKind::TransientError);
        assert_eq!(tokens(&bucket), 490);
        let throttled = bucket.acquire(ErrorKind::ThrottlingError);
        assert_eq!(tokens(&bucket), 485);
        bucket.succeeded(throttled);
        bucket.succeeded(timeout);
        assert_eq!(tokens(&bucket), 500);
        bucket.succeeded(None);
        assert_eq!(tokens(&bucket), 500);
    }

    #[test]
    fn an_empty_bucket_fills_by_successes() {
        let bucket = TokenBucket::default();
        while bucket.acquire(ErrorKind::ServerError).is_some() {}
        assert_eq!(tokens(&bucket), 0);
        for _ in 0..4 {
            bucket.succeeded(None);
        }
        assert!(bucket.acquire(ErrorKind::ServerError).is_none());
        bucket.succeeded(None);
        assert!(bucket.acquire(ErrorKind::ServerError).is_some());
    }
}
