//! Operations: inputs, outputs, the faults of each, and their paginators and waiters.

use super::closure::{Use, errors_of};
use super::docs::{self, Place, Subject};
use super::presence::Role;
use super::{Cx, demands, paginator, types, waiter};
use crate::api::{Operation, Record, Type};
use crate::list::List as _;
use crate::model::{Shape, Traits};
use crate::order;

/// The chosen operations, in their order.
pub(super) fn operations(cx: &mut Cx<'_, '_>, chosen: &[&Shape], types: &[Type]) -> Vec<Operation> {
    let mut scope = waiter::Scopes::new();
    chosen
        .iter()
        .filter_map(|shape| operation(cx, shape, types, &mut scope))
        .list()
}

fn operation(
    cx: &mut Cx<'_, '_>,
    shape: &Shape,
    types: &[Type],
    scopes: &mut waiter::Scopes,
) -> Option<Operation> {
    let model = cx.model;
    let signature = shape.as_operation()?;
    let names = cx.names.of_operation(shape)?.clone();
    let (input_shape, output_shape) = (
        model.target(&signature.input),
        model.target(&signature.output),
    );
    let mut input = types::record(
        cx,
        input_shape,
        names.input,
        Role::Input,
        Use {
            written: true,
            read: false,
        },
    );
    let mut output = types::record(
        cx,
        output_shape,
        names.output,
        Role::Output,
        Use {
            written: false,
            read: true,
        },
    );
    describe(&mut input, &input_shape.traits, shape, "input");
    describe(&mut output, &output_shape.traits, shape, "output");
    let errors = errors_of(model, cx.service, signature);
    let mut faults: Vec<_> = errors
        .iter()
        .filter_map(|error| Some(cx.names.of_fault(error)?.names.name.clone()))
        .list();
    order::sort(&mut faults);
    let paginator_names = (names.paginator, names.items);
    Some(Operation {
        context: Vec::new(),
        paginator: paginator::paginator(cx, shape, &input, &output, paginator_names, types),
        waiters: waiter::waiters(cx, shape, (&input, &output), types, scopes),
        demands: demands::demands(cx, shape),
        address: demands::address(cx, shape, input_shape, &input),
        doc: cx.docs.of(
            &shape.traits,
            Subject::Operation(shape.id.name()),
            Place::Other,
        ),
        deprecated: docs::deprecated(&shape.traits),
        wire: shape.id.name().to_owned(),
        name: names.name,
        module: names.module,
        error: names.error,
        fluent: names.fluent,
        input,
        output,
        faults,
    })
}

/// Says what an input or output is where the model does not.
fn describe(record: &mut Record, traits: &Traits, operation: &Shape, part: &str) {
    if !traits.has("smithy.api#documentation") {
        record.doc = docs::line(&format!("The {part} of `{}`.", operation.id.name()));
    }
}
