//! What a model asks of inputs: the tables of generated code, and the check that goes by them.
//!
//! An input is checked as it is written, in JSON: it has the names of the model, and one walk does for all types.

mod decimal;
mod items;
mod pattern;
mod secret;
#[cfg(test)]
mod tests;
mod violation;
mod walk;

pub use violation::{InvalidInput, Violation, ViolationKind};
pub use walk::validate;

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// A string.
    Text {
        /// How many characters it has.
        length: Length,
        /// What it matches.
        pattern: Option<Pattern>,
    },
    /// Bytes.
    Blob {
        /// How many there are.
        length: Length,
    },
    /// A number of any type but a float.
    Number {
        /// How large it is.
        range: Range,
    },
    /// A float of 32 bits, which JSON has in as many digits as one of 64.
    Float {
        /// How large it is.
        range: Range,
    },
    /// A list.
    List {
        /// How many items it has.
        length: Length,
        /// Whether no two of them are the same.
        unique: bool,
        /// What each of them must be.
        member: &'static Shape,
    },
    /// A map.
    Map {
        /// How many entries it has.
        length: Length,
        /// What each key must be.
        key: &'static Shape,
        /// What each value must be.
        value: &'static Shape,
    },
    /// A structure or a union.
    Structure {
        /// The members of which something is asked.
        members: &'static [Member],
    },
    /// A shape whose values are not to be seen.
    Sensitive {
        /// What its values must be.
        shape: &'static Shape,
    },
}

/// A member of a structure or a union.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    required: bool,
    target: &'static Shape,
}

impl Member {
    /// A member that must be set.
    pub const fn required(name: &'static str, target: &'static Shape) -> Member {
        Member {
            name,
            required: true,
            target,
        }
    }

    /// A member that may be missing.
    pub const fn optional(name: &'static str, target: &'static Shape) -> Member {
        Member {
            name,
            required: false,
            target,
        }
    }
}

/// How long a value is: of characters, bytes or entries.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    min: Option<u64>,
    max: Option<u64>,
}

impl Length {
    /// Any length.
    pub const ANY: Length = Length {
        min: None,
        max: None,
    };

    /// So many or more.
    pub const fn at_least(min: u64) -> Length {
        Length {
            min: Some(min),
            max: None,
        }
    }

    /// So many or fewer.
    pub const fn at_most(max: u64) -> Length {
        Length {
            min: None,
            max: Some(max),
        }
    }

    /// From so many to so many.
    pub const fn between(min: u64, max: u64) -> Length {
        Length {
            min: Some(min),
            max: Some(max),
        }
    }
}

/// How large a number is; the bounds, which belong to it, are decimal numbers, so that none is rounded.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    min: Option<&'static str>,
    max: Option<&'static str>,
}

impl Range {
    /// Any number.
    pub const ANY: Range = Range {
        min: None,
        max: None,
    };

    /// This or more.
    pub const fn at_least(min: &'static str) -> Range {
        Range {
            min: Some(min),
            max: None,
        }
    }

    /// This or less.
    pub const fn at_most(max: &'static str) -> Range {
        Range {
            min: None,
            max: Some(max),
        }
    }

    /// From one to the other.
    pub const fn between(min: &'static str, max: &'static str) -> Range {
        Range {
            min: Some(min),
            max: Some(max),
        }
    }
}

/// A regular expression that a part of the text must match.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// As the model has it, in the syntax of ECMA 262, for messages.
    text: &'static str,
    /// The same in the syntax of the crate regex.
    regex: &'static str,
}

impl Pattern {
    /// A pattern that reads the same in both syntaxes.
    pub const fn new(text: &'static str) -> Pattern {
        Pattern { text, regex: text }
    }

    /// A pattern that the generator has translated.
    pub const fn translated(text: &'static str, regex: &'static str) -> Pattern {
        Pattern { text, regex }
    }
}
