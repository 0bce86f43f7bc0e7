//! Faults one after the other, made at random: both clients repeat the same calls, as often and after the same pauses.

use crate::counted::Counted;
use crate::onlooker::Way;
use crate::told::Called;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use farrier_faults::{Authority, Expected, Fault, Service, Step};
use fastrand::Rng;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Sequences in each mode.
const SEQUENCES: u64 = 40;

/// Calls through one client, which remembers in adaptive mode how much the service bears.
const CALLS: usize = 25;

/// 2026-03-14T09:26:53Z
const START: Duration = Duration::from_secs(1_773_480_413);

/// A clock that sleeping moves, and at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<Mutex<Vec<Duration>>>);

impl Clock {
    /// All pauses so far.
    fn slept(&self) -> Vec<Duration> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let mut slept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slept.push(duration);
        Sleep::new(async {})
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.slept().iter().sum::<Duration>()
    }
}

/// How a client repeats calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mode {
    pub(crate) adaptive: bool,
    pub(crate) way: Way,
    pub(crate) attempts: u32,
    pub(crate) first_pause: Duration,
    pub(crate) longest_pause: Duration,
}

impl Mode {
    fn random(adaptive: bool, random: &mut Rng) -> Self {
        Self {
            adaptive,
            way: if random.bool() {
                Way::Plain
            } else {
                Way::Hooked
            },
            attempts: random.u32(1..=5),
            first_pause: Duration::from_millis(random.u64(1..=2000)),
            longest_pause: Duration::from_millis(random.u64(500..=30_000)),
        }
    }
}

/// What came of one call.
#[derive(Debug, PartialEq)]
struct Came {
    sees: String,
    attempts: u32,
    pauses: Vec<Duration>,
}

/// Makes the calls against a service that plays the sequence from its beginning.
async fn calls(
    (faults, authority): (&Fault, &Authority),
    transport: SharedHttpClient,
    mode: Mode,
    client: impl AsyncFn(&Service, &Counted, &Clock, Mode) -> Box<dyn Called>,
) -> Vec<Came> {
    let service = Service::start(faults, authority).await.expect("a port");
    let (transport, clock) = (Counted::new(transport), Clock::default());
    let client = client(&service, &transport, &clock, mode).await;
    let mut came = Vec::new();
    for _ in 0..CALLS {
        let (attempts, pauses) = (transport.attempts(), clock.slept().len());
        let sees = client.call().await;
        came.push(Came {
            sees,
            attempts: transport.attempts() - attempts,
            pauses: clock.slept().split_off(pauses),
        });
    }
    came
}

#[tokio::test]
async fn calls_are_repeated_alike() {
    let pools = (crate::official::transport(), crate::ours::transport());
    let authority = Authority::new();
    let (mut repeated, mut gave_up) = (0, 0);
    for seed in 0..2 * SEQUENCES {
        let mut random = Rng::with_seed(seed);
        let mode = Mode::random(seed % 2 == 1, &mut random);
        let plays: Vec<_> = (0..CALLS * 5).map(|_| play(&mut random)).collect();
        let faults = Fault {
            plays,
            expected: Expected::Error,
            ..Fault::new("a sequence", [])
        };
        let official = calls(
            (&faults, &authority),
            pools.0.clone(),
            mode,
            crate::official::called,
        )
        .await;
        let ours = calls(
            (&faults, &authority),
            pools.1.clone(),
            mode,
            crate::ours::called,
        )
        .await;
        for (at, (official, ours)) in official.iter().zip(&ours).enumerate() {
            assert_eq!(
                official, ours,
                "call {at} of sequence {seed}, {mode:?}: official left, ours right"
            );
            repeated += ours.attempts - 1;
            gave_up += u32::from(
                !ours.sees.starts_with("ListKeysOutput") && ours.attempts < mode.attempts,
            );
        }
    }
    // Otherwise nothing was compared.
    assert!(
        repeated > 500 && gave_up > 200,
        "{repeated} repeated, {gave_up} gave up"
    );
}

/// What one connection does: it gets one request.
fn play(random: &mut Rng) -> Vec<Step> {
    let answer = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {length}");
        vec![Step::Receive, Step::send(format!("{head}\r\n\r\n{body}"))]
    };
    match random.u8(0..20) {
        0..4 => answer("200 OK", "", r#"{"Keys":[]}"#),
        4 => answer("200 OK", "", r#"{"Keys":7}"#),
        5 => vec![Step::Receive, Step::Reset],
        6 => vec![Step::Receive],
        7 => vec![
            Step::Receive,
            Step::send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
        ],
        8 => vec![Step::Receive, Step::send("SSH-2.0-OpenSSH_9.6\r\n")],
        _ => {
            let status = random.choice(STATUSES).unwrap_or("400 Bad Request");
            let code = random.choice(CODES).unwrap_or("");
            let mut headers = random.choice(HEADERS).unwrap_or("");
            // What a refused signature and the service's time come to is in the catalogue: there the clients differ.
            if code.contains("Sign") || code.contains("Skew") {
                headers = "";
            }
            let body = match code {
                "" => "{}".to_owned(),
                code => format!(r#"{{"__type":"{code}","message":"No."}}"#),
            };
            answer(status, headers, &body)
        }
    }
}

const STATUSES: [&str; 9] = [
    "400 Bad Request",
    "400 Bad Request",
    "400 Bad Request",
    "403 Forbidden",
    "429 Too Many Requests",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
];

const CODES: [&str; 16] = [
    "",
    "UnheardOfException",
    "InvalidMarkerException",
    "KMSInternalException",
    "com.amazonaws.kms#DependencyTimeoutException",
    "InternalFailure",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "LimitExceededException",
    "SlowDown:http://internal/",
    "RequestTimeout",
    "RequestTimeoutException",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "RequestTimeTooSkewed",
];

/// Hints, and the service's time.
const HEADERS: [&str; 12] = [
    "",
    "",
    "",
    "x-amz-retry-after: 0\r\n",
    "x-amz-retry-after: 750\r\n",
    "x-amz-retry-after: 86400000\r\n",
    "x-amz-retry-after: soon\r\n",
    "x-amz-retry-after: -1\r\n",
    "x-amz-retry-after: 99999999999999999999\r\n",
    "Retry-After: 3\r\n",
    "Date: Sat, 14 Mar 2026 10:26:53 GMT\r\n",
    "Date: Sat, 14 Mar 2026 09:27:53 GMT\r\n",
];
