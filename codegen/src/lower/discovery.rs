//! Endpoints that the service names
//! ([client endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery)).

use super::{Cx, demands};
use crate::api::{Address, Discovery, Operation, Record};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Node, Shape, ShapeKind, Span};

const SERVICE: &str = "aws.api#clientEndpointDiscovery";
const OPERATION: &str = "aws.api#clientDiscoveredEndpoint";
const MEMBER: &str = "aws.api#clientEndpointDiscoveryId";

/// That the calls of an operation go to a discovered endpoint.
pub(super) fn address(
    cx: &mut Cx<'_, '_>,
    operation: &Shape,
    shape: &Shape,
    input: &Record,
) -> Option<Address> {
    let mark = operation.traits.get(OPERATION)?;
    cx.service.traits.get(SERVICE)?;
    let mut identifiers = Vec::new();
    for member in shape.members() {
        let Some(id) = member.traits.find(MEMBER) else {
            continue;
        };
        match demands::text_field(input, member.name()) {
            Some(label) => identifiers.push(label),
            None => {
                let target = &member.target.id;
                let message = format!(
                    "an identifier of an endpoint must be a string, and `{target}` is none"
                );
                let help = format!("remove `{MEMBER}`, or let the member target a string");
                let fault = Diagnostic::error(Code::BadTraitValue, message).help(help);
                cx.report(fault, &member.id, id.span);
            }
        }
    }
    Some(Address::Discovered {
        required: mark.get("required").and_then(Node::as_bool) == Some(true),
        identifiers,
    })
}

/// How endpoints are discovered; nothing where no call is sent to such a one.
pub(super) fn discovery(
    cx: &mut Cx<'_, '_>,
    chosen: &[&Shape],
    operations: &[Operation],
) -> Option<Discovery> {
    prefixed(cx, chosen);
    let is_discovered = |one: &Operation| matches!(one.address, Some(Address::Discovered { .. }));
    if !operations.iter().any(is_discovered) {
        return None;
    }
    let model = cx.model;
    let (service, one) = (cx.service, cx.service.traits.find(SERVICE)?);
    let named = |key: &str| one.value.get(key).and_then(Node::as_str);
    let id = named("operation").unwrap_or_default();
    let mut all = model.service_operations(service).into_iter();
    let Some(asked) = all.find(|shape| shape.id.as_str() == id) else {
        let what = format!("the service has no operation `{id}`");
        let help = "let `operation` name one of the service that names the endpoints";
        refuse(cx, one.span, &what, help);
        return None;
    };
    if !names_endpoints(model, asked) {
        let what = format!("the output of `{id}` does not name endpoints");
        let help = "it needs `Endpoints`, a list of structures with a string `Address`";
        refuse(cx, one.span, &what, help);
        return None;
    }
    let input = model.target(&asked.as_operation()?.input);
    let kind = |name: &str| {
        let mut members = input.members();
        let member = members.find(|member| member.name() == name)?;
        Some(&model.target(&member.target).kind)
    };
    let (operation, identifiers) = (kind("Operation"), kind("Identifiers"));
    if !operation.is_none_or(is_text) || !identifiers.is_none_or(|kind| is_texts(model, kind)) {
        let what = format!("the input of `{id}` cannot hold what is asked");
        let help = "its `Operation` must be a string, and its `Identifiers` a map of strings";
        refuse(cx, one.span, &what, help);
        return None;
    }
    Some(Discovery {
        operation: asked.id.name().to_owned(),
        error: named("error").map(|id| id.rsplit('#').next().unwrap_or(id).to_owned()),
        by_operation: operation.is_some(),
        by_identifiers: identifiers.is_some(),
    })
}

fn is_text(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::String)
}

fn is_texts(model: &Model, kind: &ShapeKind) -> bool {
    match kind {
        ShapeKind::Map { value, .. } => is_text(&model.target(&value.target).kind),
        _ => false,
    }
}

fn refuse(cx: &mut Cx<'_, '_>, span: Span, what: &str, help: &str) {
    let message = format!("the trait `{SERVICE}` cannot be followed: {what}");
    let fault = Diagnostic::error(Code::BadTraitValue, message).help(help);
    cx.report(fault, &cx.service.id, span);
}

/// Refuses operations whose calls need both a discovered endpoint and a prefix before the usual host.
fn prefixed(cx: &mut Cx<'_, '_>, chosen: &[&Shape]) {
    for operation in chosen {
        let mark = operation.traits.find(OPERATION);
        let required =
            mark.filter(|one| one.value.get("required").and_then(Node::as_bool) == Some(true));
        if let Some(one) = required.filter(|_| operation.traits.has("smithy.api#endpoint")) {
            let message = format!(
                "the trait `{OPERATION}` is not handled together with `smithy.api#endpoint`"
            );
            let help = "leave out the operation by naming those that you want";
            let fault = Diagnostic::error(Code::UnsupportedTrait, message).help(help);
            cx.report(fault, &operation.id, one.span);
        }
    }
}

/// Whether the output has a list `Endpoints` of structures with a string `Address`.
fn names_endpoints(model: &Model, asked: &Shape) -> bool {
    let list = asked.as_operation().and_then(|operation| {
        let output = model.target(&operation.output);
        let mut members = output.members();
        members.find(|member| member.name() == "Endpoints")
    });
    let Some(ShapeKind::List { member }) = list.map(|list| &model.target(&list.target).kind) else {
        return false;
    };
    let mut members = model.target(&member.target).members();
    members.any(|member| member.name() == "Address" && is_text(&model.target(&member.target).kind))
}
