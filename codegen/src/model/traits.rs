//! The traits of shapes and members.

use super::id::ShapeId;
use super::node::{Node, Object, Value};
use super::source::Span;

/// The [traits](https://smithy.io/2.0/spec/model.html#traits) of a shape or a member, in the order of the files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traits {
    pub(super) list: Vec<Trait>,
}

/// One trait.
#[derive(Debug, Clone)]
pub(crate) struct Trait {
    /// The id of the trait, such as `smithy.api#required`.
    pub(crate) id: ShapeId,
    /// Its value; an empty object for a mere mark.
    pub(crate) value: Node,
    /// Where its id stands.
    pub(crate) span: Span,
}

impl Trait {
    /// A trait that no file names.
    pub(super) fn made(id: &'static str, value: Value, span: Span) -> Trait {
        Trait {
            id: ShapeId::known(id),
            value: Node { value, span },
            span,
        }
    }

    /// A trait without a value that no file names.
    pub(super) fn mark(id: &'static str, span: Span) -> Trait {
        Trait::made(id, Value::Object(Object::default()), span)
    }
}

impl Traits {
    /// The value of a trait: `traits.get("smithy.api#length")`.
    pub(crate) fn get(&self, id: &str) -> Option<&Node> {
        self.find(id).map(|found| &found.value)
    }

    /// The trait with its place.
    pub(crate) fn find(&self, id: &str) -> Option<&Trait> {
        self.list.iter().find(|one| one.id == id)
    }

    /// Whether the trait is there.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.find(id).is_some()
    }

    /// The value of a trait that is a string.
    ///
    /// The traits of Smithy's prelude have been checked; a string is what `smithy.api#documentation` always is.
    pub(crate) fn str(&self, id: &str) -> Option<&str> {
        self.get(id)?.as_str()
    }

    /// Adds a trait, in place of one of the same id.
    pub(super) fn set(&mut self, one: Trait) {
        match self.list.iter_mut().find(|known| known.id == one.id) {
            Some(known) => *known = one,
            None => self.list.push(one),
        }
    }

    /// All traits, in the order of the files.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Trait> {
        self.list.iter()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
