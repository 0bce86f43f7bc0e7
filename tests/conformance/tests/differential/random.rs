//! Answers made at random read the same.

use crate::responses::ANSWERS;
use crate::setup::{Setup, agree, block_on, pairs};
use farrier_conformance::{Answer, Call, Member, Shape, object, quoted, say, try_on};
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

include!(concat!(env!("OUT_DIR"), "/outputs.rs"));

/// Answers to each operation, of outputs and of each error.
const OUTPUT_CASES: u32 = 200;
const ERROR_CASES: u32 = 20;

/// The two clients.
struct Both {
    setup: Setup,
    official: crate::official::Client,
    ours: crate::ours::Client,
    pairs: Vec<(Call<crate::official::Client>, Call<crate::ours::Client>)>,
}

impl Both {
    fn new() -> Self {
        let setup = Setup::plain();
        Self {
            official: crate::official::client(&setup),
            ours: crate::ours::client(&setup),
            pairs: pairs(),
            setup,
        }
    }

    /// Gives both the answer to a call of the operation; says what they understand differently.
    fn read(&self, operation: &str, answer: Answer) -> Result<(), String> {
        let called = |(call, _): &&(Call<_>, Call<_>)| call.operation == operation;
        let (theirs, mine) = self
            .pairs
            .iter()
            .find(called)
            .expect("each operation is called");
        self.setup.transport.answer(answer);
        let theirs = block_on((theirs.send)(&self.official)).result;
        let mine = block_on((mine.send)(&self.ours)).result;
        self.setup.transport.seen();
        if theirs == mine {
            return Ok(());
        }
        Err(format!("\n  official {theirs:?}\n  ours     {mine:?}"))
    }
}

fn answer(status: u16, error: Option<String>, body: String) -> Answer {
    let mut headers = vec![
        ("content-type", "application/x-amz-json-1.1".to_owned()),
        (
            "x-amzn-requestid",
            "f1d2d2f9-24e9-4de6-8b3c-0a1b2c3d4e5f".to_owned(),
        ),
    ];
    headers.extend(error.map(|error| ("x-amzn-errortype", error)));
    Answer {
        status,
        headers,
        body,
    }
}

#[test]
fn outputs_made_at_random_read_the_same() {
    let both = Both::new();
    let mut differences = Vec::new();
    for (operation, output) in OUTPUTS {
        let read = |body: String| both.read(operation, answer(200, None, body));
        differences.extend(try_on(operation, OUTPUT_CASES, &output.answers(), read).err());
    }
    agree(&differences);
    say(&format!(
        "aws-sdk-kms: {OUTPUT_CASES} answers to each of {} operations read the same",
        OUTPUTS.len()
    ));
}

#[test]
fn errors_made_at_random_read_the_same() {
    let both = Both::new();
    let mut differences = Vec::new();
    let mut errors = 0;
    for of_operation in ANSWERS {
        for (code, status) in of_operation.errors {
            let operation = of_operation.operation;
            let read = |(header, body)| both.read(operation, answer(*status, header, body));
            let name = format!("{operation} {code}");
            differences.extend(try_on(&name, ERROR_CASES, &told(code), read).err());
            errors += 1;
        }
    }
    agree(&differences);
    say(&format!(
        "aws-sdk-kms: {ERROR_CASES} answers with each of {errors} errors of operations read the same"
    ));
}

/// The header and the body of an error.
fn told(code: &'static str) -> BoxedStrategy<(Option<String>, String)> {
    let code = (
        select(&["", "com.amazonaws.kms#", "#"][..]),
        select(&["", ":", ":http://internal/#x"][..]),
    )
        .prop_map(move |(before, after)| format!("{before}{code}{after}"));
    // A message of another type than text is no answer for the official client; ours has then none.
    let message = (
        select(&["message", "Message", "errorMessage", "messages"][..]),
        prop_oneof![4 => quoted(), 1 => Just("null".to_owned())],
    );
    let message = proptest::option::weighted(0.8, message);
    let place = select(&["header", "__type", "code"][..]);
    (code, place, message)
        .prop_flat_map(|(code, place, message)| {
            let named = |(name, value): (&str, String)| (name.to_owned(), value);
            let mut members: Vec<_> = message.map(named).into_iter().collect();
            let header = (place == "header").then(|| code.clone());
            if header.is_none() {
                members.push((place.to_owned(), format!("{code:?}")));
            }
            (Just(header), object(Just(members).boxed()))
        })
        .boxed()
}

/// `Debug` shows the entries of a map in no order, so that answers above have at most one.
#[test]
fn maps_made_at_random_read_the_same() {
    let both = Both::new();
    let read = |body: String| {
        both.setup.transport.answer(answer(200, None, body));
        let theirs = block_on(both.official.list_grants().key_id("k").send());
        let mine = block_on(both.ours.list_grants().key_id("k").send());
        let (theirs, mine) = (theirs.expect("grants"), mine.expect("grants"));
        let (theirs, mine) = (
            theirs.grants()[0].constraints(),
            mine.grants()[0].constraints(),
        );
        let theirs = theirs.and_then(|constraints| constraints.encryption_context_subset());
        let mine = mine.and_then(|constraints| constraints.encryption_context_subset());
        (theirs == mine)
            .then_some(())
            .ok_or(format!("\n  official {theirs:?}\n  ours     {mine:?}"))
    };
    let entries = proptest::collection::vec((quoted(), quoted()), 0..8);
    let bodies = entries.prop_map(|entries| {
        let entries = entries.iter().map(|(key, value)| format!("{key}:{value}"));
        let entries = entries.collect::<Vec<_>>().join(",");
        format!(
            "{{\"Grants\":[{{\"Constraints\":{{\"EncryptionContextSubset\":{{{entries}}}}}}}]}}"
        )
    });
    agree(
        &try_on("maps", OUTPUT_CASES, &bodies, read)
            .err()
            .into_iter()
            .collect::<Vec<_>>(),
    );
}
