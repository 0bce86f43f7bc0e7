//! The closure of the chosen operations: the shapes they reach, and in which direction.

use std::collections::HashMap;

use crate::list::List as _;
use crate::model::{Model, Operation, Reference, Shape, ShapeKind};
use crate::order;

/// In which direction values of a shape travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Use {
    /// An input reaches it.
    pub(super) written: bool,
    /// An output or an error reaches it.
    pub(super) read: bool,
}

/// What the chosen operations reach.
#[derive(Debug)]
pub(crate) struct Closure<'m> {
    /// Everything reached through members, lists and simple shapes included, in the order of their ids; inputs, outputs
    /// and errors are among it only where a member targets them.
    pub(crate) shapes: Vec<(&'m Shape, Use)>,
    /// The errors of the operations and of the service, in the order of their ids.
    pub(crate) errors: Vec<&'m Shape>,
}

impl<'m> Closure<'m> {
    /// Follows the members of inputs, outputs and errors.
    pub(crate) fn of(
        model: &'m Model,
        service: &'m Shape,
        operations: &[&'m Shape],
    ) -> Closure<'m> {
        let mut errors: Vec<&Shape> = Vec::new();
        let mut reached: HashMap<&'m str, (&'m Shape, Use)> = HashMap::new();
        for operation in operations.iter().filter_map(|shape| shape.as_operation()) {
            errors.extend(errors_of(model, service, operation));
            reach(
                model,
                model.target(&operation.input),
                Use {
                    written: true,
                    read: false,
                },
                &mut reached,
            );
            reach(
                model,
                model.target(&operation.output),
                Use {
                    written: false,
                    read: true,
                },
                &mut reached,
            );
        }
        order::sort_by(&mut errors, |a, b| a.id.cmp(&b.id));
        errors.dedup_by(|a, b| a.id == b.id);
        for error in &errors {
            reach(
                model,
                error,
                Use {
                    written: false,
                    read: true,
                },
                &mut reached,
            );
        }
        let mut shapes: Vec<_> = reached.into_values().list();
        order::sort_by(&mut shapes, |(a, _), (b, _)| a.id.cmp(&b.id));
        Closure { shapes, errors }
    }

    /// The shapes that become types: structures, unions and enums.
    pub(crate) fn types(&self) -> impl Iterator<Item = (&'m Shape, Use)> {
        self.shapes
            .iter()
            .copied()
            .filter(|(shape, _)| is_type(shape))
    }

    /// How many shapes of the model are in it, with the operations, inputs, outputs and errors, without the service and
    /// Smithy's own.
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn size(&self, model: &Model, operations: &[&Shape]) -> usize {
        let shapes = self.shapes.iter().map(|(shape, _)| *shape);
        let signatures = operations.iter().filter_map(|shape| shape.as_operation());
        let ends = signatures
            .flat_map(|operation| [&operation.input, &operation.output])
            .map(|reference| model.target(reference));
        let all = shapes
            .chain(self.errors.iter().copied())
            .chain(operations.iter().copied())
            .chain(ends);
        let own = all.filter(|shape| shape.id.namespace() != "smithy.api");
        let ids: std::collections::HashSet<&str> = own.map(|shape| shape.id.as_str()).collect();
        ids.len()
    }
}

/// The errors of an operation with those that every operation of the service may return, each once.
pub(crate) fn errors_of<'m>(
    model: &'m Model,
    service: &'m Shape,
    operation: &'m Operation,
) -> Vec<&'m Shape> {
    let common: &[Reference] = service.as_service().map_or(&[], |service| &service.errors);
    let mut errors: Vec<&Shape> = operation
        .errors
        .iter()
        .chain(common)
        .map(|reference| model.target(reference))
        .list();
    order::sort_by(&mut errors, |a, b| a.id.cmp(&b.id));
    errors.dedup_by(|a, b| a.id == b.id);
    errors
}

/// Whether a shape gets a type of its own.
pub(crate) fn is_type(shape: &Shape) -> bool {
    match shape.kind {
        ShapeKind::Structure { .. } => !shape.is_unit(),
        ShapeKind::Union { .. } => true,
        _ => is_enum(shape),
    }
}

/// Whether a shape is an enum of strings, be it written in Smithy 1.0 or 2.0.
pub(crate) fn is_enum(shape: &Shape) -> bool {
    match shape.kind {
        ShapeKind::Enum { .. } => true,
        ShapeKind::String => shape.traits.has("smithy.api#enum"),
        _ => false,
    }
}

/// Marks all that the members of `root` lead to. Without recursion, as a model may nest as deep as it likes.
fn reach<'m>(
    model: &'m Model,
    root: &'m Shape,
    way: Use,
    reached: &mut HashMap<&'m str, (&'m Shape, Use)>,
) {
    let mut open = vec![root];
    while let Some(shape) = open.pop() {
        if matches!(
            shape.kind,
            ShapeKind::Enum { .. } | ShapeKind::IntEnum { .. }
        ) {
            continue;
        }
        for member in shape.members() {
            let target = model.target(&member.target);
            let (_, entry) = reached
                .entry(target.id.as_str())
                .or_insert((target, Use::default()));
            if matches!(&shape.kind, ShapeKind::Map { key, .. } if key.id == member.id) {
                // A key is written and read as a string, whatever its type.
                continue;
            }
            let after = Use {
                written: entry.written || way.written,
                read: entry.read || way.read,
            };
            if after != *entry {
                *entry = after;
                open.push(target);
            }
        }
    }
}
