//! Names within a service: two shapes of its closure must not be called the same.
//!
//! See [shape name conflicts](https://smithy.io/2.0/spec/service-types.html#service-closure).

use std::collections::{HashMap, HashSet};

use super::super::draft::{Draft, Reporter};
use super::super::id::ShapeId;
use super::super::shape::{Reference, Service, Shape, ShapeKind};
use crate::diagnostic::{Code, Diagnostic};

/// Reports shapes of a service's closure whose names differ in case at most, once they are renamed.
pub(super) fn names_differ(service: &Shape, draft: &Draft, reporter: &mut Reporter<'_>) {
    let Some(properties) = service.as_service() else {
        return;
    };
    let renames: HashMap<&str, &str> = properties
        .rename
        .iter()
        .map(|(from, to)| (from.id.as_str(), to.as_str()))
        .collect();
    let mut names: HashMap<String, &Shape> = HashMap::new();
    for shape in closure(properties, draft) {
        if shape.id.namespace() == "smithy.api" {
            continue;
        }
        let name = renames
            .get(shape.id.as_str())
            .copied()
            .unwrap_or(shape.id.name());
        let Some(known) = names.insert(name.to_ascii_lowercase(), shape) else {
            continue;
        };
        if is_anonymous(known) && is_anonymous(shape) {
            continue;
        }
        let place = reporter.files.place(known.span);
        let message = format!(
            "within the service `{}` this name and that of `{}` at {place} differ in case at most",
            service.id, known.id
        );
        let fault = Diagnostic::error(Code::NameConflict, message).on(&shape.id);
        let fault = fault.at(reporter.files, shape.span);
        reporter.push(fault.help("give one of them another name in the service's `rename`"));
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
