//! Values that are easily found again, in place of those that were made at random.

use aws_smithy_types::base64;
use farrier_conformance::{Member, Shape};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What secret values begin with. Its length is a multiple of three, so that base64 of what begins so begins alike.
pub(crate) const SECRET: &str = "PLANTED-SECRET-";

/// What other texts and bytes begin with.
pub(crate) const PUBLIC: &str = "PLANTED-PUBLIC-";

/// Which sensitive members were there.
#[derive(Debug, Default)]
pub(crate) struct Planted(BTreeSet<usize>);

impl Planted {
    /// The members, by where they stand in memory.
    pub(crate) fn members(&self) -> &BTreeSet<usize> {
        &self.0
    }

    /// Marks all texts and bytes of a value.
    pub(crate) fn plant(&mut self, shape: &'static Shape, value: &mut Value) {
        self.mark(shape, value, PUBLIC);
    }

    fn mark(&mut self, shape: &'static Shape, value: &mut Value, mark: &str) {
        match (shape, value) {
            (Shape::Structure(members) | Shape::Union(members), Value::Object(values)) => {
                for member in *members {
                    let Some(value) = values.get_mut(member.name) else {
                        continue;
                    };
                    if member.sensitive {
                        self.0.insert(place(member));
                    }
                    self.mark(
                        member.target,
                        value,
                        if member.sensitive { SECRET } else { mark },
                    );
                }
            }
            (Shape::List(item), Value::Array(items)) => {
                items
                    .iter_mut()
                    .for_each(|value| self.mark(item, value, mark));
            }
            (Shape::Map(item), Value::Object(entries)) => {
                entries
                    .values_mut()
                    .for_each(|value| self.mark(item, value, mark));
            }
            (Shape::Text, value) => *value = json!(format!("{mark}{}", text(value))),
            (Shape::Blob, value) => {
                let bytes = base64::decode(text(value)).expect("base64");
                *value = json!(base64::encode([mark.as_bytes(), &bytes].concat()));
            }
            _ => {}
        }
    }
}

/// Adds the sensitive members that are reached from a shape.
pub(crate) fn sensitive(shape: &'static Shape, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Structure(members) | Shape::Union(members) => {
            for member in *members {
                if member.sensitive {
                    found.insert(place(member));
                }
                sensitive(member.target, found);
            }
        }
        Shape::List(item) | Shape::Map(item) => sensitive(item, found),
        _ => {}
    }
}

fn place(member: &'static Member) -> usize {
    std::ptr::from_ref(member).addr()
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
