//! The closure of a service: two shapes of it must not be called the same, and what the service says of it must fit.
//!
//! See [shape name conflicts](https://smithy.io/2.0/spec/service-types.html#service-closure).

use std::collections::{HashMap, HashSet};

use super::super::draft::{Draft, Reporter};
use super::super::id::ShapeId;
use super::super::shape::{Reference, Service, Shape, ShapeKind};
use super::super::source::{Files, Role, Span};
use super::described;
use crate::diagnostic::{Code, Diagnostic, quoted};

/// Checks what a service says about the shapes of its closure: their other names, and how calls are authenticated.
pub(super) fn check(service: &Shape, draft: &Draft, reporter: &mut Reporter<'_>) {
    let Some(properties) = service.as_service() else {
        return;
    };
    let closure = closure(properties, draft);
    renames_fit(service, properties, &closure, draft, reporter);
    names_differ(service, properties, &closure, reporter);
    schemes_are_configured(service, &closure, reporter);
}

/// Reports shapes of a service's closure whose names differ in case at most, once they are renamed.
fn names_differ(
    service: &Shape,
    properties: &Service,
    closure: &[&Shape],
    reporter: &mut Reporter<'_>,
) {
    let renames: HashMap<&str, &(Reference, String)> = properties
        .rename
        .iter()
        .map(|rename| (rename.0.id.as_str(), rename))
        .collect();
    let mut names: HashMap<String, Named<'_>> = HashMap::new();
    for shape in closure {
        if shape.id.namespace() == "smithy.api" {
            continue;
        }
        let rename = renames.get(shape.id.as_str());
        let one = Named {
            shape,
            name: rename.map_or(shape.id.name(), |(_, name)| name),
            renamed: rename.map(|(from, _)| from.span),
        };
        let Some(other) = names.insert(one.name.to_ascii_lowercase(), one) else {
            continue;
        };
        if !(is_anonymous(other.shape) && is_anonymous(shape)) {
            report_same(service, one, other, reporter);
        }
    }
}

/// What a shape is called within a service.
#[derive(Clone, Copy)]
struct Named<'a> {
    shape: &'a Shape,
    name: &'a str,
    /// Where it is renamed.
    renamed: Option<Span>,
}

/// Reports two names, at a rename where there is one.
fn report_same(service: &Shape, one: Named<'_>, other: Named<'_>, reporter: &mut Reporter<'_>) {
    let (one, other) = match (one.renamed, other.renamed) {
        (None, Some(_)) => (other, one),
        _ => (one, other),
    };
    let files = reporter.files;
    let place = files.place(other.renamed.unwrap_or(other.shape.span));
    let this = match one.renamed {
        Some(_) => format!("the new name `{}`", one.name),
        None => "this name".to_owned(),
    };
    let differ = match one.name == other.name {
        true => "are the same",
        false => "differ only in case",
    };
    let message = format!(
        "within the service `{}` {this} and that of `{}` at {place} {differ}",
        service.id, other.shape.id
    );
    let help = match one.renamed {
        Some(span) => format!("give it another name in {}", rename_in(span, files)),
        None => "give one of them another name in the service's `rename`".to_owned(),
    };
    let fault = Diagnostic::error(Code::NameConflict, message).on(&one.shape.id);
    let span = one.renamed.unwrap_or(one.shape.span);
    reporter.push(fault.at(files, span).help(help));
}

/// What a shape is renamed in, by the place of that.
fn rename_in(span: Span, files: &Files) -> &'static str {
    match files.role(span.file) {
        Role::Overlay => "`farrier.overlay#rename`",
        Role::Model => "the service's `rename`",
    }
}

/// Reports other names for shapes that the service does not reach or that cannot have one.
///
/// See [service](https://smithy.io/2.0/spec/service-types.html#service).
fn renames_fit(
    service: &Shape,
    properties: &Service,
    closure: &[&Shape],
    draft: &Draft,
    reporter: &mut Reporter<'_>,
) {
    let reached: HashSet<&str> = closure.iter().map(|shape| shape.id.as_str()).collect();
    for (from, to) in &properties.rename {
        // Where the shape does not exist, that has been said.
        let Some(shape) = draft.shape(&from.id) else {
            continue;
        };
        let message = match &shape.kind {
            ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_) => {
                let kind = described(shape);
                format!(
                    "`{}` is {kind}, and only types of values can be renamed",
                    from.id
                )
            }
            _ if !reached.contains(shape.id.as_str()) => {
                format!(
                    "`{}` is renamed, and the service does not reach it",
                    from.id
                )
            }
            _ if to == shape.id.name() => {
                format!("`{}` is renamed to the name that it has", from.id)
            }
            _ => continue,
        };
        let fault = Diagnostic::error(Code::BadRename, message).on(&service.id);
        let fault = fault.at(reporter.files, from.span);
        let rename = rename_in(from.span, reporter.files);
        reporter.push(fault.help(format!("take it out of {rename}")));
    }
}

/// Reports operations that name ways to authenticate which their service does not have.
///
/// See [auth trait](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait).
fn schemes_are_configured(service: &Shape, closure: &[&Shape], reporter: &mut Reporter<'_>) {
    let operations = closure
        .iter()
        .filter(|shape| shape.as_operation().is_some());
    for shape in operations.copied().chain([service]) {
        let Some(auth) = shape.traits.get("smithy.api#auth") else {
            continue;
        };
        for scheme in auth.as_array().unwrap_or_default() {
            let Some(id) = scheme.as_str().filter(|id| !service.traits.has(id)) else {
                continue;
            };
            let message = format!(
                "the trait `smithy.api#auth` names `{}`, a trait that the service `{}` does not have",
                quoted(id).trim_matches('`'),
                service.id
            );
            reporter.error(Code::BadTraitValue, &shape.id, scheme.span, message);
        }
    }
}

/// Whether no name is made for a shape, so that two may share one.
fn is_anonymous(shape: &Shape) -> bool {
    match &shape.kind {
        ShapeKind::String => !shape.traits.has("smithy.api#enum"),
        ShapeKind::List { .. } => true,
        ShapeKind::Map { .. }
        | ShapeKind::Enum { .. }
        | ShapeKind::IntEnum { .. }
        | ShapeKind::Structure { .. }
        | ShapeKind::Union { .. }
        | ShapeKind::Service(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Operation(_) => false,
        _ => true,
    }
}

/// All shapes that a service reaches, each once.
fn closure<'a>(service: &'a Service, draft: &'a Draft) -> Vec<&'a Shape> {
    let mut seen: HashSet<&ShapeId> = HashSet::new();
    let mut closure = Vec::new();
    let mut waiting: Vec<&Reference> = Vec::new();
    waiting.extend(
        service
            .errors
            .iter()
            .chain(&service.resources)
            .chain(&service.operations)
            .rev(),
    );
    while let Some(next) = waiting.pop() {
        let Some(shape) = draft.shape(&next.id).filter(|shape| seen.insert(&shape.id)) else {
            continue;
        };
        closure.push(shape);
        let from = waiting.len();
        match &shape.kind {
            ShapeKind::Operation(operation) => {
                waiting.extend([&operation.input, &operation.output]);
                waiting.extend(&operation.errors);
            }
            ShapeKind::Resource(resource) => {
                waiting.extend(resource.identifiers.iter().map(|(_, reference)| reference));
                waiting.extend(resource.lifecycle().into_iter().flatten());
                waiting.extend(
                    resource
                        .operations
                        .iter()
                        .chain(&resource.collection_operations),
                );
                waiting.extend(&resource.resources);
            }
            ShapeKind::Enum { .. } | ShapeKind::IntEnum { .. } => {}
            _ => waiting.extend(shape.members().map(|member| &member.target)),
        }
        waiting[from..].reverse();
    }
    closure
}
