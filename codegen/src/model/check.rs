//! Whether the shapes fit together: targets exist and are of the right type, names differ, types end.

mod closure;
mod traits;

use std::collections::{HashMap, HashSet};

use super::draft::{Draft, Reporter};
use super::id::ShapeId;
use super::shape::{Member, Reference, Resource, Shape, ShapeKind};
use super::source::Role;
use crate::diagnostic::{Code, Diagnostic};

pub(super) use traits::check as traits;

/// How many services are looked at as a whole, as each costs a walk over the model; nobody generates from more.
const MOST_SERVICES: usize = 20;

/// Checks what the shapes of the draft refer to.
pub(super) fn references(draft: &Draft, reporter: &mut Reporter<'_>) {
    for shape in &draft.shapes {
        let mut checker = Checker {
            draft,
            shape,
            reporter,
        };
        match &shape.kind {
            ShapeKind::Service(service) => {
                checker.all(&service.operations, Wanted::Operation);
                checker.all(&service.resources, Wanted::Resource);
                checker.all(&service.errors, Wanted::Error);
                let renamed = service.rename.iter().map(|(from, _)| from);
                renamed.for_each(|from| checker.one(&shape.id, from, Wanted::Any));
            }
            ShapeKind::Resource(resource) => checker.resource(resource),
            ShapeKind::Operation(operation) => {
                checker.one(&shape.id, &operation.input, Wanted::Io);
                checker.one(&shape.id, &operation.output, Wanted::Io);
                checker.all(&operation.errors, Wanted::Error);
            }
            ShapeKind::Map { key, value } => {
                checker.one(&key.id, &key.target, Wanted::Key);
                checker.one(&value.id, &value.target, Wanted::Data);
            }
            _ => checker.members(),
        }
    }
    // A mixin counts where it is used.
    let services = draft
        .shapes
        .iter()
        .filter(|shape| shape.as_service().is_some() && !shape.traits.has("smithy.api#mixin"));
    for service in services.take(MOST_SERVICES) {
        closure::check(service, draft, reporter);
    }
    collections_end(draft, reporter);
    resources_end(draft, reporter);
}

/// What a reference may target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Operation,
    Resource,
    Error,
    Io,
    Key,
    /// Anything that can be a value.
    Data,
    /// A value, or `smithy.api#Unit` for none.
    DataOrUnit,
    Identifier,
    Property,
}

impl Wanted {
    /// In words, as in `must be ...`.
    fn words(self) -> &'static str {
        match self {
            Wanted::Any => "a shape",
            Wanted::Operation => "an operation",
            Wanted::Resource => "a resource",
            Wanted::Error => "a structure with the trait `smithy.api#error`",
            Wanted::Io => "a structure without the trait `smithy.api#error`",
            Wanted::Key => "a string or an enum",
            Wanted::Data | Wanted::DataOrUnit | Wanted::Property => "the type of a value",
            Wanted::Identifier => "a string",
        }
    }

    fn allows(self, shape: &Shape) -> bool {
        let is_error = shape.traits.has("smithy.api#error");
        match (self, &shape.kind) {
            (Wanted::Any, _)
            | (Wanted::Operation, ShapeKind::Operation(_))
            | (Wanted::Resource, ShapeKind::Resource(_))
            | (Wanted::Key, ShapeKind::String | ShapeKind::Enum { .. })
            | (Wanted::Identifier, ShapeKind::String | ShapeKind::Enum { .. }) => true,
            (Wanted::Error, ShapeKind::Structure { .. }) => is_error,
            (Wanted::Io, ShapeKind::Structure { .. }) => !is_error,
            (
                Wanted::Data | Wanted::DataOrUnit | Wanted::Property,
                ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_),
            ) => false,
            (Wanted::Data, _) => !shape.is_unit(),
            (Wanted::DataOrUnit | Wanted::Property, _) => true,
            _ => false,
        }
    }
}

/// Checks the references of one shape.
struct Checker<'a, 'r> {
    draft: &'a Draft,
    shape: &'a Shape,
    reporter: &'a mut Reporter<'r>,
}

impl Checker<'_, '_> {
    fn all(&mut self, references: &[Reference], wanted: Wanted) {
        for reference in references {
            self.one(&self.shape.id, reference, wanted);
        }
    }

    fn one(&mut self, from: &ShapeId, reference: &Reference, wanted: Wanted) {
        let Some(target) = self.draft.shape(&reference.id) else {
            self.unresolved(from, reference);
            return;
        };
        if !wanted.allows(target) {
            let kind = if target.is_unit() {
                "`smithy.api#Unit`".to_owned()
            } else {
                described(target)
            };
            let message = format!(
                "the target `{}` is {kind}, and must be {}",
                reference.id,
                wanted.words()
            );
            self.reporter
                .error(Code::WrongTarget, from, reference.span, message);
        } else if target.traits.has("smithy.api#mixin") && wanted != Wanted::Any {
            let message = format!(
                "the target `{}` is a mixin, which no shape may target",
                reference.id
            );
            self.reporter
                .error(Code::WrongTarget, from, reference.span, message);
        }
    }

    fn unresolved(&mut self, from: &ShapeId, reference: &Reference) {
        if self.draft.is_excused(reference.id.as_str()) || reference.is_inherited() {
            return;
        }
        let help = self
            .reporter
            .suggest_shape(reference.id.as_str(), &self.draft.shapes);
        let message = format!("the target `{}` does not exist", reference.id);
        let mut fault = Diagnostic::error(Code::UnresolvedTarget, message);
        fault.help = help.or_else(|| {
            if self.reporter.files.role(reference.span.file) == Role::Overlay {
                return Some("correct the name; what the overlay was for may be gone".to_owned());
            }
            let prelude = reference.id.namespace() == "smithy.api";
            (!prelude).then(|| "is the file that defines it among the model files?".to_owned())
        });
        self.reporter
            .push(fault.on(from).at(self.reporter.files, reference.span));
    }

    /// The members of everything but maps.
    fn members(&mut self) {
        let mut names: HashMap<String, &Member> = HashMap::new();
        let wanted = match self.shape.kind {
            ShapeKind::Structure { .. } | ShapeKind::List { .. } => Wanted::Data,
            _ => Wanted::DataOrUnit,
        };
        // The values of an enum may well differ in case only; members of types are fields of objects on the wire.
        let folds = matches!(
            self.shape.kind,
            ShapeKind::Structure { .. } | ShapeKind::Union { .. }
        );
        for member in self.shape.members() {
            self.one(&member.id, &member.target, wanted);
            if folds && let Some(known) = names.insert(member.name().to_ascii_lowercase(), member) {
                let message = format!("this name and that of `{}` differ only in case", known.id);
                self.reporter
                    .error(Code::NameConflict, &member.id, member.span, message);
            }
        }
    }

    fn resource(&mut self, resource: &Resource) {
        for (_, identifier) in &resource.identifiers {
            self.one(&self.shape.id, identifier, Wanted::Identifier);
        }
        for (_, property) in &resource.properties {
            self.one(&self.shape.id, property, Wanted::Property);
        }
        for operation in resource.lifecycle().into_iter().flatten() {
            self.one(&self.shape.id, operation, Wanted::Operation);
        }
        self.all(&resource.operations, Wanted::Operation);
        self.all(&resource.collection_operations, Wanted::Operation);
        self.all(&resource.resources, Wanted::Resource);
    }
}

/// The type with its article, and what makes it unfit.
fn described(shape: &Shape) -> String {
    let name = shape.kind.name();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    let error = if shape.traits.has("smithy.api#error") {
        " with the trait `smithy.api#error`"
    } else {
        ""
    };
    format!("{article} {name}{error}")
}

/// Reports lists and maps that hold nothing but themselves, as no value of such a type ends.
///
/// See [recursive shapes](https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions).
fn collections_end(draft: &Draft, reporter: &mut Reporter<'_>) {
    let inner = |shape: &Shape| match &shape.kind {
        ShapeKind::List { member } | ShapeKind::Map { value: member, .. } => {
            Some(member.target.id.clone())
        }
        _ => None,
    };
    let mut done: HashSet<ShapeId> = HashSet::new();
    for shape in &draft.shapes {
        let mut path: HashSet<ShapeId> = HashSet::new();
        let mut next = Some(shape);
        while let Some(at) = next {
            if done.contains(&at.id) {
                break;
            }
            if !path.insert(at.id.clone()) {
                let message = "this collection holds nothing but itself, without end".to_owned();
                let fault = Diagnostic::error(Code::Recursion, message).on(&at.id);
                reporter.push(
                    fault
                        .at(reporter.files, at.span)
                        .help("put a structure or a union in between"),
                );
                break;
            }
            next = inner(at).and_then(|id| draft.shape(id));
        }
        done.extend(path);
    }
}

/// Reports resources that are below themselves.
fn resources_end(draft: &Draft, reporter: &mut Reporter<'_>) {
    let below = |id: &ShapeId| {
        let resource = draft.shape(id).and_then(Shape::as_resource);
        resource
            .map(|resource| resource.resources.as_slice())
            .unwrap_or_default()
    };
    let mut done: HashSet<ShapeId> = HashSet::new();
    for shape in draft
        .shapes
        .iter()
        .filter(|shape| shape.as_resource().is_some())
    {
        // Depth first, with the path kept apart: a resource met again on its own path closes a cycle.
        let mut path: HashSet<ShapeId> = HashSet::new();
        let mut stack = vec![(shape.id.clone(), below(&shape.id).iter())];
        if !done.insert(shape.id.clone()) {
            continue;
        }
        path.insert(shape.id.clone());
        while let Some((at, rest)) = stack.last_mut() {
            let Some(next) = rest.next() else {
                path.remove(at);
                stack.pop();
                continue;
            };
            if path.contains(&next.id) {
                let message = format!(
                    "the resource `{}` is, through its resources, below itself",
                    next.id
                );
                reporter.error(Code::ResourceCycle, at, next.span, message);
            } else if done.insert(next.id.clone()) {
                path.insert(next.id.clone());
                stack.push((next.id.clone(), below(&next.id).iter()));
            }
        }
    }
}
