//! Decides what is printed: a [`Model`] and the operations that are asked for become an [`Api`].
//!
//! All decisions and all refusals are here: which shapes are reached, what is optional, what is boxed, how things are
//! called, how documentation reads. Every fault is collected; none stops the search for others.

mod boxes;
mod closure;
mod constraints;
mod demands;
mod discovery;
mod docs;
mod endpoint;
mod jmespath;
mod names;
mod operation;
#[cfg(feature = "tools")]
mod origins;
mod paginator;
mod path;
mod pattern;
mod predicate;
mod presence;
mod protocol;
mod select;
mod service;
mod time;
mod traits;
mod types;
mod waiter;

#[cfg(test)]
mod tests;

use crate::api::Api;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, Shape, ShapeId, Span};

use boxes::Boxes;
use closure::Closure;
use docs::Docs;
use names::Names;
#[cfg(feature = "tools")]
pub(crate) use origins::{Origins, origins};
#[cfg(feature = "tools")]
pub(crate) use select::unknown;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    /// The shape id or the name of the service; none where the model has one service.
    pub(crate) service: Option<String>,
    /// Names of operations, or patterns such as `*CustomKeyStore*`; all operations when empty.
    pub(crate) operations: Vec<String>,
    /// Whether a name or a pattern that no operation has is passed over.
    pub(crate) lenient: bool,
    /// Whether inputs can be checked before they are sent.
    pub(crate) validates: bool,
}

/// Makes the description of a client.
///
/// Everything that is wrong is added to `diagnostics`; `None` when there is any error among it.
pub(crate) fn lower(
    model: &Model,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let service = service::find(model, selection.service.as_deref(), diagnostics)?;
    let chosen = select::operations(model, service, selection, diagnostics);
    let closure = Closure::of(model, service, &chosen);
    traits::check(model, service, &chosen, &closure, diagnostics);
    let names = Names::of(service, &chosen, &closure);
    let mut cx = Cx {
        model,
        service,
        docs: Docs::new(service, &names, &chosen, &closure),
        boxes: Boxes::of(model, &closure),
        closure,
        names,
        diagnostics,
    };
    let types = types::types(&mut cx);
    let faults = types::faults(&mut cx);
    let mut operations = operation::operations(&mut cx, &chosen, &types);
    let endpoint = endpoint::rules(&mut cx, &chosen, &mut operations, &types);
    let discovery = discovery::discovery(&mut cx, &chosen, &operations);
    let protocol_tests = protocol::tests(&mut cx, &chosen, &operations, &types, &faults);
    let constraints = selection
        .validates
        .then(|| constraints::constraints(&mut cx, &chosen));
    let service = service::service(&mut cx);
    if cx.diagnostics.has_errors() {
        return None;
    }
    Some(Api {
        service: service?,
        operations,
        types,
        faults,
        endpoint: endpoint?,
        discovery,
        protocol_tests,
        constraints,
    })
}

/// What all parts of lowering share.
struct Cx<'m, 'd> {
    model: &'m Model,
    service: &'m Shape,
    closure: Closure<'m>,
    boxes: Boxes<'m>,
    names: Names<'m>,
    docs: Docs,
    diagnostics: &'d mut Diagnostics,
}

impl Cx<'_, '_> {
    /// Adds a fault with its address.
    fn report(&mut self, diagnostic: Diagnostic, shape: &ShapeId, span: Span) {
        self.diagnostics
            .push(diagnostic.on(shape).at(&self.model.files, span));
    }
}
