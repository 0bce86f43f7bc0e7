//! What is wrong with an input.

use std::error::Error;
use std::fmt;

/// An input that breaks constraints of the model, so that it was not sent. It is the source of the call's
/// `ConstructionFailure`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidInput {
    pub(super) operation: &'static str,
    pub(super) violations: Vec<Violation>,
}

impl InvalidInput {
    /// The operation that was called, as the model names it.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Everything that is wrong, at least one thing: by and large in the order of the input, the entries of a map by their
    /// keys.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the input of {} is not valid", self.operation)?;
        for (index, violation) in self.violations.iter().enumerate() {
            let before = if index == 0 { ": " } else { "; " };
            write!(f, "{before}{violation}")?;
        }
        Ok(())
    }
}

impl Error for InvalidInput {}

/// A member that breaks a constraint, or that is required and missing. Nothing in it tells a value that the model marks as
/// sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) kind: ViolationKind,
    pub(super) path: String,
    pub(super) message: String,
}

/// The constraint that a member breaks. Where it is a key of a map that breaks it, the path is that of its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A member that is [required](https://smithy.io/2.0/spec/type-refinement-traits.html#required-trait) is not set.
    Missing,
    /// The [length](https://smithy.io/2.0/spec/constraint-traits.html#length-trait) of a text, a blob, a list or a map.
    Length,
    /// The [range](https://smithy.io/2.0/spec/constraint-traits.html#range-trait) of a number.
    Range,
    /// The [pattern](https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait) of a text.
    Pattern,
    /// An item of a list is the same as an earlier one
    /// ([uniqueItems](https://smithy.io/2.0/spec/constraint-traits.html#uniqueitems-trait)).
    UniqueItems,
}

impl Violation {
    /// Which constraint is broken.
    pub fn kind(&self) -> ViolationKind {
        self.kind
    }

    /// The way to the member, in the names of the model, with items of lists counted from 0: `Tags[3].TagKey`,
    /// `EncryptionContext["purpose"]`. A key that is not to be seen is `*`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is allowed, and what is there: `must have 1 to 128 characters and has 0`.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.message)
    }
}
