//! What is secret is sent and answered, and seen nowhere else: for every operation of KMS, with values made at random.
//!
//! Secret are the members that the model marks, credentials, signatures, and bodies. None of them may be in `Debug` or
//! `Display` of anything, in what interceptors are shown, or in what anyone logs by `tracing` at any level.

mod log;
mod nosy;
mod planted;
mod server;
mod shown;

#[allow(deprecated, reason = "deprecated members are sent like others")]
mod kms {
    //! Calls of our client.
    use farrier_kms as service;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/kms_inputs.rs"));
}

mod outputs {
    //! What is answered.
    use farrier_conformance::{Member, Shape};

    include!(concat!(env!("OUT_DIR"), "/outputs.rs"));

    pub(crate) fn of(operation: &str) -> &'static Shape {
        let found = OUTPUTS.iter().find(|(name, _)| *name == operation);
        found.expect("each operation has an output").1
    }
}

use crate::kms::OPERATIONS;
use crate::planted::Planted;
use crate::server::{Reply, Server};
use crate::shown::Shown;
use farrier_conformance::{say, try_on};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Inputs and outputs of each operation.
const CASES: u32 = 8;

/// Clients that take different ways through the runtime.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// The usual one.
    Plain,
    /// With an interceptor, which looks at all that it is shown.
    Hooked,
    /// To an address with a path, whose requests aws-sigv4 signs as a whole.
    WithPath,
}

#[test]
fn nothing_secret_is_shown_by_any_operation() {
    let log = log::listen();
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let ways = [Way::Plain, Way::Hooked, Way::WithPath];
    let clients = ways.map(|way| kms::client(server.url(), way));
    for client in &clients {
        let mut shown = Shown::default();
        shown.add_other("a configuration", client.config());
        shown.add_other("a builder", &client.config().to_builder());
        shown.check().expect("nothing secret is in the settings");
    }
    let planted = RefCell::new(Planted::default());
    let mut wrong = Vec::new();
    assert_eq!(OPERATIONS.len(), 56);
    for operation in OPERATIONS {
        let output = outputs::of(operation.name);
        let check = |(mut input, mut answer): (Value, Value)| {
            planted.borrow_mut().plant(operation.input, &mut input);
            planted.borrow_mut().plant(output, &mut answer);
            for (client, way) in clients.iter().zip(ways) {
                // How a request is signed makes no difference to what is answered.
                let some = if matches!(way, Way::WithPath) {
                    1
                } else {
                    usize::MAX
                };
                for (what, reply) in replies(&answer).into_iter().take(some) {
                    server.reply(reply);
                    let mut shown = Shown::default();
                    shown.add("client", client);
                    let sent = (operation.send)(client, &input);
                    runtime.block_on(sent).merge_into(&mut shown);
                    shown.nosy(nosy::seen());
                    shown.log(log.taken());
                    shown
                        .check()
                        .map_err(|error| format!("{way:?}, {what}: {error}"))?;
                }
            }
            Ok(())
        };
        let values = (operation.input.values(), output.values());
        wrong.extend(try_on(operation.name, CASES, &values, check).err());
    }
    assert!(
        wrong.is_empty(),
        "{} operations show secrets:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    let planted = planted.into_inner();
    let mut all = BTreeSet::new();
    for operation in OPERATIONS {
        planted::sensitive(operation.input, &mut all);
        planted::sensitive(outputs::of(operation.name), &mut all);
    }
    assert_eq!(planted.members(), &all, "each sensitive member was there");
    assert!(
        log.is_heard(),
        "nothing was logged, so that nothing was looked at"
    );
    say(&format!(
        "{} sensitive members and all bodies of {} operations are shown nowhere",
        all.len(),
        OPERATIONS.len()
    ));
}

/// What the service answers: an output, the same in forms that cannot be read, errors that repeat what is secret, and
/// nothing.
fn replies(output: &Value) -> Vec<(&'static str, Reply)> {
    let body = output.to_string();
    let secret = planted::SECRET;
    let refusal = json!({ "__type": "ValidationException", "message": "No.", "Repeated": secret });
    vec![
        ("an output", Reply::new(200, body.clone())),
        (
            "an output and more",
            Reply::new(200, format!("{body} {secret}")),
        ),
        (
            "half of an output",
            Reply::new(200, body[..body.len() - 1].to_owned() + ",\"" + secret),
        ),
        ("a refusal", Reply::new(400, refusal.to_string())),
        ("HTML", Reply::new(503, format!("<html>{secret}</html>"))),
        ("a connection that breaks", Reply::Broken),
        (
            "a body that breaks",
            Reply::Cut(format!("{{\"a\":\"{secret}")),
        ),
    ]
}
