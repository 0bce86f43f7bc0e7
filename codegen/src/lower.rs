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
mod nesting;
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
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Shape, ShapeId, Span};

#[cfg(feature = "tools")]
pub use traits::Treatment;
#[cfg(feature = "tools")]
pub(crate) use {
    closure::{errors_of, is_enum, is_type},
    demands::is_scheme,
    names::enum_values,
    select::stream,
    service::{is_protocol, spoken_name},
    traits::treatment,
};

use boxes::Boxes;
pub(crate) use closure::Closure;
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
    /// Whether operations that are named are kept also where they have a stream: to be looked at, as they are not printed.
    pub(crate) streams: bool,
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
    let Some(boxes) = Boxes::of(model, &closure) else {
        let message = "the types of this service hold each other in too many ways";
        let fault = Diagnostic::error(Code::UnsupportedShape, message)
            .help("leave out the operations that need them by naming those that you want");
        diagnostics.push(fault.on(&service.id).at(&model.files, service.span));
        return None;
    };
    if !nesting::check(model, &closure, &boxes, diagnostics) {
        return None;
    }
    let mut cx = Cx {
        model,
        service,
        docs: Docs::new(service, &names, &chosen, &closure),
        boxes,
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

/// The service, the chosen operations and what they reach, as the model has them; `None` where there is no such service.
///
/// Names that are asked for and not there are added to `diagnostics`.
#[cfg(feature = "tools")]
pub(crate) fn choose<'m>(
    model: &'m Model,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<(&'m Shape, Vec<&'m Shape>, Closure<'m>)> {
    let service = service::find(model, selection.service.as_deref(), diagnostics)?;
    let chosen = select::operations(model, service, selection, diagnostics);
    let closure = Closure::of(model, service, &chosen);
    Some((service, chosen, closure))
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
