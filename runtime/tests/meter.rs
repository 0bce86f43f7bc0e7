//! What a meter is told of calls and attempts.

mod support;

use farrier_runtime::config::{MeasuredAttempt, MeasuredCall, Meter, SharedMeter, TimeoutConfig};
use farrier_runtime::internal::{Handle, SettingsBuilder, mutate_request_interceptor, send};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::*;

/// Keeps what it is told, but for how long it took, which must be less than a minute.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

impl Kept {
    fn keep(&self, duration: Duration, text: String) {
        assert!(duration < Duration::from_secs(60), "{duration:?}");
        self.0.lock().unwrap().push(text);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Meter for Kept {
    fn call_ended(&self, call: &MeasuredCall<'_>) {
        let MeasuredCall {
            service,
            operation,
            duration,
            attempts,
            error,
            ..
        } = *call;
        let error = error.unwrap_or("an output");
        self.keep(
            duration,
            format!("{service} {operation}: {attempts} attempts, {error}"),
        );
    }

    fn attempt_ended(&self, attempt: &MeasuredAttempt) {
        let MeasuredAttempt {
            service,
            operation,
            duration,
            attempt,
            ..
        } = *attempt;
        self.keep(
            duration,
            format!("{service} {operation}: attempt {attempt}"),
        );
    }
}

fn metered(server: &Server, kept: &Kept, hooked: bool) -> Handle {
    client_of(server, |settings| {
        settings.set_meter(Some(SharedMeter::new(kept.clone())));
        if hooked {
            settings.push_interceptor(mutate_request_interceptor(|_| {}));
        }
    })
}

#[tokio::test]
async fn a_call_is_told_with_its_attempts_and_how_it_ended() {
    for hooked in [false, true] {
        let kept = Kept::default();
        let server =
            Server::start([error(503, "Down"), ok("done"), error(400, "WrongException")]).await;
        let client = metered(&server, &kept, hooked);
        echo(&client, "hi").await.expect("an answer");
        echo(&client, "hi").await.expect_err("an error");
        let expected = [
            "Echo Echo: attempt 1",
            "Echo Echo: attempt 2",
            "Echo Echo: 2 attempts, an output",
            "Echo Echo: attempt 1",
            "Echo Echo: 1 attempts, WrongException",
        ];
        assert_eq!(kept.take(), expected, "{hooked}");
    }
}

#[tokio::test]
async fn calls_that_nobody_answers_have_words() {
    for hooked in [false, true] {
        let kept = Kept::default();
        let server = Server::start([Answer::Stall(String::new())]).await;
        let client = metered(&server, &kept, hooked);
        let soon = Duration::from_millis(50);
        let mut over = SettingsBuilder::new();
        let limit = TimeoutConfig::builder().operation_timeout(soon).build();
        over.set_timeout_config(Some(limit));
        let called = send::<Echo>(&client, Some(&over), Ok(EchoInput("hi".into())));
        called.await.expect_err("the time is over");
        let attempt = "Echo Echo: attempt 1";
        let timeout = "Echo Echo: 1 attempts, timeout";
        assert_eq!(kept.take(), [attempt, timeout], "{hooked}");
        let dropped = tokio::time::timeout(soon, echo(&client, "hi"));
        dropped.await.expect_err("it goes on");
        let cancelled = "Echo Echo: 1 attempts, cancelled";
        assert_eq!(kept.take(), [attempt, cancelled], "{hooked}");
        let nobody = client_of(&server, |settings| {
            settings.set_endpoint_url(Some(format!("http://{}", server.url())));
            settings.set_meter(Some(SharedMeter::new(kept.clone())));
        });
        echo(&nobody, "hi").await.expect_err("no address");
        let told = kept.take();
        let last = told.last().expect("a call");
        assert!(last.ends_with("failure"), "{told:?}");
    }
}
