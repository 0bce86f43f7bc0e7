//! What comes in reads the same, well formed or not.

use crate::setup::{Setup, agree, block_on, pairs};
use farrier_conformance::Answer;

/// What can be answered to an operation.
#[derive(Debug)]
pub(crate) struct Answers {
    /// The operation, as the model writes it.
    pub(crate) operation: &'static str,
    /// Bodies of good answers, each with what it is.
    pub(crate) outputs: &'static [(&'static str, &'static str)],
    /// The declared errors, each with its status.
    pub(crate) errors: &'static [(&'static str, u16)],
}

include!(concat!(env!("OUT_DIR"), "/answers.rs"));

/// Gives both clients the answers, and says where they understand them differently.
pub(crate) fn differences(answers: impl Fn(&Answers) -> Vec<(String, Answer)>) -> Vec<String> {
    let pairs = pairs();
    let setup = Setup::plain();
    let (official, ours) = (crate::official::client(&setup), crate::ours::client(&setup));
    let mut differences = Vec::new();
    for of_operation in ANSWERS {
        let (official_call, our_call) = pairs
            .iter()
            .find(|(call, _)| call.operation == of_operation.operation)
            .expect("each operation is called");
        for (name, answer) in answers(of_operation) {
            setup.transport.answer(answer);
            let theirs = block_on((official_call.send)(&official));
            let mine = block_on((our_call.send)(&ours));
            if theirs.result != mine.result {
                differences.push(format!(
                    "{}, {name}\n  official {:?}\n  ours     {:?}",
                    of_operation.operation, theirs.result, mine.result
                ));
            }
        }
    }
    differences
}

#[test]
fn outputs_read_the_same() {
    let answers = |of_operation: &Answers| {
        let answer = |(name, body): &(&str, &str)| {
            let headers = vec![
                ("content-type", "application/x-amz-json-1.1".to_owned()),
                (
                    "x-amzn-requestid",
                    "f1d2d2f9-24e9-4de6-8b3c-0a1b2c3d4e5f".to_owned(),
                ),
            ];
            let body = (*body).to_owned();
            (
                (*name).to_owned(),
                Answer {
                    status: 200,
                    headers,
                    body,
                },
            )
        };
        of_operation.outputs.iter().map(answer).collect()
    };
    agree(&differences(answers));
}
