//! JSON as AWS JSON services write it: one reader and one writer, neither generic, for all shapes of all services.
//!
//! Generated code calls a [`Reader`] member by member and writes through a [`Writer`]; no trait is implemented per shape,
//! so a generated crate compiles fast and shows nothing of it. What is read and written follows the
//! [AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
//!
//! The library underneath is `hifijson`: a lexer without dependencies and without unsafe code that hands out numbers as
//! text, so a long never passes through a float. `JSON.md` beside this crate's manifest has the figures of the choice.

mod collections;
mod error;
mod number;
mod reader;
mod scan;
mod values;
mod writer;

pub use self::error::Error;
pub use self::reader::Reader;
pub use self::writer::Writer;

use aws_smithy_types::date_time::Format;

/// The method of a builder that takes the value of a member from the reader, or skips it; it gets the member's name.
pub type ReadMember<B> = fn(&mut B, &str, &mut Reader<'_>) -> Result<(), Error>;

/// Reads a document that is one object, as [`Reader::object`] does. An empty document is an empty object.
///
/// # Errors
///
/// The document is not one object in JSON, or a member has another type than the model says.
#[inline]
pub fn read<B>(document: &[u8], object: &mut B, member: ReadMember<B>) -> Result<(), Error> {
    let reader = &mut Reader::new(document);
    if !document.is_empty() {
        reader.object(object, member)?;
    }
    reader.finish()
}

/// How a timestamp stands on the wire
/// ([specification](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum TimestampFormat {
    /// Seconds since 1970-01-01T00:00:00Z as a number, with a fraction where there is one. The default of AWS JSON.
    #[default]
    EpochSeconds,
    /// A string as in RFC 3339: `1985-04-12T23:20:50.520Z`. Other offsets than `Z` are read, never written.
    DateTime,
    /// A string as in the `Date` header of HTTP: `Tue, 29 Apr 2014 18:30:38 GMT`. A fraction of the second is
    /// read, never written, as in the official clients.
    HttpDate,
}

impl TimestampFormat {
    /// The official format that reads this one; only the reader takes other offsets than `Z`.
    fn as_official(self) -> Format {
        match self {
            Self::EpochSeconds => Format::EpochSeconds,
            Self::DateTime => Format::DateTimeWithOffset,
            Self::HttpDate => Format::HttpDate,
        }
    }
}
