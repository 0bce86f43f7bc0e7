//! The defaults that Smithy 1.0 leaves unsaid, said as Smithy 2.0 does.

use super::draft::Draft;
use super::node::{Node, Value};
use super::shape::{Member, Shape, ShapeKind};
use super::source::{Files, Version};
use super::traits::Trait;

/// Adds `smithy.api#default` to the members of structures of version 1.0 that are zero unless said otherwise.
///
/// In 1.0 booleans and numbers are zero when absent, unless the member or its target has the trait `box`; the
/// prelude's are boxed, its `Primitive*` are not. A number whose range is without zero has no default. See
/// [updating models](https://smithy.io/2.0/guides/migrating-idl-1-to-2.html).
pub(super) fn add(draft: &mut Draft, files: &Files) {
    let mut found: Vec<(usize, usize, Value)> = Vec::new();
    for (at, shape) in draft.shapes.iter().enumerate() {
        if files.version(shape.span.file) != Version::V1
            || !matches!(shape.kind, ShapeKind::Structure { .. })
        {
            continue;
        }
        for (member_at, member) in shape.members().enumerate() {
            let said = SAID.iter().any(|id| member.traits.has(id));
            let target = draft
                .shape(&member.target.id)
                .filter(|target| !said && is_zero(target, files) && may_be_zero(member, target));
            found.extend(target.and_then(|target| Some((at, member_at, zero(&target.kind)?))));
        }
    }
    for (at, member_at, value) in found {
        if let Some(member) = draft.shapes[at].kind.members_mut().nth(member_at) {
            let span = member.span;
            member
                .traits
                .list
                .push(Trait::made("smithy.api#default", value, span));
        }
    }
}

/// Traits of a member that say what it is when absent.
const SAID: [&str; 3] = [
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#default",
];

/// Whether zero is within the range of a member, which is its own or that of its target.
fn may_be_zero(member: &Member, target: &Shape) -> bool {
    let own = member.traits.get("smithy.api#range");
    let Some(range) = own.or_else(|| target.traits.get("smithy.api#range")) else {
        return true;
    };
    let bound = |key: &str| range.get(key).and_then(Node::as_f64);
    bound("min").is_none_or(|min| min <= 0.0) && bound("max").is_none_or(|max| max >= 0.0)
}

/// Whether a type of 1.0 is zero when absent.
fn is_zero(target: &Shape, files: &Files) -> bool {
    let primitive =
        target.id.namespace() == "smithy.api" && target.traits.has("smithy.api#default");
    primitive
        || (files.version(target.span.file) == Version::V1 && !target.traits.has("smithy.api#box"))
}

/// What zero is for a type that had it in 1.0.
fn zero(kind: &ShapeKind) -> Option<Value> {
    match kind {
        ShapeKind::Boolean => Some(Value::Boolean(false)),
        ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::Float
        | ShapeKind::Double => Some(Value::Number("0".into())),
        _ => None,
    }
}
