//! Prints the shapes that are reached from inputs or outputs as tables, from which values are made at random.

use crate::model::{Model, Shape};
use crate::rust::snake;
use std::collections::BTreeMap;
use std::fmt::Write;

/// `static TAG: Shape = Shape::Structure(&[Member { name: "TagKey", ..., target: &TAG_KEY_TYPE }, ...]);`
///
/// Statics may name each other in a circle, as shapes do.
pub(crate) fn print<'a>(model: &'a Model, roots: impl Iterator<Item = Shape<'a>>) -> String {
    let mut printed = BTreeMap::new();
    for root in roots {
        shape(model, root, &mut printed);
    }
    printed.into_values().collect()
}

/// The name of a shape's static.
pub(crate) fn name(shape: Shape<'_>) -> String {
    snake(shape.name).to_uppercase()
}

fn shape<'a>(model: &'a Model, shape: Shape<'a>, printed: &mut BTreeMap<&'a str, String>) {
    if printed.contains_key(shape.name) {
        return;
    }
    // Before its members, which may lead back to it.
    printed.insert(shape.name, String::new());
    let mut inside = Vec::new();
    let mut target = |member: Shape<'a>| {
        let target = model.target(member);
        inside.push(target);
        format!("&{}", name(target))
    };
    let value = match shape.kind() {
        "structure" => format!("Structure(&[{}])", members(model, shape, &mut target)),
        "union" => format!("Union(&[{}])", members(model, shape, &mut target)),
        "list" => format!("List({})", target(shape.part("member"))),
        "map" => format!("Map({})", target(shape.part("value"))),
        "enum" => format!("Enum(&{:?})", shape.values()),
        "string" => "Text".to_owned(),
        "blob" => "Blob".to_owned(),
        "boolean" => "Boolean".to_owned(),
        "integer" => "Integer".to_owned(),
        "long" => "Long".to_owned(),
        "double" => "Double".to_owned(),
        "timestamp" => "Timestamp".to_owned(),
        other => panic!("{}: no values for a shape of type {other}", shape.name),
    };
    let text = format!("static {}: Shape = Shape::{value};\n", name(shape));
    printed.insert(shape.name, text);
    for target in inside {
        self::shape(model, target, printed);
    }
}

fn members<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    target: &mut impl FnMut(Shape<'a>) -> String,
) -> String {
    let mut text = String::new();
    for member in shape.members() {
        write!(
            text,
            "Member {{ name: {:?}, required: {}, token: {}, endpoint: {}, sensitive: {}, target: {} }}, ",
            member.name,
            member.required(),
            member.prelude_trait("idempotencyToken").is_some(),
            model.decides_endpoint(shape, member),
            model.target(member).prelude_trait("sensitive").is_some(),
            target(member)
        )
        .expect("a string takes all");
    }
    text
}
