//! Calls an operation again and again until what is waited for has happened
//! ([specification](https://smithy.io/2.0/additional-specs/waiters.html)).

pub use aws_smithy_runtime_api::client::waiters::FinalPoll;
pub use aws_smithy_runtime_api::client::waiters::error::{
    ExceededMaxWait, FailureState, OperationFailed, WaiterError,
};

use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::default_async_sleep;

use crate::config::{AsyncSleep, SharedAsyncSleep, SharedTimeSource};
use crate::error::{ProvideErrorMetadata, SdkError};
use crate::http::HttpResponse;
use crate::internal::error_head::SHAPE;
use crate::internal::{Handle, Operation, SettingsBuilder, send};

/// What the acceptor that matched an answer says
/// ([specification](https://smithy.io/2.0/additional-specs/waiters.html#acceptorstate-enum)).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// What was waited for has happened.
    Success,
    /// It can no longer happen.
    Failure,
    /// It has not happened yet.
    Retry,
}

/// Whether the service answered with the error of this name.
///
/// The name is that of the error's shape, also where a service that is `awsQueryCompatible` has another code for it.
pub fn is_error(error: &impl ProvideErrorMetadata, name: &str) -> bool {
    let meta = error.meta();
    meta.extra(SHAPE).or(meta.code()) == Some(name)
}

/// The pauses between calls.
///
/// The longest pause doubles from call to call, from `min_delay` up to `max_delay`; a pause is chosen at random between
/// `min_delay` and that, so that many waiters do not call in step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Backoff {
    /// The shortest pause; the model's `minDelay`, 2 seconds by default there.
    pub min_delay: Duration,
    /// The longest pause; the model's `maxDelay`, 120 seconds by default there.
    pub max_delay: Duration,
}

impl Backoff {
    /// The pause after call number `attempt`, counted from 1, when `remaining` is left; never longer than that.
    ///
    /// A pause that would leave no more than `min_delay` is drawn out to the end, for one last call there
    /// ([specification](https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries); that stops `min_delay` short of
    /// the end, the official clients go up to it).
    fn pause(self, attempt: u32, remaining: Duration) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.min_delay.saturating_mul(doubled).min(self.max_delay);
        let pause = random_between(self.min_delay, longest);
        if remaining.saturating_sub(pause) <= self.min_delay {
            remaining
        } else {
            pause
        }
    }
}

/// A duration from `shortest` to `longest`, both included; `shortest` when that is the longer one.
fn random_between(shortest: Duration, longest: Duration) -> Duration {
    let spread = longest.saturating_sub(shortest).as_nanos();
    let spread = u64::try_from(spread).unwrap_or(u64::MAX);
    shortest.saturating_add(Duration::from_nanos(fastrand::u64(..=spread)))
}

/// Says which acceptor matches what the service answered to an input, or that none does.
pub type Judge<O> = fn(
    &<O as Operation>::Input,
    Result<&<O as Operation>::Output, &<O as Operation>::Error>,
) -> Option<Verdict>;

/// How a wait ends: with the answer that was waited for, or with the reason why it never came.
pub type Waited<O> = Result<
    FinalPoll<<O as Operation>::Output, SdkError<<O as Operation>::Error, HttpResponse>>,
    WaiterError<<O as Operation>::Output, <O as Operation>::Error>,
>;

/// Calls `O` until `judge` has seen enough or `max_wait` is over.
///
/// `judge` gets the input and what the service answered, an output or a modelled error, and says which acceptor matched;
/// `None` stands for no acceptor, which means to go on after an output and to end after an error. Other errors, such as a
/// connection that fails, end the wait at once; each call has been repeated by then as the client's settings say.
///
/// Time passes by the client's `time_source` and `sleep_impl`. No pause goes beyond `max_wait`; a call under way then is
/// not broken off.
///
/// # Errors
///
/// - [`WaiterError::FailureState`]: the verdict was [`Verdict::Failure`]; it holds the answer.
/// - [`WaiterError::OperationFailed`]: an error that no acceptor matched.
/// - [`WaiterError::ExceededMaxWait`]: the time is over.
/// - [`WaiterError::ConstructionFailure`]: the client has no `sleep_impl` (only without the feature `rt-tokio`).
pub async fn wait<O>(
    handle: Handle,
    overrides: Option<SettingsBuilder>,
    input: O::Input,
    max_wait: Duration,
    backoff: Backoff,
    judge: Judge<O>,
) -> Waited<O>
where
    O: Operation<Input: Clone>,
{
    let mut watch = match Watch::start(&handle, overrides.as_ref(), max_wait, backoff) {
        Ok(watch) => watch,
        Err(error) => return Err(WaiterError::construction_failure(error)),
    };
    loop {
        let result = send::<O>(&handle, overrides.as_ref(), Ok(input.clone())).await;
        let verdict = match &result {
            Ok(output) => Some(judge(&input, Ok(output)).unwrap_or(Verdict::Retry)),
            Err(error) => error
                .as_service_error()
                .and_then(|error| judge(&input, Err(error))),
        };
        tracing::debug!(attempt = watch.attempt + 1, ?verdict, "polled");
        match (verdict, result) {
            (Some(Verdict::Success), result) => return Ok(FinalPoll::new(result)),
            (Some(Verdict::Failure), result) => {
                let answer = FinalPoll::new(result.map_err(SdkError::into_service_error));
                return Err(WaiterError::FailureState(FailureState::new(answer)));
            }
            (None, Err(error)) => {
                return Err(WaiterError::OperationFailed(OperationFailed::new(error)));
            }
            (Some(Verdict::Retry) | None, _) => {}
        }
        watch.pause().await.map_err(WaiterError::ExceededMaxWait)?;
    }
}

/// How far a wait is: the part of it that is the same for all operations.
struct Watch {
    time: SharedTimeSource,
    sleep: SharedAsyncSleep,
    start: SystemTime,
    max_wait: Duration,
    backoff: Backoff,
    attempt: u32,
    /// Whether the last pause went up to the end, so that no other may follow, be the clock a little behind.
    at_end: bool,
}

impl Watch {
    fn start(
        handle: &Handle,
        overrides: Option<&SettingsBuilder>,
        max_wait: Duration,
        backoff: Backoff,
    ) -> Result<Self, &'static str> {
        let overlaid = overrides.map(|overrides| handle.settings().overlaid(overrides));
        let settings = overlaid.as_ref().unwrap_or(handle.settings());
        let time = settings.time_source().cloned().unwrap_or_default();
        let sleep = settings
            .sleep_impl()
            .cloned()
            .or_else(default_async_sleep)
            .ok_or("a waiter needs a `sleep_impl`: set one, or turn on the feature `rt-tokio`")?;
        let start = time.now();
        Ok(Self {
            time,
            sleep,
            start,
            max_wait,
            backoff,
            attempt: 0,
            at_end: false,
        })
    }

    /// Pauses before the next call, unless there is no time for one.
    async fn pause(&mut self) -> Result<(), ExceededMaxWait> {
        self.attempt += 1;
        // A clock that was set back counts as one that stands still.
        let elapsed = self
            .time
            .now()
            .duration_since(self.start)
            .unwrap_or_default();
        let remaining = self.max_wait.saturating_sub(elapsed);
        if self.at_end || remaining.is_zero() {
            return Err(ExceededMaxWait::new(self.max_wait, elapsed, self.attempt));
        }
        let pause = self.backoff.pause(self.attempt, remaining);
        self.at_end = pause == remaining;
        self.sleep.sleep(pause).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    const BACKOFF: Backoff = Backoff {
        min_delay: Duration::from_secs(2),
        max_delay: Duration::from_secs(100),
    };
    const LONG: Duration = Duration::from_secs(100_000);

    #[test]
    fn pauses_stay_between_the_shortest_and_one_that_doubles() {
        for (attempt, longest) in [
            (1, 2),
            (2, 4),
            (3, 8),
            (6, 64),
            (7, 100),
            (8, 100),
            (40, 100),
            (u32::MAX, 100),
        ] {
            let pauses: Vec<_> = (0..200).map(|_| BACKOFF.pause(attempt, LONG)).collect();
            let (least, most) = (pauses.iter().min(), pauses.iter().max());
            assert!(least >= Some(&BACKOFF.min_delay), "{attempt}: {least:?}");
            assert!(
                most <= Some(&Duration::from_secs(longest)),
                "{attempt}: {most:?}"
            );
            assert!(longest == 2 || least < most, "{attempt}: no jitter");
        }
    }

    #[test]
    fn the_last_pause_ends_where_the_time_ends() {
        for millis in [1, 1999, 2000, 3999, 4000] {
            let remaining = Duration::from_millis(millis);
            assert_eq!(BACKOFF.pause(1, remaining), remaining);
        }
        assert_eq!(
            BACKOFF.pause(1, Duration::from_millis(4001)),
            BACKOFF.min_delay
        );
        for _ in 0..200 {
            let remaining = Duration::from_secs(50);
            let pause = BACKOFF.pause(9, remaining);
            assert!(
                pause == remaining || pause < remaining - BACKOFF.min_delay,
                "{pause:?}"
            );
        }
    }

    #[test]
    fn odd_settings_do_no_harm() {
        let upside_down = Backoff {
            min_delay: Duration::from_secs(5),
            max_delay: Duration::from_secs(1),
        };
        assert_eq!(upside_down.pause(3, LONG), Duration::from_secs(5));
        let endless = Backoff {
            min_delay: Duration::MAX,
            max_delay: Duration::MAX,
        };
        assert_eq!(endless.pause(3, Duration::MAX), Duration::MAX);
    }
}
