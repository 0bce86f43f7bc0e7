//! Which shape each printed item is made from, for tools that speak of both.

use std::collections::HashMap;

use super::{Closure, Names, Selection, select, service};
use crate::diagnostic::Diagnostics;
use crate::model::{Model, ShapeId};
use crate::names::Name;

/// The shapes of what has a name of its own in Rust.
#[derive(Debug)]
pub(crate) struct Origins {
    /// The service.
    pub(crate) service: ShapeId,
    /// Of the types of the module `types`, by their names.
    pub(crate) types: HashMap<Name, ShapeId>,
    /// Of the errors, by the names of their structs.
    pub(crate) faults: HashMap<Name, ShapeId>,
    /// Of the operations, by their modules.
    pub(crate) operations: HashMap<Name, ShapeId>,
}

/// Finds them by naming everything anew, as [`lower`](super::lower) does; what that reports is not reported again.
pub(crate) fn origins(model: &Model, selection: &Selection) -> Option<Origins> {
    let unheard = &mut Diagnostics::new();
    let service = service::find(model, selection.service.as_deref(), unheard)?;
    let chosen = select::operations(model, service, selection, unheard);
    let closure = Closure::of(model, service, &chosen);
    let names = Names::of(service, &chosen, &closure);
    let types = closure.types().filter_map(|(shape, _)| {
        let name = names.of_type(shape)?.name.clone();
        Some((name, shape.id.clone()))
    });
    let faults = closure.errors.iter().filter_map(|shape| {
        let name = names.of_fault(shape)?.names.name.clone();
        Some((name, shape.id.clone()))
    });
    let operations = chosen.iter().filter_map(|shape| {
        let module = names.of_operation(shape)?.module.clone();
        Some((module, shape.id.clone()))
    });
    Some(Origins {
        service: service.id.clone(),
        types: types.collect(),
        faults: faults.collect(),
        operations: operations.collect(),
    })
}
