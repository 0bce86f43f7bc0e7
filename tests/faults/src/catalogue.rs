//! The faults, by where they are.

mod answers;
mod bodies;
mod connections;
mod framing;
mod secure;

use crate::Step;
use std::time::Duration;

/// How long clients wait for the head of an answer, and for a body to move on.
pub const LIMIT: Duration = Duration::from_secs(2);

/// How long clients wait for a connection.
pub const CONNECT_LIMIT: Duration = Duration::from_secs(1);

/// As many requests come on one connection.
const MOST_REQUESTS: usize = 3;

/// Something that goes wrong, or looks as if it did.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What it is.
    pub name: &'static str,
    /// Where clients look for the service.
    pub address: Address,
    /// What each connection does; the last counts for all that come later.
    pub plays: Vec<Vec<Step>>,
    /// How many calls a client makes. All but the last get an output.
    pub calls: usize,
    /// What limits the last call.
    pub limits: Limits,
    /// What the last call must come to.
    pub expected: Expected,
}

/// Where clients look for the service.
#[derive(Clone, Copy, Debug)]
pub enum Address {
    /// Where it is.
    Http,
    /// Where it is, by TLS.
    Https,
    /// At a port where nobody listens.
    Closed,
    /// At a name that nobody has.
    Unresolvable,
}

/// What limits a call.
#[derive(Clone, Copy, Debug)]
pub enum Limits {
    /// [`CONNECT_LIMIT`] on a connection, [`LIMIT`] on the head of an answer and on a body that does not move.
    Each,
    /// The same, and twice [`LIMIT`] on an attempt.
    Attempt,
    /// The same, and twice [`LIMIT`] on the whole.
    Operation,
    /// None but the default ones, and the caller gives up after twice [`LIMIT`].
    Caller,
}

/// What a call must come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// An output: in the end there was an answer.
    Output,
    /// An error, as there was none, or it says that something is wrong.
    Error,
}

impl Fault {
    /// A fault of every connection, after which there is no output.
    pub fn new(name: &'static str, steps: impl Into<Vec<Step>>) -> Self {
        Self {
            name,
            address: Address::Http,
            plays: vec![steps.into()],
            calls: 1,
            limits: Limits::Each,
            expected: Expected::Error,
        }
    }

    /// An answer to every request, on connections that stay open.
    fn answer(name: &'static str, answer: impl Into<Vec<u8>>) -> Self {
        let one = [Step::Receive, Step::send(answer)];
        Self::new(name, vec![one; MOST_REQUESTS].concat())
    }

    /// An answer to every request, after which the connection is closed.
    fn last_answer(name: &'static str, answer: impl Into<Vec<u8>>) -> Self {
        Self::new(name, [Step::Receive, Step::send(answer)])
    }

    /// That there is an output nevertheless.
    fn harmless(self) -> Self {
        Self {
            expected: Expected::Output,
            ..self
        }
    }

    /// What the next connection does.
    fn then(mut self, steps: impl Into<Vec<Step>>) -> Self {
        self.plays.push(steps.into());
        self
    }

    fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    fn at(self, address: Address) -> Self {
        Self { address, ..self }
    }

    /// Whether each connection stays open until the client closes it.
    pub fn holds(&self) -> bool {
        let mut plays = self.plays.iter();
        plays.all(|steps| matches!(steps.last(), Some(Step::Hold)))
    }

    /// Whether megabytes are sent.
    pub fn is_large(&self) -> bool {
        let mut steps = self.plays.iter().flatten();
        steps.any(|step| matches!(step, Step::Flood(_, times) if *times > 1))
    }

    fn in_call(self, calls: usize) -> Self {
        Self { calls, ..self }
    }
}

/// All faults.
pub fn all() -> Vec<Fault> {
    [
        connections::faults(),
        secure::faults(),
        framing::faults(),
        answers::faults(),
        bodies::faults(),
    ]
    .concat()
}

/// What a good answer to `ListKeys` says.
const KEYS: &str = r#"{"Keys":[{"KeyId":"k-1"}],"Truncated":false}"#;

/// The answer that is hoped for.
fn good() -> Vec<u8> {
    answer("200 OK", KEYS)
}

/// An answer as the service gives it.
fn answer(status: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    with_head(
        status,
        "Content-Type: application/x-amz-json-1.1\r\nx-amzn-requestid: id-1",
        body,
    )
}

/// An answer with these headers, and its length.
fn with_head(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let headers = format!("{headers}\r\nContent-Length: {}", body.len());
    let mut answer = raw(status, headers.trim_start());
    answer.extend(body);
    answer
}

/// A head and nothing else.
fn raw(status: &str, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}\r\n\r\n").into_bytes()
}

/// Half of it.
fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}
