//! Operations: what they take, answer and fail with, and how they are called.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::record::{self, About, Records, compare_about};
use super::side::{Side, Spot, subject};
use super::{paginator, rust};
use crate::api::{Address, Auth, Fault, Operation};
use crate::model::Reference;
use crate::names::Name;

/// An operation on both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operations<'a> {
    pub(super) sides: (&'a Side, &'a Side),
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

/// Compares the operations.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    let key = |operation: &Operation| operation.module.clone();
    for joined in join(&old.api.operations, &new.api.operations, key) {
        let (before, after) = match joined {
            Joined::Old(operation) => (Some(operation), None),
            Joined::Both(before, after) => (Some(before), Some(after)),
            Joined::New(operation) => (None, Some(operation)),
        };
        let Some(operation) = after.or(before) else {
            continue;
        };
        let shapes = [
            before.and_then(|operation| old.shape_of(operation)),
            after.and_then(|operation| new.shape_of(operation)),
        ];
        let module = &operation.module;
        let subject = subject(format!("operation::{module}"), (old, new), shapes);
        match joined {
            Joined::Old(_) => {
                let sentence = format!("The operation is gone, and with it `Client::{module}`.");
                found.push(Kind::Removed, &subject, sentence);
            }
            Joined::New(_) => {
                let sentence = format!("A new operation, called by `Client::{module}`.");
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(before, after) => {
                let operations = Operations {
                    sides: (old, new),
                    old: before,
                    new: after,
                };
                both(found, &subject, operations);
            }
        }
    }
}

fn both(found: &mut Found, subject: &Subject<'_>, operations: Operations<'_>) {
    let Operations { old, new, .. } = operations;
    fn about(operation: &Operation) -> About<'_> {
        About {
            doc: &operation.doc,
            deprecated: operation.deprecated.as_ref(),
            sensitive: false,
        }
    }
    compare_about(found, subject, about(old), about(new));
    names(found, subject, old, new);
    if old.wire != new.wire {
        let (new, old) = (rust::code(&new.wire), rust::code(&old.wire));
        let sentence = format!("It is called {new} on the wire, and was {old}.");
        found.push(Kind::Wire, subject, sentence);
    }
    demands(found, subject, old, new);
    endpoint(found, subject, old, new);
    ends(found, subject, operations);
    errors(found, subject, operations);
    paginator::compare(found, subject, operations);
}

/// Names may change where others come and go, as each is unique.
fn names(found: &mut Found, subject: &Subject<'_>, old: &Operation, new: &Operation) {
    let in_module = |operation: &Operation| {
        [
            &operation.name,
            &operation.error,
            &operation.input.name,
            &operation.output.name,
        ]
        .map(|name| format!("{}::{name}", subject.item))
    };
    for (old, new) in in_module(old).into_iter().zip(in_module(new)) {
        found.renamed(subject, old, new);
    }
    let fluent =
        |operation: &Operation| format!("{}::builders::{}", subject.item, operation.fluent);
    found.renamed(subject, fluent(old), fluent(new));
}

/// The input and the output.
fn ends(found: &mut Found, operation: &Subject<'_>, operations: Operations<'_>) {
    let Operations { sides, old, new } = operations;
    let builders = format!("{}::builders", operation.item);
    let inputs = [sides.0.input_of(old), sides.1.input_of(new)];
    let outputs = [sides.0.output_of(old), sides.1.output_of(new)];
    for (shapes, before, after, is_input) in [
        (inputs, &old.input, &new.input, true),
        (outputs, &old.output, &new.output, false),
    ] {
        // An operation without input or output has none in the model either, where it is printed all the same.
        let is_unit = |shape: Option<_>| shape.is_none_or(crate::model::Shape::is_unit);
        let mut subject = subject(format!("{}::{}", operation.item, after.name), sides, shapes);
        if is_unit(shapes[0]) {
            subject.old = operation.old;
        }
        if is_unit(shapes[1]) {
            subject.new = operation.new;
        }
        let records = Records {
            sides,
            shapes: shapes.map(|shape| shape.filter(|shape| !shape.is_unit())),
            old: before,
            new: after,
            builders: &builders,
            is_input,
        };
        record::compare(found, &subject, records);
    }
}

/// What calls can fail with.
fn errors(found: &mut Found, operation: &Subject<'_>, operations: Operations<'_>) {
    let Operations { sides, old, new } = operations;
    for joined in join(&old.faults, &new.faults, |name: &Name| name.clone()) {
        let (Joined::Old(name) | Joined::New(name) | Joined::Both(_, name)) = joined;
        let mut subject = operation.called(format!("{}::{}::{name}", operation.item, new.error));
        match joined {
            Joined::Old(name) => {
                subject.old = reference(sides.0, old, name).or(operation.old);
                let sentence = "The operation does not fail with it any more.";
                found.push(Kind::Removed, &subject, sentence);
            }
            Joined::New(name) => {
                subject.new = reference(sides.1, new, name).or(operation.new);
                let sentence = "The operation can fail with it now.";
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(..) => {
                let method = |side: &Side| {
                    let mut faults = side.api.faults.iter();
                    let fault = faults.find(|fault: &&Fault| fault.record.name == *name);
                    let error = format!("{}::{}", operation.item, new.error);
                    fault.map(|fault| format!("{error}::is_{}", fault.snake.plain()))
                };
                if let (Some(old), Some(new)) = (method(sides.0), method(sides.1)) {
                    found.renamed(&subject, old, new);
                }
            }
        }
    }
}

/// Where an operation, or else the service, names an error.
fn reference<'m>(side: &'m Side, operation: &Operation, fault: &Name) -> Option<Spot<'m>> {
    let id = &side.shape_of_fault(fault)?.id;
    let find = |errors: &'m [Reference]| errors.iter().find(|one| one.id == *id);
    let (shape, service) = (side.shape_of(operation)?, side.service()?);
    let own = find(&shape.as_operation()?.errors);
    match own {
        Some(reference) => Some(side.spot(shape).on(reference.span)),
        None => {
            let common = find(&service.as_service()?.errors)?;
            Some(side.spot(service).on(common.span))
        }
    }
}

/// How calls are signed, and what is done to what is sent.
fn demands(found: &mut Found, subject: &Subject<'_>, old: &Operation, new: &Operation) {
    let (old, new) = (old.demands, new.demands);
    if old.auth != new.auth {
        let sentence = match new.auth {
            Auth::Signed => "Calls are signed now, and need credentials.",
            Auth::Optional => "Calls are signed where there are credentials now.",
            Auth::Unsigned => "Calls are not signed any more.",
        };
        found.push_at("smithy.api#optionalAuth", Kind::Signing, subject, sentence);
    }
    if old.unsigned_payload != new.unsigned_payload {
        let sentence = match new.unsigned_payload {
            true => "The signature leaves out the body now.",
            false => "The signature covers the body now.",
        };
        found.push_at("aws.auth#unsignedPayload", Kind::Signing, subject, sentence);
    }
    let switches = [
        (
            "smithy.api#httpChecksumRequired",
            old.checksum,
            new.checksum,
            [
                "A header protects the body now.",
                "No header protects the body any more.",
            ],
        ),
        (
            "smithy.api#requestCompression",
            old.compression,
            new.compression,
            [
                "Large bodies are compressed now.",
                "Bodies are not compressed any more.",
            ],
        ),
    ];
    for (id, old, new, [on, off]) in switches {
        if old != new {
            found.push_at(id, Kind::Wire, subject, if new { on } else { off });
        }
    }
}

/// Where calls go.
fn endpoint(found: &mut Found, subject: &Subject<'_>, old: &Operation, new: &Operation) {
    if old.address != new.address {
        let sentence = match &new.address {
            None => "Calls go to the address of the service now.",
            Some(Address::HostPrefix(_)) => "What goes before the host has changed.",
            Some(Address::Endpoint(_)) => "Its input can hold the whole address now.",
            Some(Address::Discovered { .. }) => {
                "How the service is asked for the address of calls has changed."
            }
        };
        found.push_at("smithy.api#endpoint", Kind::Endpoint, subject, sentence);
    }
    let context = |operation: &Operation| -> Vec<(Name, bool, String)> {
        let params = operation.context.iter();
        let of = |param: &crate::api::ContextParam| {
            let value = rust::context(&param.value);
            (param.name.clone(), param.overrides, value)
        };
        params.map(of).collect()
    };
    if context(old) != context(new) {
        let sentence = "What its calls fill parameters of the endpoint rules with has changed.";
        found.push(Kind::Endpoint, subject, sentence);
    }
}
