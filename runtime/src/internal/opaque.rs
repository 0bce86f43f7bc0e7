//! Values that are not shown: those of enums that the model does not know, and those that are secret.

use std::fmt;

/// What `Debug` shows in place of a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// What the variant `Unknown` of a generated enum holds.
///
/// The method `as_str` of the enum tells its text, also when a later version of the enum knows the value.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UnknownVariantValue(String);

impl UnknownVariantValue {
    /// Keeps the text of a value.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
