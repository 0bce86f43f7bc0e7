//! Rust expressions for the values of a model, with the client's crate as `kms`.

use crate::model::{Model, Shape};
use serde_json::Value;

/// The name of a member or an operation as a function.
///
/// A name of its own, and not that of the generator, so that both cannot be wrong together.
pub(crate) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let starts = match before {
            Some(before) if before.is_uppercase() => letters
                .get(at + 1)
                .is_some_and(|after| after.is_lowercase()),
            Some(_) => true,
            None => false,
        };
        if letter.is_uppercase() && starts {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// The name of a shape or a union's member as a type or a variant.
pub(crate) fn pascal(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    snake(name).split('_').map(capital).collect()
}

/// An expression of the value, of the type that a setter takes.
pub(crate) fn expression(model: &Model, shape: Shape<'_>, value: &Value) -> String {
    let text = || {
        value
            .as_str()
            .unwrap_or_else(|| panic!("{}: {value} is no string", shape.name))
    };
    match shape.kind() {
        "structure" => structure(model, shape, value),
        "string" => format!("String::from({:?})", text()),
        "enum" => format!("kms::types::{}::from({:?})", shape.name, text()),
        "blob" => format!("kms::primitives::Blob::new(support::base64({:?}))", text()),
        "timestamp" => format!(
            "kms::primitives::DateTime::from_str({:?}, kms::primitives::DateTimeFormat::DateTime).expect(\"a date\")",
            text()
        ),
        "boolean" | "integer" => value.to_string(),
        "list" => {
            let item = model.target(shape.part("member"));
            let items = elements(value)
                .iter()
                .map(|value| expression(model, item, value));
            format!("vec![{}]", items.collect::<Vec<_>>().join(", "))
        }
        "map" => {
            let item = model.target(shape.part("value"));
            let entries = entries(value).map(|(key, value)| {
                format!(
                    "(String::from({key:?}), {})",
                    expression(model, item, value)
                )
            });
            format!(
                "HashMap::from([{}])",
                entries.collect::<Vec<_>>().join(", ")
            )
        }
        other => panic!("{}: no expression for a shape of type {other}", shape.name),
    }
}

/// Whether `build` of a structure can fail: required members make it so, but not structures and unions, which stay
/// optional in the official client.
pub(crate) fn fallible(model: &Model, shape: Shape<'_>) -> bool {
    let members = shape.members();
    let mut required = members.into_iter().filter(Shape::required);
    required.any(|member| !matches!(model.target(member).kind(), "structure" | "union"))
}

/// `kms::types::Tag::builder()...build()`.
fn structure(model: &Model, shape: Shape<'_>, value: &Value) -> String {
    let fallible = fallible(model, shape);
    format!(
        "kms::types::{}::builder(){}.build(){}",
        shape.name,
        plain_setters(model, shape, value),
        if fallible {
            ".expect(\"all is set\")"
        } else {
            ""
        }
    )
}

/// `.key_id(...)` for each value; collections are given item by item.
pub(crate) fn plain_setters(model: &Model, shape: Shape<'_>, value: &Value) -> String {
    let setter = |(name, value): (&String, &Value)| {
        let member = model.target(shape.member(name));
        let name = snake(name);
        match member.kind() {
            "list" => {
                let item = model.target(member.part("member"));
                let call = |value| format!(".{name}({})", expression(model, item, value));
                elements(value).iter().map(call).collect()
            }
            "map" => {
                let item = model.target(member.part("value"));
                let call =
                    |(key, value)| format!(".{name}({key:?}, {})", expression(model, item, value));
                entries(value).map(call).collect()
            }
            _ => format!(".{name}({})", expression(model, member, value)),
        }
    };
    entries(value).map(setter).collect()
}

/// `.set_key_id(Some(...))` for each value.
pub(crate) fn set_setters(model: &Model, shape: Shape<'_>, value: &Value) -> String {
    let setter = |(name, value): (&String, &Value)| {
        let member = model.target(shape.member(name));
        format!(
            ".set_{}(Some({}))",
            snake(name),
            expression(model, member, value)
        )
    };
    entries(value).map(setter).collect()
}

fn elements(value: &Value) -> &[Value] {
    value
        .as_array()
        .unwrap_or_else(|| panic!("{value} is no array"))
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("{value} is no object"))
        .iter()
}
