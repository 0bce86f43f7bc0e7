//! What overlays can do besides adding traits, `farrier.overlay#patch` and `farrier.overlay#rename`, and what does nothing.
//!
//! The two are written as traits of an `apply`, so that an overlay stays a model in the JSON AST.

use super::super::draft::Apply;
use super::super::id::ShapeId;
use super::super::node::Node;
use super::super::patch::{Expected, Patch};
use super::super::shape::Reference;
use super::super::source::{Role, Span};
use super::super::traits::{Trait, Traits};
use super::parts::{Parts, Properties};
use super::renames;
use crate::diagnostic::{Code, Diagnostic};

const NAMESPACE: &str = "farrier.overlay";

/// Takes them out of the traits of a shape or an `apply`; they are faults where they do not belong.
pub(super) fn take(
    traits: &mut Traits,
    on: &ShapeId,
    is_apply: bool,
    parts: &mut Parts<'_>,
) -> (Option<Patch>, Vec<(Reference, String)>) {
    let (mut patch, mut rename) = (None, Vec::new());
    if !traits.iter().any(|one| one.id.namespace() == NAMESPACE) {
        return (patch, rename);
    }
    let (ours, others) = std::mem::take(&mut traits.list)
        .into_iter()
        .partition(|one| one.id.namespace() == NAMESPACE);
    traits.list = others;
    let ours: Vec<Trait> = ours;
    for one in ours {
        let role = parts.files().role(one.span.file);
        match one.id.name() {
            _ if !is_apply || role != Role::Overlay => {
                let message = format!("`{}` belongs in an `apply` of an overlay", one.id);
                fault(message, "give the file as an overlay", &one, on, parts);
            }
            "patch" => patch = read(one, on, parts),
            "rename" if on.member().is_none() => {
                rename = renames(one.value, "`farrier.overlay#rename`", on, parts);
            }
            "rename" => {
                let message = "only a service has other names for shapes".to_owned();
                fault(message, "apply it to the service", &one, on, parts);
            }
            _ => {
                let message = format!("`{}` is not known", one.id);
                let help = "there are `farrier.overlay#patch` and `farrier.overlay#rename`";
                fault(message, help, &one, on, parts);
            }
        }
    }
    (patch, rename)
}

fn fault(message: String, help: &str, one: &Trait, on: &ShapeId, parts: &mut Parts<'_>) {
    parts.faulty = true;
    let fault = Diagnostic::error(Code::BadTraitValue, message).help(help);
    let fault = fault.on(on).at(parts.files(), one.span);
    parts.reporter().push(fault);
}

/// Reads `{"reason": "...", "expects": {"smithy.api#length": {...}}}`.
fn read(one: Trait, on: &ShapeId, parts: &mut Parts<'_>) -> Option<Patch> {
    let span = one.span;
    let object = parts.object(one.value, "`farrier.overlay#patch`", Some(on))?;
    let mut properties = Properties::new(object, span);
    let reason = parts.required(&mut properties, "reason", on);
    let reason = reason.and_then(|node| reason_of(node, on, parts));
    let expects = parts.required(&mut properties, "expects", on);
    let expects = expects.and_then(|node| parts.object(node, "`expects`", Some(on)));
    parts.finish(properties, Some(on));
    let (reason, expects) = (reason?, expects?);
    let mut patch = Patch {
        reason,
        expects: Vec::new(),
    };
    for entry in expects.entries {
        let id = parts.shape_id(&entry.key, entry.key_span, Some(on));
        patch.expects.extend(id.map(|id| Expected {
            id,
            value: entry.value,
            span: entry.key_span,
        }));
    }
    Some(patch)
}

fn reason_of(node: Node, on: &ShapeId, parts: &mut Parts<'_>) -> Option<String> {
    let span = node.span;
    let reason = parts.string(node, "`reason`", Some(on))?;
    if reason.trim().is_empty() {
        let message = "a patch says why it is there, and this `reason` is empty".to_owned();
        parts.wrong_form(span, message, Some(on));
        return None;
    }
    Some(reason)
}

/// An overlay is there to change something; in a model that is allowed, and still tells of something forgotten.
pub(super) fn without_effect(apply: &Apply, parts: &mut Parts<'_>) {
    let report = match parts.files().role(apply.span.file) {
        Role::Overlay => Diagnostic::error,
        Role::Model => Diagnostic::warning,
    };
    let message = "this `apply` changes nothing".to_owned();
    let fault = report(Code::ApplyEmpty, message).on(&apply.id);
    let fault = fault.help("write into `traits` what is to be applied, or take the `apply` out");
    let fault = fault.at(parts.files(), apply.span);
    parts.reporter().push(fault);
}

/// An overlay without anything in it.
pub(super) fn idle(span: Span, parts: &mut Parts<'_>) {
    let message = "the overlay changes nothing: it has no shapes".to_owned();
    let fault = Diagnostic::error(Code::ApplyUseless, message);
    let fault = fault.help("write into `shapes` what is to be applied, or take the overlay out");
    let fault = fault.at(parts.files(), span);
    parts.reporter().push(fault);
}
