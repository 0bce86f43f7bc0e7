//! After a call no copy of what it sent or received is left in memory that is this crate's.
//!
//! The test looks through the memory of its own process, so it keeps what it looks for in another form.

#![cfg(target_os = "linux")]

mod support;

use farrier_runtime::config::RuntimeComponents;
use farrier_runtime::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest, HttpResponse, SdkBody,
    SharedHttpConnector, StatusCode, http_client_fn,
};
use farrier_runtime::internal::constraints::{self, Length, Member, Pattern, Shape};
use farrier_runtime::internal::{
    ErrorResponse, Handle, InputCheck, InputValidation, Operation, OperationMetadata, send,
};
use farrier_runtime::json::{Error, Writer};
use hyper::body::{Body, Bytes, Frame};
use std::convert::Infallible;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::task::{Context, Poll};
use support::*;
use zeroize::Zeroize;

const MASK: u8 = 0x80;

/// A secret in another form.
#[derive(Clone, Debug)]
struct Masked(Vec<u8>);

impl Masked {
    fn new(letter: u8) -> Self {
        let letters = (0..64_u8).map(|at| (letter + at % 23) ^ MASK);
        Self(letters.collect())
    }

    /// The secret itself, for as long as `with` runs.
    fn reveal<T>(&self, with: impl FnOnce(&str) -> T) -> T {
        let mut text: String = self.0.iter().map(|byte| char::from(byte ^ MASK)).collect();
        let result = with(&text);
        text.zeroize();
        result
    }

    /// The secret three times, among characters that have escapes: it cannot be lent from the body, and a copy that grows
    /// leaves a piece behind each time.
    fn escaped<T>(&self, with: impl FnOnce(&str) -> T) -> T {
        self.reveal(|secret| {
            let mut text = String::with_capacity(4 + 3 * secret.len());
            text.extend(["\"", secret, "\n", secret, "\u{1}", secret, "\\"]);
            let result = with(&text);
            text.zeroize();
            result
        })
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        let same = |window: &[u8]| window.iter().zip(&self.0).all(|(a, b)| a ^ MASK == *b);
        bytes.windows(self.0.len()).any(same)
    }

    /// Whether it is anywhere in the memory that this process can write to.
    fn is_in_memory(&self) -> bool {
        let maps = std::fs::read_to_string("/proc/self/maps").expect("the map of the memory");
        let memory = File::open("/proc/self/mem").expect("the memory");
        let mut page = vec![0; 1 << 16];
        let found = maps
            .lines()
            .filter(|line| line.contains(" rw-p "))
            .any(|line| {
                let (from, rest) = line.split_once('-').expect("a range");
                let (to, _) = rest.split_once(' ').expect("a range");
                let bound = |text| u64::from_str_radix(text, 16).expect("an address");
                (bound(from)..bound(to)).step_by(page.len() / 2).any(|at| {
                    let read = memory.read_at(&mut page, at).unwrap_or_default();
                    self.is_in(&page[..read])
                })
            });
        page.zeroize();
        found
    }
}

/// Sends one secret and receives another.
#[derive(Debug)]
struct Exchange;

impl Operation for Exchange {
    type Input = Masked;
    type Output = ();
    type Error = EchoError;
    const METADATA: &'static OperationMetadata = Echo::METADATA;

    fn write_input(input: &Masked, writer: &mut Writer) {
        writer.begin_object();
        for member in ["Texts", "Free"] {
            writer.key(member);
            writer.begin_array();
            (0..10).for_each(|_| input.escaped(|text| writer.string(text)));
            writer.end_array();
        }
        writer.key("Items");
        writer.begin_array();
        for at in 0..10 {
            writer.begin_object();
            input.escaped(|text| writer.key(text));
            writer.integer(at);
            writer.end_object();
        }
        writer.end_array();
        for member in ["Map", "Unknown"] {
            writer.key(member);
            writer.begin_object();
            input.escaped(|text| writer.key(text));
            input.escaped(|text| writer.string(text));
            writer.end_object();
        }
        writer.end_object();
    }

    fn read_output(body: &[u8], _: Option<String>) -> Result<(), Error> {
        assert!(ANSWER.with(|answer| answer.is_in(body)));
        Ok(())
    }

    fn read_error(response: ErrorResponse<'_>) -> EchoError {
        Echo::read_error(response)
    }
}

/// What is asked of the input, so that it is read back from the body.
static INPUT: Shape = Shape::Structure {
    members: &[
        Member::required("Texts", &TEXTS),
        Member::required("Free", &FREE),
        Member::required("Items", &ITEMS),
        Member::required("Map", &MAP),
    ],
};

static TEXTS: Shape = Shape::List {
    length: Length::ANY,
    unique: false,
    member: &Shape::Sensitive { shape: &TEXT },
};

static TEXT: Shape = Shape::Text {
    length: Length::between(196, 196),
    pattern: Some(Pattern::new("^[\"\n\u{1}\\\\B-X]+$")),
};

static FREE: Shape = Shape::List {
    length: Length::between(10, 10),
    unique: false,
    member: &Shape::Any,
};

static ITEMS: Shape = Shape::Sensitive {
    shape: &Shape::List {
        length: Length::ANY,
        unique: true,
        member: &Shape::Any,
    },
};

static MAP: Shape = Shape::Sensitive {
    shape: &Shape::Map {
        length: Length::ANY,
        key: &TEXT,
        value: &TEXT,
    },
};

thread_local! {
    static ANSWER: Masked = Masked::new(b'A');
}

/// Gives the answer in pieces that do not show it.
#[derive(Debug)]
struct Pieces(Vec<Bytes>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop().map(|piece| Ok(Frame::data(piece))))
    }
}

#[derive(Debug)]
struct AtOnce(Masked);

impl HttpConnector for AtOnce {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        assert!(
            self.0
                .is_in(request.body().bytes().expect("a body in memory"))
        );
        assert!(self.0.is_in_memory());
        drop(request);
        let mut pieces = ANSWER.with(|answer| {
            answer.reveal(|secret| {
                let pieces = secret.as_bytes().chunks(16).map(Bytes::copy_from_slice);
                pieces.collect::<Vec<_>>()
            })
        });
        pieces.reverse();
        let body = SdkBody::from_body_1_x(Pieces(pieces));
        let status = StatusCode::try_from(200).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, body)))
    }
}

#[tokio::test]
async fn nothing_is_left_of_what_was_sent_and_received() {
    for level in [
        InputValidation::RequiredMembers,
        InputValidation::AllConstraints,
    ] {
        exchange(level).await;
    }
}

async fn exchange(level: InputValidation) {
    let sent = Masked::new(b'B');
    sent.reveal(|secret| {
        let kept = secret.to_owned();
        assert!(sent.is_in_memory(), "{} bytes", kept.len());
        SecretText(kept)
    });
    assert!(!sent.is_in_memory(), "the test itself leaves a copy");
    let mut settings = settings();
    let transport = sent.clone();
    settings.set_input_check(Some(InputCheck::new(level, |level, operation, body| {
        constraints::validate(level, operation, &INPUT, body)
    })));
    settings.set_http_client(Some(http_client_fn(
        move |_: &HttpConnectorSettings, _: &RuntimeComponents| {
            SharedHttpConnector::new(AtOnce(transport.clone()))
        },
    )));
    let client = Handle::new(&SERVICE, settings.build());
    send::<Exchange>(&client, None, Ok(sent.clone()))
        .await
        .expect("an answer");
    assert!(!sent.is_in_memory(), "what was sent is left, {level:?}");
    assert!(
        !ANSWER.with(Masked::is_in_memory),
        "what was received is left, {level:?}"
    );
}

/// Text that is overwritten.
struct SecretText(String);

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
