//! Inputs that are checked before they are sent: what the model allows is sent, and of what it does not the right member is
//! named.

mod model;
mod mutations;
mod values;

#[allow(deprecated, reason = "deprecated members are checked like others")]
mod kms {
    //! The client of models/kms.json.
    mod by_hand;

    use farrier_kms as service;
    use farrier_kms::config::InputValidation;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/kms_inputs.rs"));
}

#[cfg(published_models)]
mod dynamodb {
    //! A client that the build script generated from the published model, as a module.
    mod by_hand;

    mod service {
        include!(concat!(env!("OUT_DIR"), "/dynamodb.rs"));
    }

    use service::config::InputValidation;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/dynamodb_inputs.rs"));
}

use aws_smithy_runtime_api::client::result::SdkError;
use farrier_conformance::{Answer, Canned, Shape, repository, say, try_on};
use farrier_runtime::config::InputValidation;
use farrier_runtime::error::InvalidInput;
use model::Model;
use mutations::{Kind, Mutation};
use proptest::sample::Index;
use proptest::strategy::Strategy;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::pin::Pin;

/// Inputs of each operation, and what is made wrong in each of them.
const CASES: u32 = 30;

/// A call on its way.
type Sending = Pin<Box<dyn Future<Output = Result<(), Refusal>>>>;

/// An operation of a client.
#[derive(Debug)]
struct Operation<Client> {
    /// As the model writes it.
    name: &'static str,
    #[expect(
        dead_code,
        reason = "values are made from the model, with its constraints"
    )]
    input: &'static Shape,
    /// Calls it with the input that the JSON holds.
    send: fn(&Client, &Value) -> Sending,
}

/// Why a call was not made.
#[derive(Debug)]
struct Refusal {
    /// The members at fault.
    paths: Vec<String>,
    /// All that the error says.
    text: String,
}

impl Refusal {
    fn of(error: &(impl Error + 'static)) -> Refusal {
        let mut refusal = Refusal {
            paths: Vec::new(),
            text: format!("{error:?} {error}"),
        };
        let mut source = error.source();
        while let Some(error) = source {
            refusal.text += &format!(": {error:?} {error}");
            if let Some(invalid) = error.downcast_ref::<InvalidInput>() {
                let violations = invalid.violations().iter();
                refusal.paths = violations.map(|one| one.path().to_owned()).collect();
            }
            source = error.source();
        }
        refusal
    }

    /// What a call was refused for before anything was sent.
    #[track_caller]
    fn of_construction<E: Error + 'static, R: std::fmt::Debug + 'static>(
        error: &SdkError<E, R>,
    ) -> Refusal {
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{error:?}"
        );
        Refusal::of(error)
    }
}

fn transport() -> Canned {
    Canned::new(Answer {
        status: 200,
        headers: Vec::new(),
        body: "{}".to_owned(),
    })
}

/// The clients of one service at both levels, and what they send.
struct Sides<Client> {
    transport: Canned,
    required: Client,
    all: Client,
}

/// A runtime to wait in for what takes no time.
fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().expect("a runtime")
}

/// Sends inputs made at random that are as the model asks, and inputs with one fault.
#[track_caller]
fn check<Client>(
    service: &str,
    model: &Path,
    operations: &[Operation<Client>],
    client: fn(Canned, Option<InputValidation>) -> Client,
) {
    let model = Model::read(model);
    let transport = transport();
    let sides = Sides {
        required: client(transport.clone(), Some(InputValidation::RequiredMembers)),
        all: client(transport.clone(), Some(InputValidation::AllConstraints)),
        transport,
    };
    let runtime = runtime();
    let broken = RefCell::new(BTreeMap::<Kind, usize>::new());
    let mut wrong = Vec::new();
    for operation in operations {
        let input = model.input(operation.name);
        let inputs = (
            values::valid(&model, input, values::DEPTH),
            proptest::arbitrary::any::<Index>(),
        );
        let property = |(valid, index): (Value, Index)| {
            for client in [&sides.required, &sides.all] {
                let result = runtime.block_on((operation.send)(client, &valid));
                result.map_err(|refusal| format!("refused, and valid: {}", refusal.text))?;
                expect_sent(&sides.transport, 1)?;
            }
            let mutations = mutations::of(&model, input, &valid);
            if mutations.is_empty() {
                return Ok(());
            }
            let mutation = &mutations[index.index(mutations.len())];
            *broken.borrow_mut().entry(mutation.kind).or_default() += 1;
            let result = runtime.block_on((operation.send)(&sides.all, &mutation.value));
            refused(mutation, result)?;
            expect_sent(&sides.transport, 0)?;
            let result = runtime.block_on((operation.send)(&sides.required, &mutation.value));
            if mutation.kind == Kind::Missing {
                refused(mutation, result)?;
                return expect_sent(&sides.transport, 0);
            }
            result.map_err(|refusal| format!("refused at the first level: {}", refusal.text))?;
            expect_sent(&sides.transport, 1)
        };
        let name = format!("{service} {}", operation.name);
        wrong.extend(try_on(&name, CASES, &inputs.boxed(), property).err());
    }
    assert!(
        wrong.is_empty(),
        "{} operations:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    let broken = broken.into_inner();
    say(&format!(
        "{service}: inputs of {} operations are checked; broken were {broken:?}",
        operations.len()
    ));
    for kind in [
        Kind::Missing,
        Kind::TooLong,
        Kind::TooShort,
        Kind::Pattern,
        Kind::Range,
    ] {
        assert!(broken.contains_key(&kind), "{kind:?} never broken");
    }
}

fn refused(mutation: &Mutation, result: Result<(), Refusal>) -> Result<(), String> {
    let Err(refusal) = result else {
        return Err(format!("sent, and {mutation:?}"));
    };
    let named = refusal.paths.iter().all(|path| *path == mutation.path);
    if refusal.paths.is_empty() || !named {
        return Err(format!("{mutation:?}\n is told as {}", refusal.text));
    }
    let secret = mutation
        .secret
        .as_ref()
        .filter(|secret| refusal.text.contains(*secret));
    match secret {
        Some(_) => Err(format!(
            "{mutation:?}\n is not kept secret: {}",
            refusal.text
        )),
        None => Ok(()),
    }
}

fn expect_sent(transport: &Canned, count: usize) -> Result<(), String> {
    let sent = transport.seen().len();
    (sent == count)
        .then_some(())
        .ok_or(format!("{sent} requests, not {count}"))
}

#[test]
fn inputs_of_kms_are_checked() {
    let model = repository().join("models/kms.json");
    check("kms", &model, kms::OPERATIONS, kms::client);
}

#[cfg(published_models)]
#[test]
fn inputs_of_dynamodb_are_checked() {
    let model = repository().join("../shared/models/dynamodb-2026-08.json");
    check("dynamodb", &model, dynamodb::OPERATIONS, dynamodb::client);
}

#[cfg(not(published_models))]
#[test]
fn without_published_models_only_kms_is_checked() {
    assert_eq!(
        farrier_conformance::shared("models"),
        None,
        "the models are there now: touch tests/conformance/build/main.rs, and build again"
    );
}
