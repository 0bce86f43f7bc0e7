//! Waiting, with a clock that moves only while somebody sleeps.

mod listing;

use farrier_runtime::config::{
    AsyncSleep, RetryConfig, SharedAsyncSleep, SharedTimeSource, Sleep, TimeSource,
};
use farrier_runtime::error::ProvideErrorMetadata;
use farrier_runtime::internal::{Handle, SettingsBuilder};
use farrier_runtime::waiters::{Backoff, Verdict, Waited, WaiterError, wait};
use listing::*;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

const BACKOFF: Backoff = Backoff {
    min_delay: Duration::from_secs(10),
    max_delay: Duration::from_secs(60),
};
const HOUR: Duration = Duration::from_secs(3600);

/// Keeps the pauses; the time is their sum.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Vec<Duration>>>);

impl Clock {
    fn pauses(&self) -> Vec<Duration> {
        self.0.lock().expect("not poisoned").clone()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().expect("not poisoned").push(duration);
        Sleep::new(std::future::ready(()))
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
            + Duration::from_secs(1_700_000_000)
            + self.pauses().iter().sum::<Duration>()
    }
}

fn judge(input: &ListInput, answer: Result<&ListOutput, &ListError>) -> Option<Verdict> {
    assert_eq!(input.marker.as_deref(), Some("m"));
    match answer {
        Ok(output) => match output.items.as_deref()?.first()?.as_str() {
            "connected" => Some(Verdict::Success),
            "failed" => Some(Verdict::Failure),
            _ => None,
        },
        Err(error) => match error.code()? {
            "Gone" => Some(Verdict::Success),
            "NotYet" => Some(Verdict::Retry),
            "Never" => Some(Verdict::Failure),
            _ => None,
        },
    }
}

async fn wait_with(
    client: Handle,
    overrides: Option<SettingsBuilder>,
    max_wait: Duration,
) -> Waited<List> {
    let input = ListInput {
        marker: Some("m".into()),
    };
    // Spawned, so that it is known that a wait can move between threads.
    tokio::spawn(wait::<List>(
        client, overrides, input, max_wait, BACKOFF, judge,
    ))
    .await
    .expect("no panic")
}

async fn wait_for(script: &Script, clock: &Clock, max_wait: Duration) -> Waited<List> {
    let client = script.client(|settings| {
        settings
            .set_sleep_impl(Some(SharedAsyncSleep::new(clock.clone())))
            .set_time_source(Some(SharedTimeSource::new(clock.clone())))
            .set_retry_config(Some(RetryConfig::disabled()));
    });
    wait_with(client, None, max_wait).await
}

const CONNECTING: (u16, &str) = (200, r#"{"Items":["connecting"]}"#);
const CONNECTED: (u16, &str) = (200, r#"{"Items":["connected"]}"#);

#[tokio::test]
async fn waits_until_it_has_happened() {
    let script = Script::new([
        CONNECTING,
        (200, ""),
        (400, r#"{"__type":"NotYet"}"#),
        CONNECTED,
    ]);
    let clock = Clock::default();
    let last = wait_for(&script, &clock, HOUR).await.expect("it happens");
    assert_eq!(
        last.as_result().expect("an output").items.as_deref(),
        Some(&["connected".to_owned()][..])
    );
    assert_eq!(script.bodies(), [r#"{"Marker":"m"}"#; 4]);
    let pauses = clock.pauses();
    assert_eq!(pauses.len(), 3);
    for (pause, longest) in pauses.iter().zip([10, 20, 40]) {
        assert!(
            (BACKOFF.min_delay..=Duration::from_secs(longest)).contains(pause),
            "{pauses:?}"
        );
    }
}

#[tokio::test]
async fn an_error_can_be_what_is_waited_for() {
    let script = Script::new([(400, r#"{"__type":"Gone"}"#)]);
    let last = wait_for(&script, &Clock::default(), HOUR)
        .await
        .expect("it happens");
    assert_eq!(last.as_result().expect_err("an error").code(), Some("Gone"));
}

#[tokio::test]
async fn ends_when_it_can_no_longer_happen() {
    let script = Script::new([CONNECTING, (200, r#"{"Items":["failed"]}"#), CONNECTED]);
    let error = wait_for(&script, &Clock::default(), HOUR)
        .await
        .expect_err("it failed");
    let WaiterError::FailureState(state) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        state
            .final_poll()
            .as_result()
            .expect("an output")
            .items
            .as_ref()
            .map(Vec::len),
        Some(1)
    );

    let script = Script::new([(400, r#"{"__type":"Never"}"#)]);
    let error = wait_for(&script, &Clock::default(), HOUR)
        .await
        .expect_err("it failed");
    let WaiterError::FailureState(state) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        state.final_poll().as_result().expect_err("an error").code(),
        Some("Never")
    );
}

#[tokio::test]
async fn an_error_that_no_acceptor_matches_ends_the_wait() {
    for answer in [
        (400, r#"{"__type":"AccessDeniedException"}"#),
        (200, "no JSON"),
    ] {
        let script = Script::new([CONNECTING, answer, CONNECTED]);
        let error = wait_for(&script, &Clock::default(), HOUR)
            .await
            .expect_err("it failed");
        assert!(
            matches!(error, WaiterError::OperationFailed(_)),
            "{error:?}"
        );
        assert_eq!(script.bodies().len(), 2);
    }
}

#[tokio::test]
async fn never_sleeps_past_the_end_and_calls_once_more_there() {
    for seconds in [0, 1, 10, 11, 35, 300] {
        let max_wait = Duration::from_secs(seconds);
        let script = Script::new([CONNECTING; 40]);
        let clock = Clock::default();
        let error = wait_for(&script, &clock, max_wait)
            .await
            .expect_err("the time is over");
        let WaiterError::ExceededMaxWait(exceeded) = error else {
            panic!("{error:?}")
        };
        let pauses = clock.pauses();
        assert_eq!(pauses.iter().sum::<Duration>(), max_wait, "{pauses:?}");
        assert_eq!(
            (exceeded.max_wait(), exceeded.elapsed()),
            (max_wait, max_wait)
        );
        let polls = u32::try_from(script.bodies().len()).expect("few");
        assert_eq!(
            (exceeded.poll_count(), pauses.len() + 1),
            (polls, script.bodies().len())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn one_wait_can_have_a_clock_of_its_own() {
    let clock = Clock::default();
    let mut overrides = SettingsBuilder::new();
    overrides
        .set_sleep_impl(Some(SharedAsyncSleep::new(clock.clone())))
        .set_time_source(Some(SharedTimeSource::new(clock.clone())));
    let script = Script::new([CONNECTING, CONNECTED]);
    wait_with(script.client(|_| {}), Some(overrides), HOUR)
        .await
        .expect("it happens");
    assert_eq!(clock.pauses().len(), 1);
}

#[cfg(feature = "rt-tokio")]
#[tokio::test(start_paused = true)]
async fn sleeps_by_the_clock_of_tokio_unless_told_otherwise() {
    let script = Script::new([CONNECTING, CONNECTED]);
    let start = tokio::time::Instant::now();
    wait_with(script.client(|_| {}), None, HOUR)
        .await
        .expect("it happens");
    assert!(
        start.elapsed() >= BACKOFF.min_delay,
        "{:?}",
        start.elapsed()
    );
}
