//! Values of traits that depend on each other or on the type they are about: bounds, defaults, values of enums.

use std::collections::HashMap;

use crate::diagnostic::{Code, quoted};
use crate::list::List as _;
use crate::model::draft::{Draft, Reporter};
use crate::model::{Member, Node, Shape, ShapeKind, Trait, Value};

/// What is wrong with a trait's value, whose form is right, and where.
pub(super) fn fault<'a>(
    one: &'a Trait,
    value: &Shape,
    draft: &Draft,
) -> Option<(&'a Node, String)> {
    if one.id == "smithy.api#auth" {
        return auth(&one.value, draft);
    }
    let fault = match one.id.as_str() {
        "smithy.api#length" => bounds(one),
        "smithy.api#range" => bounds(one).or_else(|| whole_bounds(one, &value.kind)),
        "smithy.api#default" => default(&one.value, &value.kind),
        "smithy.api#enum" => enum_trait(&one.value),
        "smithy.waiters#waitable" => waiters(&one.value),
        _ => None,
    };
    fault.map(|message| (&one.value, message))
}

/// The ways to authenticate that Smithy itself defines.
const SCHEMES: [&str; 4] = [
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// See [auth trait](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait). Models seldom bring the
/// definitions of AWS's own schemes; of what they bring, only a scheme will do.
fn auth<'a>(value: &'a Node, draft: &Draft) -> Option<(&'a Node, String)> {
    let is_scheme = |id: &str| match id.strip_prefix("smithy.api#") {
        Some(_) => SCHEMES.contains(&id),
        None => {
            let shape = draft.shape(id);
            shape.is_none_or(|shape| shape.traits.has("smithy.api#authDefinition"))
        }
    };
    let schemes = value.as_array().unwrap_or_default();
    let wrong = schemes
        .iter()
        .find(|node| !node.as_str().is_some_and(is_scheme))?;
    let id = wrong.as_str().unwrap_or_default();
    let message = format!("{} is no way to authenticate", quoted(id));
    Some((wrong, message))
}

fn waiters(value: &Node) -> Option<String> {
    value.is_empty().then(|| "it has no waiter".to_owned())
}

fn bounds(one: &Trait) -> Option<String> {
    let (min, max) = (one.value.get("min"), one.value.get("max"));
    let number = |node: Option<&Node>| node.and_then(Node::as_f64);
    match (number(min), number(max)) {
        (None, None) => Some("one of `min` and `max` must be there".to_owned()),
        (Some(min), Some(max)) if min > max => {
            Some(format!("`min` ({min}) is greater than `max` ({max})"))
        }
        (min, max) if one.id == "smithy.api#length" => {
            let negative = min.into_iter().chain(max).find(|bound| *bound < 0.0);
            negative.map(|bound| format!("a length is never {bound}"))
        }
        _ => None,
    }
}

/// A type without fractions has bounds without fractions.
fn whole_bounds(one: &Trait, kind: &ShapeKind) -> Option<String> {
    if matches!(
        kind,
        ShapeKind::Float | ShapeKind::Double | ShapeKind::BigDecimal
    ) {
        return None;
    }
    let bounds = ["min", "max"]
        .into_iter()
        .filter_map(|key| one.value.get(key));
    let fraction = bounds
        .filter_map(Node::as_f64)
        .find(|bound| bound.fract() != 0.0);
    fraction.map(|bound| format!("{bound} is no bound for the type {}", kind.name()))
}

/// See [default value constraints](https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints).
fn default(value: &Node, kind: &ShapeKind) -> Option<String> {
    let whole = |low: i64, high: i64| {
        value
            .as_i64()
            .is_some_and(|number| (low..=high).contains(&number))
    };
    let text = value.as_str();
    let fits = match kind {
        // No default: what an earlier one, on the target, is taken back with.
        _ if value.is_null() => true,
        ShapeKind::Boolean => value.as_bool().is_some(),
        ShapeKind::String | ShapeKind::Blob => text.is_some(),
        ShapeKind::Byte => whole(i8::MIN.into(), i8::MAX.into()),
        ShapeKind::Short => whole(i16::MIN.into(), i16::MAX.into()),
        ShapeKind::Integer | ShapeKind::IntEnum { .. } => whole(i32::MIN.into(), i32::MAX.into()),
        ShapeKind::Long => value.as_i64().is_some(),
        ShapeKind::BigInteger => value
            .as_number()
            .is_some_and(|text| !text.contains(['.', 'e', 'E'])),
        ShapeKind::BigDecimal => value.as_number().is_some(),
        ShapeKind::Float | ShapeKind::Double => {
            value.as_number().is_some() || matches!(text, Some("NaN" | "Infinity" | "-Infinity"))
        }
        ShapeKind::Timestamp => value.as_number().is_some() || text.is_some(),
        ShapeKind::Enum { members } => {
            text.is_some_and(|text| members.iter().any(|one| enum_value(one) == text))
        }
        ShapeKind::List { .. } => value.as_array().is_some_and(<[Node]>::is_empty),
        ShapeKind::Map { .. } => value.as_object().is_some_and(|object| object.is_empty()),
        ShapeKind::Document => true,
        _ => return Some(format!("a {} has no default", kind.name())),
    };
    let found = match &value.value {
        Value::Number(text) => quoted(text),
        Value::String(text) => quoted(text),
        _ => value.kind().to_owned(),
    };
    (!fits).then(|| format!("{found} is no default for the type {}", kind.name()))
}

/// What a member of an enum of strings is on the wire.
fn enum_value(member: &Member) -> &str {
    member
        .traits
        .str("smithy.api#enumValue")
        .unwrap_or(member.name())
}

/// See [enum trait](https://smithy.io/1.0/spec/core/constraint-traits.html#enum-trait).
fn enum_trait(value: &Node) -> Option<String> {
    let values = value.as_array()?;
    if values.is_empty() {
        return Some("an enum has at least one value".to_owned());
    }
    let names: Vec<&str> = values
        .iter()
        .filter_map(|one| one.get("name")?.as_str())
        .list();
    if !names.is_empty() && names.len() < values.len() {
        return Some("all values have names, or none has".to_owned());
    }
    if let Some(name) = names.iter().find(|name| !is_constant(name)) {
        return Some(format!("{} is not a valid name for a value", quoted(name)));
    }
    let texts = values.iter().filter_map(|one| one.get("value")?.as_str());
    let twice = first_twice(texts).or_else(|| first_twice(names.into_iter()));
    twice.map(|text| format!("{} is there twice", quoted(text)))
}

/// `^[a-zA-Z_]+[a-zA-Z_0-9]*$`
fn is_constant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn first_twice<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = std::collections::HashSet::new();
    let mut texts = texts;
    texts.find(|text| !seen.insert(*text))
}

pub(super) fn is_number(kind: &ShapeKind) -> bool {
    matches!(
        kind,
        ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::Long
            | ShapeKind::Float
            | ShapeKind::Double
            | ShapeKind::BigInteger
            | ShapeKind::BigDecimal
            | ShapeKind::IntEnum { .. }
    )
}

/// Checks what the members of a shape may say only once, or must say each differently.
pub(super) fn of_shape(shape: &Shape, reporter: &mut Reporter<'_>) {
    match &shape.kind {
        ShapeKind::Structure { members } => {
            second_token(members, reporter);
            optional_labels(members, reporter);
        }
        ShapeKind::Enum { members } => enum_values(members, reporter, |member| {
            match member.traits.get("smithy.api#enumValue") {
                None => Ok(member.name().to_owned()),
                Some(node) => match node.as_str() {
                    Some(text) => Ok(text.to_owned()),
                    None => Err(format!("expected a string, found {}", node.kind())),
                },
            }
        }),
        ShapeKind::IntEnum { members } => enum_values(members, reporter, |member| {
            let value = member.traits.get("smithy.api#enumValue");
            let number = value
                .and_then(Node::as_i64)
                .and_then(|number| i32::try_from(number).ok());
            number
                .map(|number| number.to_string())
                .ok_or_else(|| "expected a whole number of 32 bits".to_owned())
        }),
        _ => {}
    }
}

fn second_token(members: &[Member], reporter: &mut Reporter<'_>) {
    let tokens = members
        .iter()
        .filter_map(|member| Some((member, member.traits.find("smithy.api#idempotencyToken")?)));
    for (member, second) in tokens.skip(1) {
        let message = "another member is the idempotency token already".to_owned();
        reporter.error(Code::BadTraitValue, &member.id, second.span, message);
    }
}

fn optional_labels(members: &[Member], reporter: &mut Reporter<'_>) {
    for member in members
        .iter()
        .filter(|member| !member.traits.has("smithy.api#required"))
    {
        if let Some(label) = member.traits.find("smithy.api#hostLabel") {
            let message = "a host label must have the trait `smithy.api#required`".to_owned();
            reporter.error(Code::BadTraitValue, &member.id, label.span, message);
        }
    }
}

/// Checks that every member of an enum has a value and that no two have the same.
fn enum_values(
    members: &[Member],
    reporter: &mut Reporter<'_>,
    value: impl Fn(&Member) -> Result<String, String>,
) {
    let mut seen: HashMap<String, &Member> = HashMap::new();
    for member in members {
        let message = match value(member) {
            Ok(text) => match seen.insert(text, member) {
                None => continue,
                Some(known) => format!("`{}` has this value already", known.id),
            },
            Err(message) => message,
        };
        let span = member
            .traits
            .get("smithy.api#enumValue")
            .map_or(member.span, |node| node.span);
        let message = format!("the value of the enum is not valid: {message}");
        reporter.error(Code::BadTraitValue, &member.id, span, message);
    }
}
