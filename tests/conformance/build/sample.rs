//! Values for members that no example gives, as JSON in the form that Smithy's examples have.

use crate::model::{Model, Shape};
use serde_json::{Map, Value, json};

/// What a sample is to hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Sample {
    /// Two items in a list, one entry in a map, text that needs escapes.
    Full,
    /// The same, but with three entries in a map, which have no order.
    Unordered,
    /// More items, the other ends of ranges, and values that the enums do not know.
    Other,
    /// Nothing in collections, texts and blobs; zero.
    Empty,
}

impl Sample {
    /// A value for every member of a structure.
    pub(crate) fn structure(self, model: &Model, shape: Shape<'_>) -> Value {
        let value = |member: &Shape<'_>| (member.name.to_owned(), self.member(model, *member));
        Value::Object(shape.members().iter().map(value).collect())
    }

    /// A value for one member.
    pub(crate) fn member(self, model: &Model, member: Shape<'_>) -> Value {
        let shape = model.target(member);
        match shape.kind() {
            "structure" => self.structure(model, shape),
            "string" => self.text(member.name),
            "enum" => self.enumeration(shape),
            "blob" => json!(self.pick("AP/+Cg==", "c2VjcmV0IHRleHQ=", "")),
            "boolean" => json!(self != Sample::Empty),
            "integer" => json!(self.pick(7, i32::MAX, 0)),
            "timestamp" => {
                json!(self.pick(
                    "2026-03-14T09:26:53Z",
                    "1969-12-31T23:59:58Z",
                    "1970-01-01T00:00:00Z"
                ))
            }
            "list" => (0..self.pick(2, 3, 0))
                .map(|_| self.member(model, shape.part("member")))
                .collect(),
            "map" => Value::Object(self.map(model, shape)),
            other => panic!("{}: no sample for a shape of type {other}", shape.name),
        }
    }

    fn map(self, model: &Model, shape: Shape<'_>) -> Map<String, Value> {
        let entries = match self {
            Sample::Unordered => 3,
            _ => self.pick(1, 1, 0),
        };
        (0..entries)
            .map(|at| {
                (
                    format!("key \"{at}\" é"),
                    self.member(model, shape.part("value")),
                )
            })
            .collect()
    }

    fn text(self, name: &str) -> Value {
        let escapes = format!("{name} \"é\" \\ / \u{1}\t\n\u{7f}\u{2028} \u{1f40e}");
        json!(self.pick(escapes, format!("<{name}> & more"), String::new()))
    }

    fn enumeration(self, shape: Shape<'_>) -> Value {
        let values = shape.values();
        let (first, last) = (values[0], values[values.len() - 1]);
        json!(self.pick(first, "NOT_YET_KNOWN", last))
    }

    fn pick<T>(self, full: T, other: T, empty: T) -> T {
        match self {
            Sample::Full | Sample::Unordered => full,
            Sample::Other => other,
            Sample::Empty => empty,
        }
    }
}
