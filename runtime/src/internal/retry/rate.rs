//! The rate limit of adaptive mode: after a throttling answer the client sends less, then slowly more.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What the first attempt of a call costs.
pub(super) const FIRST_COST: f64 = 1.0;
/// What a repetition costs.
pub(super) const RETRY_COST: f64 = 5.0;
/// What a repetition costs after a throttling answer.
pub(super) const TIMEOUT_COST: f64 = 10.0;

const MIN_FILL_RATE: f64 = 0.5;
const MIN_CAPACITY: f64 = 1.0;
/// The weight of the newest measurement of the sending rate.
const SMOOTH: f64 = 0.8;
/// What a throttling answer leaves of the rate.
const BETA: f64 = 0.7;
/// How fast the rate grows again (the constant of the CUBIC algorithm).
const SCALE: f64 = 0.4;

/// The rate limit of adaptive mode, of a client or of all that share it through a
/// [`RetryPartition`](crate::config::RetryPartition).
///
/// It holds nothing back until the first throttling answer. Clones are the same limit.
#[derive(Clone, Debug, Default)]
pub struct ClientRateLimiter(Arc<Limiter>);

#[derive(Debug, Default)]
struct Limiter {
    start: ClientRateLimiterBuilder,
    state: Mutex<Option<State>>,
}

#[derive(Debug)]
struct State {
    /// Whether a throttling answer has been seen.
    enabled: bool,
    /// Tokens a second.
    fill_rate: f64,
    capacity: f64,
    tokens: f64,
    /// When tokens were last added; times are seconds since 1970.
    filled_at: Option<f64>,
    /// Requests a second, smoothed.
    sent_rate: f64,
    /// The half second that requests are being counted in.
    bucket: f64,
    requests: u32,
    /// The rate at the last throttling answer.
    max_rate: f64,
    throttled_at: f64,
}

impl ClientRateLimiter {
    /// A limit that counts from this time, in seconds since 1970.
    pub fn new(seconds_since_unix_epoch: f64) -> Self {
        let start = ClientRateLimiterBuilder::new();
        let state = State::new(seconds_since_unix_epoch, &start);
        Self(Arc::new(Limiter {
            start,
            state: Mutex::new(Some(state)),
        }))
    }

    /// Configures a limit.
    pub fn builder() -> ClientRateLimiterBuilder {
        ClientRateLimiterBuilder::new()
    }

    /// Takes tokens, or says how long to wait before asking again.
    pub(super) fn acquire(&self, now: f64, cost: f64) -> Option<Duration> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = state.as_mut().filter(|state| state.enabled)?;
        state.fill(now);
        let missing = cost - state.tokens;
        let wait = Duration::try_from_secs_f64(missing / state.fill_rate).unwrap_or_default();
        if wait.is_zero() {
            state.tokens = (state.tokens - cost).max(0.0);
            return None;
        }
        Some(wait)
    }

    /// Books an answer.
    pub(super) fn update(&self, now: f64, throttled: bool) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = state.get_or_insert_with(|| State::new(now, &self.0.start));
        state.count(now);
        let rate = if throttled {
            let rate = if state.enabled {
                state.sent_rate.min(state.fill_rate)
            } else {
                state.sent_rate
            };
            state.max_rate = rate;
            state.throttled_at = now;
            state.enabled = true;
            rate * BETA
        } else {
            state.recovered(now)
        };
        state.refit(now, rate.min(2.0 * state.sent_rate));
    }
}

/// Configures a [`ClientRateLimiter`]: what it starts from. Answers change all of it.
#[derive(Clone, Debug, Default)]
pub struct ClientRateLimiterBuilder {
    token_refill_rate: Option<f64>,
    maximum_bucket_capacity: Option<f64>,
    current_bucket_capacity: Option<f64>,
    tokens_retrieved_per_second: Option<f64>,
}

macro_rules! setters {
    ($(#[doc = $doc:literal] $name:ident, $set:ident;)+) => {
        $(
            #[doc = $doc]
            #[must_use]
            pub fn $name(mut self, value: f64) -> Self {
                self.$name = Some(value);
                self
            }

            #[doc = concat!("As [`", stringify!($name), "`](Self::", stringify!($name), "), on a builder that stays where it is.")]
            pub fn $set(&mut self, value: Option<f64>) -> &mut Self {
                self.$name = value;
                self
            }
        )+
    };
}

impl ClientRateLimiterBuilder {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// How many tokens a second come in. Default: 0.
        token_refill_rate, set_token_refill_rate;
        /// How many tokens are held at most. Default: 0.
        maximum_bucket_capacity, set_maximum_bucket_capacity;
        /// How many tokens are held. Default: 0.
        current_bucket_capacity, set_current_bucket_capacity;
        /// How many requests a second have been sent. Default: 0.5.
        tokens_retrieved_per_second, set_tokens_retrieved_per_second;
    }

    /// Makes the limit.
    pub fn build(self) -> ClientRateLimiter {
        ClientRateLimiter(Arc::new(Limiter {
            start: self,
            state: Mutex::default(),
        }))
    }
}

impl State {
    fn new(now: f64, start: &ClientRateLimiterBuilder) -> Self {
        Self {
            enabled: false,
            fill_rate: start.token_refill_rate.unwrap_or_default(),
            capacity: start.maximum_bucket_capacity.unwrap_or_default(),
            tokens: start.current_bucket_capacity.unwrap_or_default(),
            filled_at: None,
            sent_rate: start.tokens_retrieved_per_second.unwrap_or(MIN_FILL_RATE),
            bucket: now.floor(),
            requests: 0,
            max_rate: 0.0,
            throttled_at: now,
        }
    }

    fn fill(&mut self, now: f64) {
        if let Some(before) = self.filled_at {
            let added = (now - before).max(0.0) * self.fill_rate;
            self.tokens = (self.tokens + added).min(self.capacity);
        }
        self.filled_at = Some(now);
    }

    fn refit(&mut self, now: f64, rate: f64) {
        self.fill(now);
        self.fill_rate = rate.max(MIN_FILL_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn count(&mut self, now: f64) {
        let bucket = (now * 2.0).floor() / 2.0;
        self.requests += 1;
        if bucket > self.bucket {
            let rate = f64::from(self.requests) / (bucket - self.bucket);
            self.sent_rate = rate * SMOOTH + self.sent_rate * (1.0 - SMOOTH);
            self.requests = 0;
            self.bucket = bucket;
        }
    }

    /// The rate that CUBIC allows so long after the last throttling answer.
    fn recovered(&self, now: f64) -> f64 {
        let window = (self.max_rate * (1.0 - BETA) / SCALE).cbrt();
        SCALE * (now - self.throttled_at - window).powi(3) + self.max_rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_held_back_before_the_first_throttling_answer() {
        let limiter = ClientRateLimiter::default();
        assert_eq!(limiter.acquire(1000.0, FIRST_COST), None);
        for step in 0..20 {
            limiter.update(1000.0 + f64::from(step) / 10.0, false);
        }
        assert_eq!(limiter.acquire(1002.0, TIMEOUT_COST), None);
    }

    #[test]
    fn throttling_slows_down_and_time_heals() {
        let limiter = ClientRateLimiter::default();
        for step in 0..50 {
            limiter.update(1000.0 + f64::from(step) / 10.0, false);
        }
        limiter.update(1005.0, true);
        let wait = loop {
            if let Some(wait) = limiter.acquire(1005.0, FIRST_COST) {
                break wait;
            }
        };
        assert!(wait < Duration::from_secs(1), "{wait:?}");
        assert_eq!(
            limiter.acquire(1005.0 + wait.as_secs_f64() + 0.001, FIRST_COST),
            None
        );
        let slowed = limiter.0.state.lock().unwrap().as_ref().unwrap().fill_rate;
        assert!((MIN_FILL_RATE..10.0).contains(&slowed), "{slowed}");
        for step in 0..300 {
            limiter.update(1006.0 + f64::from(step) / 10.0, false);
        }
        assert!(limiter.0.state.lock().unwrap().as_ref().unwrap().fill_rate > slowed);
    }
}
