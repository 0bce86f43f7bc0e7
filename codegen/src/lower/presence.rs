//! Optionality: which fields are an `Option`, which are required, and which have a default.
//!
//! This follows [nullability](https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality) for a careful
//! client, as the official SDKs do: members of inputs, members marked `clientOptional`, and members that hold a structure or
//! a union can all be missing, whatever the model requires.

use super::{Cx, time};
use crate::api::{Literal, Presence};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Member, Model, Node, Shape, ShapeKind, Value};

/// What a structure is to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its input.
    Input,
    /// Its output.
    Output,
    /// One of its errors.
    Fault,
    /// A value in any of these.
    Value,
}

/// What a member means when it is not there.
pub(super) fn presence(cx: &mut Cx<'_, '_>, member: &Member, role: Role) -> Presence {
    let target = cx.model.target(&member.target);
    if role == Role::Input || is_optional(cx.model, member) {
        return Presence::Optional;
    }
    let Some(default) = default(member) else {
        return Presence::Required;
    };
    match literal(&default.value, target) {
        Some(literal) => Presence::Defaulted(literal),
        None => {
            let message = format!(
                "the default value is {}, which has no form in Rust for a {}",
                default.kind(),
                target.kind.name()
            );
            cx.report(
                Diagnostic::error(Code::BadDefault, message),
                &member.id,
                default.span,
            );
            Presence::Optional
        }
    }
}

/// Whether building the structure fails when a member is missing.
pub(super) fn is_fallible(model: &Model, shape: &Shape) -> bool {
    shape
        .members()
        .any(|member| !is_optional(model, member) && default(member).is_none())
}

/// Whether a member outside of inputs can be missing.
fn is_optional(model: &Model, member: &Member) -> bool {
    let target = model.target(&member.target);
    let aggregate = matches!(
        target.kind,
        ShapeKind::Structure { .. } | ShapeKind::Union { .. }
    );
    let null = member
        .traits
        .get("smithy.api#default")
        .is_some_and(Node::is_null);
    let promised = member.traits.has("smithy.api#required") || default(member).is_some();
    aggregate || null || member.traits.has("smithy.api#clientOptional") || !promised
}

/// The default of a member, unless it is null.
fn default(member: &Member) -> Option<&Node> {
    member
        .traits
        .get("smithy.api#default")
        .filter(|node| !node.is_null())
}

/// The default as a value of the target's type.
fn literal(value: &Value, target: &Shape) -> Option<Literal> {
    use ShapeKind as Kind;
    let literal = match (value, &target.kind) {
        (Value::Boolean(value), Kind::Boolean | Kind::Document) => Literal::Boolean(*value),
        (Value::Number(text), Kind::Float) => {
            // A literal that 32 bits do not hold would not compile.
            Literal::Float(finite(text).filter(|value| (*value as f32).is_finite())?)
        }
        (Value::Number(text), Kind::Double) => Literal::Float(finite(text)?),
        (Value::Number(text), Kind::BigInteger) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
            Literal::String(is_whole.then(|| text.to_string())?)
        }
        (Value::Number(text), Kind::BigDecimal) => Literal::String(text.to_string()),
        (Value::Number(text), Kind::Document) => match text.parse() {
            Ok(whole) => Literal::Integer(whole),
            Err(_) => Literal::Float(finite(text)?),
        },
        (Value::Number(text), Kind::Timestamp) => timestamp(time::epoch(text)?),
        (Value::String(text), Kind::Timestamp) => timestamp(time::date_time(text)?),
        (Value::String(text), Kind::Float | Kind::Double) => Literal::Float(match text.as_str() {
            "NaN" => f64::NAN,
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            _ => return None,
        }),
        (Value::Number(text), kind) => Literal::Integer(whole(text, kind)?),
        (Value::String(text), Kind::String | Kind::Enum { .. } | Kind::Document) => {
            Literal::String(text.clone())
        }
        (Value::String(text), Kind::Blob) => Literal::Blob(base64(text)?),
        (Value::Array(elements), Kind::List { .. } | Kind::Document) if elements.is_empty() => {
            Literal::EmptyList
        }
        (Value::Object(entries), Kind::Map { .. } | Kind::Document) if entries.is_empty() => {
            Literal::EmptyMap
        }
        _ => return None,
    };
    Some(literal)
}

fn timestamp((seconds, nanos): (i64, u32)) -> Literal {
    match nanos {
        0 => Literal::Integer(seconds),
        _ => Literal::Timestamp(seconds, nanos),
    }
}

/// A number that a float can hold.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A whole number within the range of the type; `1.0` and `1e3` are whole.
fn whole(text: &str, kind: &ShapeKind) -> Option<i64> {
    let value = text.parse().ok().or_else(|| {
        let float = finite(text)?;
        // Up to here every whole number has a float of its own.
        (float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0).then_some(float as i64)
    })?;
    let fits = match kind {
        ShapeKind::Byte => i8::try_from(value).is_ok(),
        ShapeKind::Short => i16::try_from(value).is_ok(),
        ShapeKind::Integer | ShapeKind::IntEnum { .. } => i32::try_from(value).is_ok(),
        ShapeKind::Long => true,
        _ => false,
    };
    fits.then_some(value)
}

/// Decodes base64, padded or not.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64("YmxvYg==").as_deref(), Some(b"blob".as_slice()));
        assert_eq!(base64("").as_deref(), Some(b"".as_slice()));
        assert_eq!(base64("a\u{e9}"), None);
    }
}
