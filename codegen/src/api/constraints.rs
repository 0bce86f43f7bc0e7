//! What the model asks of inputs, as tables for the runtime's check.

use super::Doc;
use crate::names::Name;

/// What the model asks of inputs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Constraints {
    /// A table for each shape of which something is asked, in the order of the shapes' ids.
    pub(crate) tables: Vec<Table>,
    /// Names of operations, each with the table of its input.
    pub(crate) inputs: Vec<(String, Name)>,
}

/// What is asked of the values of a shape, or of a member that asks more than its target.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The static that holds it, such as `TAG_KEY_TYPE`.
    pub(crate) name: Name,
    /// What is not checked, and why; usually empty.
    pub(crate) doc: Doc,
    /// Whether messages hide the values, as their `Debug` does.
    pub(crate) sensitive: bool,
    /// What is asked.
    pub(crate) constraint: Constraint,
}

/// What is asked of a value.
#[derive(Debug, Clone)]
pub(crate) enum Constraint {
    /// Of a string.
    Text {
        /// Its length in characters.
        length: Length,
        /// What it matches.
        pattern: Option<Pattern>,
    },
    /// Of a blob: its length in bytes.
    Blob(Length),
    /// Of a number, floats of 32 bits aside.
    Number(Range),
    /// Of a float of 32 bits.
    Float(Range),
    /// Of a list.
    List {
        /// How many items there are.
        length: Length,
        /// Whether they differ from each other.
        unique: bool,
        /// What is asked of each.
        member: Target,
    },
    /// Of a map.
    Map {
        /// How many entries there are.
        length: Length,
        /// What is asked of each key.
        key: Target,
        /// What is asked of each value.
        value: Target,
    },
    /// Of a structure or a union.
    Structure(Vec<AskedMember>),
}

/// A member of which something is asked.
#[derive(Debug, Clone)]
pub(crate) struct AskedMember {
    /// Its key on the wire.
    pub(crate) wire: String,
    /// Whether it must be set.
    pub(crate) required: bool,
    /// What is asked of its value.
    pub(crate) target: Target,
}

/// What is asked of a value that another one holds.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// Nothing.
    Any,
    /// What this table says.
    Table(Name),
}

/// A length, from the one to the other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Length {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

/// Decimal numbers, from the one to the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Range {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

/// A regular expression.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// As the model has it.
    pub(crate) text: String,
    /// As the runtime's engine reads it.
    pub(crate) regex: String,
}
