//! The forms of trait values.

use crate::diagnostic::quoted;
use crate::model::ShapeId;
use crate::model::node::{Node, Value};

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// Whatever it is, something else checks it.
    Any,
    Boolean,
    Number,
    Whole,
    String,
    /// The id of a shape, `namespace#Name`.
    ShapeId,
    OneOf(&'static [&'static str]),
    /// An array, every element of this form.
    Array(&'static Form),
    /// An object, every value of this form.
    Map(&'static Form),
    /// An object with these among its entries: name, form, and whether it must be there.
    Object(&'static [(&'static str, Form, bool)]),
}

/// What keeps a value from having this form, and where.
pub(super) fn fault(node: &Node, form: Form) -> Option<(&Node, String)> {
    let expected = |what: &str| Some((node, format!("expected {what}, found {}", node.kind())));
    match (form, &node.value) {
        (Form::Any, _)
        | (Form::Boolean, Value::Boolean(_))
        | (Form::Number, Value::Number(_))
        | (Form::String, Value::String(_)) => None,
        (Form::Whole, Value::Number(text)) => {
            let whole = node.as_i64().is_some();
            (!whole).then(|| {
                (
                    node,
                    format!("expected a whole number, found {}", quoted(text)),
                )
            })
        }
        (Form::OneOf(choices), Value::String(text)) => {
            let found = choices.contains(&text.as_str());
            (!found).then(|| {
                (
                    node,
                    format!(
                        "expected one of {}, found {}",
                        choices.join(", "),
                        quoted(text)
                    ),
                )
            })
        }
        (Form::ShapeId, Value::String(text)) => {
            let is_id = ShapeId::parse(text).is_some_and(|id| id.member().is_none());
            (!is_id).then(|| {
                let message = format!(
                    "{} is not a shape id, which reads namespace#Name",
                    quoted(text)
                );
                (node, message)
            })
        }
        (Form::Array(form), Value::Array(elements)) => {
            elements.iter().find_map(|node| fault(node, *form))
        }
        (Form::Map(form), Value::Object(object)) => {
            object.iter().find_map(|(_, node)| fault(node, *form))
        }
        (Form::Object(entries), Value::Object(object)) => {
            entries
                .iter()
                .find_map(|(name, form, required)| match object.get(name) {
                    Some(value) => fault(value, *form),
                    None => required.then(|| (node, format!("the property `{name}` is missing"))),
                })
        }
        (Form::Boolean, _) => expected("a boolean"),
        (Form::Number, _) => expected("a number"),
        (Form::Whole, _) => expected("a whole number"),
        (Form::String | Form::ShapeId | Form::OneOf(_), _) => expected("a string"),
        (Form::Array(_), _) => expected("an array"),
        (Form::Map(_) | Form::Object(_), _) => expected("an object"),
    }
}
