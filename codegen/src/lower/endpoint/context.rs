//! What operations fill parameters of the endpoint rules with: the traits [`staticContextParams`, `contextParam` and
//! `operationContextParams`][1].
//!
//! [1]: https://smithy.io/2.0/additional-specs/rules-engine/parameters.html

use super::super::{Cx, jmespath, path};
use super::param_value;
use crate::api::{
    ContextParam, ContextValue, Operation, Param, ParamType, Path, PathStep, Ty, Type,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Node, Shape, ShapeId, Span};

/// Tells the operations what they fill, and the parameters that they are filled. What does not fit is reported.
pub(super) fn bind(
    cx: &mut Cx<'_, '_>,
    params: &mut [Param],
    chosen: &[&Shape],
    operations: &mut [Operation],
    types: &[Type],
) {
    for shape in chosen {
        let Some(operation) = operations
            .iter_mut()
            .find(|operation| operation.wire == shape.id.name())
        else {
            continue;
        };
        for binding in bindings(cx.model, shape) {
            // A parameter that the rules do not have cannot change the answer.
            let Some(param) = params.iter_mut().find(|param| param.wire == binding.param) else {
                continue;
            };
            match value(&binding, param, operation, types) {
                Ok(value) => {
                    param.from_operation = true;
                    let filled = operation.context.iter().any(|one| one.name == param.name);
                    operation.context.push(ContextParam {
                        name: param.name.clone(),
                        overrides: filled
                            || param.from_client
                            || param.built_in.is_some()
                            || param.default.is_some(),
                        value,
                    });
                }
                Err(error) => {
                    let message = format!(
                        "the endpoint parameter `{}` cannot be filled: {error}",
                        binding.param
                    );
                    let diagnostic = Diagnostic::error(Code::BadEndpointRules, message);
                    cx.report(diagnostic, binding.on, binding.span);
                }
            }
        }
    }
}

/// One parameter that a model says an operation fills.
struct Binding<'m> {
    param: &'m str,
    source: Source<'m>,
    on: &'m ShapeId,
    span: Span,
}

enum Source<'m> {
    Static(&'m Node),
    Member(&'m str),
    Path(&'m str),
}

/// All of them, the more specific ones last.
fn bindings<'m>(model: &'m Model, operation: &'m Shape) -> Vec<Binding<'m>> {
    let entries = |id: &str| {
        let object = operation.traits.get(id).and_then(Node::as_object);
        object.map_or(&[] as &[_], |object| &object.entries)
    };
    let mut all = Vec::new();
    for entry in entries("smithy.rules#operationContextParams") {
        if let Some(path) = entry.value.get("path").and_then(Node::as_str) {
            all.push(Binding {
                param: &entry.key,
                source: Source::Path(path),
                on: &operation.id,
                span: entry.value.span,
            });
        }
    }
    let input = operation.as_operation().map(|signature| &signature.input);
    for member in input
        .into_iter()
        .flat_map(|input| model.target(input).members())
    {
        let Some(one) = member.traits.find("smithy.rules#contextParam") else {
            continue;
        };
        if let Some(param) = one.value.get("name").and_then(Node::as_str) {
            all.push(Binding {
                param,
                source: Source::Member(member.name()),
                on: &member.id,
                span: one.span,
            });
        }
    }
    for entry in entries("smithy.rules#staticContextParams") {
        if let Some(value) = entry.value.get("value") {
            all.push(Binding {
                param: &entry.key,
                source: Source::Static(value),
                on: &operation.id,
                span: entry.value.span,
            });
        }
    }
    all
}

/// Where the value is from; the error says in a few words why there is none.
fn value(
    binding: &Binding<'_>,
    param: &Param,
    operation: &Operation,
    types: &[Type],
) -> Result<ContextValue, String> {
    let (path, required) = match binding.source {
        Source::Static(node) => {
            let value = param_value(node, param.ty);
            return value
                .map(ContextValue::Static)
                .ok_or_else(|| format!("the value is {}", node.kind()));
        }
        Source::Path(text) => {
            let expression = jmespath::parse(text)
                .map_err(|error| format!("the path `{text}` is not handled: {error}"))?;
            let path = path::resolve(&expression, &operation.input, types)
                .map_err(|error| format!("the path `{text}` leads nowhere: {error}"))?;
            (path, false)
        }
        Source::Member(wire) => {
            let fields = operation.input.fields.iter();
            let field = fields.into_iter().find(|field| field.wire == wire);
            let field = field.ok_or_else(|| format!("the input has no member `{wire}`"))?;
            let steps = vec![PathStep::Field {
                name: field.name.clone(),
                ty: field.ty.clone(),
                optional: field.optional(),
                deprecated: operation.input.deprecates(field),
            }];
            let ty = field.ty.clone();
            (Path { steps, ty }, field.required)
        }
    };
    let one = path
        .steps
        .iter()
        .all(|step| matches!(step, PathStep::Field { .. }));
    match (param.ty, &path.ty) {
        (ParamType::String, ty) if one && ty.is_text() && required => {
            Ok(ContextValue::Required(path))
        }
        (ParamType::String, ty) if one && ty.is_text() => Ok(ContextValue::One(path)),
        (ParamType::Boolean, Ty::Boolean) if one => Ok(ContextValue::One(path)),
        (ParamType::StringArray, ty) if !one && ty.is_text() => Ok(ContextValue::Several(path)),
        (ParamType::StringArray, Ty::List { element, sparse })
            if one && element.is_text() && !sparse =>
        {
            Ok(ContextValue::Several(path))
        }
        (_, ty) => Err(format!(
            "{} {} is of another type than it",
            path::kind(Some(ty)),
            if one { "in the input" } else { "in a list" }
        )),
    }
}
