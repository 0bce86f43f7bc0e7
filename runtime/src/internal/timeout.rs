//! Time limits on attempts, calls and bodies.

use crate::config::SharedAsyncSleep;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::AsyncSleep;
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// A time limit was reached: which one, how long it was, and in which attempt.
///
/// It is the source of an [`SdkError::TimeoutError`](crate::error::SdkError::TimeoutError), and for the limits on connecting
/// and reading of an [`SdkError::DispatchFailure`](crate::error::SdkError::DispatchFailure).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutExceeded {
    pub(crate) limit: Limit,
    pub(crate) duration: Duration,
    pub(crate) attempt: Option<u32>,
}

/// What was limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Operation,
    Attempt,
    #[cfg_attr(not(feature = "transport"), allow(dead_code))]
    Connect,
    #[cfg_attr(not(feature = "transport"), allow(dead_code))]
    Read,
    Stalled,
    Credentials,
    Discovery,
}

impl TimeoutExceeded {
    /// How long the limit was.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The attempt, from 1, in which the limit was reached; `None` where that is not known, or was before the first.
    pub fn attempt(&self) -> Option<u32> {
        self.attempt
    }
}

impl fmt::Display for TimeoutExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.limit {
            Limit::Operation => "operation timeout (all attempts including retries)",
            Limit::Attempt => "operation attempt timeout (single attempt)",
            Limit::Connect => "HTTP connect timeout",
            Limit::Read => "HTTP read timeout",
            Limit::Stalled => "timeout of a response body that does not move",
            Limit::Credentials => "timeout of loading credentials",
            Limit::Discovery => "timeout of asking for another endpoint",
        };
        write!(f, "{what} occurred after {:?}", self.duration)?;
        match self.attempt {
            Some(attempt) => write!(f, ", in attempt {attempt}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TimeoutExceeded {}

/// Runs `future` for at most `duration`; `Err` when that was not enough.
pub(crate) async fn within<F: Future>(
    sleep: &SharedAsyncSleep,
    limit: Limit,
    duration: Duration,
    future: F,
) -> Result<F::Output, TimeoutExceeded> {
    Timeout::new(future, sleep.sleep(duration))
        .await
        .map_err(|_| TimeoutExceeded {
            limit,
            duration,
            attempt: None,
        })
}
