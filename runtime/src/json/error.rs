//! What is wrong with a document, and where; never what it says, as that may be a secret.

use std::fmt;

/// A document that could not be read or written.
///
/// Its text names what is wrong and the byte at which it was found. No part of the document is in it, so that a secret in
/// an answer never reaches a log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    what: &'static str,
    offset: usize,
}

impl Error {
    pub(super) fn new(what: &'static str, offset: usize) -> Self {
        Self { what, offset }
    }

    /// The place of the fault, in bytes from the start of the document.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (JSON, byte {})", self.what, self.offset)
    }
}

impl std::error::Error for Error {}

/// The words for what the lexer found wrong with a string; its own would show characters of the string.
pub(super) fn string_fault(error: &hifijson::str::Error) -> &'static str {
    use hifijson::escape::Error as Escape;
    use hifijson::str::Error as Str;
    match error {
        Str::Control => "control character in a string",
        Str::Eof => "string without an end",
        Str::Utf8(_) => "string that is not UTF-8",
        Str::Escape(Escape::InvalidKind(_)) => "unknown escape in a string",
        Str::Escape(Escape::InvalidHex(_)) => {
            "escape in a string that is not four hexadecimal digits"
        }
        Str::Escape(Escape::InvalidChar(_) | Escape::ExpectedLowSurrogate) => {
            "half of a surrogate pair in a string"
        }
        Str::Escape(Escape::Eof) => "string without an end",
    }
}
