//! JSON values with their places: what traits and metadata hold.

use super::source::Span;
use crate::list::List as _;
use crate::order;

/// A JSON value and where it starts.
///
/// See [node values](https://smithy.io/2.0/spec/model.html#node-values). Two nodes are equal when their values are,
/// wherever they stand; the order of an object's entries does not count.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The value.
    pub(crate) value: Value,
    /// Where it starts.
    pub(crate) span: Span,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number as it was written, so that no digit is lost.
    Number(Box<str>),
    /// A string, its escapes resolved.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object.
    Object(Object),
}

/// A JSON object, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    /// The entries; no key stands twice.
    pub(crate) entries: Vec<Entry>,
}

/// One entry of an object.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The key, its escapes resolved.
    pub(crate) key: String,
    /// Where the key starts.
    pub(crate) key_span: Span,
    /// The value.
    pub(crate) value: Node,
}

impl Node {
    /// Whether this is `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether this is an array or an object with nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Array(nodes) => nodes.is_empty(),
            Value::Object(object) => object.is_empty(),
            _ => false,
        }
    }

    /// The boolean, where this is one.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The text of the number, where this is one.
    pub(crate) fn as_number(&self) -> Option<&str> {
        match &self.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where this is a whole one that fits.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// The number, where this is one; the nearest one where it has too many digits.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        self.as_number()?.parse().ok()
    }

    /// The string, where this is one.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, where this is an array.
    pub(crate) fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The entries, where this is an object.
    pub(crate) fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The value of a key, where this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// What this is, as in `expected a string, found an array`.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.value == other.value
    }
}

impl Object {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Keys and values in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.entries
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.value))
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Without regard to order, and in time that does not square with the size.
impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        let sorted = |object: &'_ Object| {
            let mut at: Vec<usize> = (0..object.len()).list();
            order::sort_by(&mut at, |&a, &b| {
                object.entries[a].key.cmp(&object.entries[b].key)
            });
            at
        };
        self.len() == other.len()
            && sorted(self).into_iter().zip(sorted(other)).all(|(a, b)| {
                let (a, b) = (&self.entries[a], &other.entries[b]);
                a.key == b.key && a.value == b.value
            })
    }
}
