//! Writes a document value by value, compact, with the commas in their places.

use std::fmt;

use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
use base64_simd::{AsOut, STANDARD};

use bytes::Bytes;

use super::scan::plain_length;
use super::{Error, TimestampFormat};
use crate::secret::SecretBuffer;

/// Writes one JSON document into a buffer of its own.
///
/// Commas and colons are the writer's business; that keys stand in objects and that every object and array is closed is the
/// caller's. Nothing is written for what a caller leaves out: a member that is unset simply is not mentioned.
///
/// ```
/// use farrier_runtime::json::Writer;
///
/// let mut writer = Writer::new();
/// writer.begin_object();
/// writer.key("Limit");
/// writer.integer(10);
/// writer.key("Marker");
/// writer.string("a\"b");
/// writer.end_object();
/// assert_eq!(writer.finish(), br#"{"Limit":10,"Marker":"a\"b"}"#);
/// ```
#[derive(Default)]
pub struct Writer {
    buffer: SecretBuffer,
    /// Whether a comma must stand before the next key or element. One flag does for all levels, as a closed array or object
    /// is itself an item of the outer one.
    comma: bool,
    failure: Option<Error>,
}

impl Writer {
    /// A writer with an empty buffer, which grows as needed.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer whose buffer holds `capacity` bytes before it must grow.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            buffer: SecretBuffer::with_capacity(capacity),
            ..Self::default()
        }
    }

    /// The document.
    pub fn finish(self) -> Vec<u8> {
        self.buffer.into_vec()
    }

    /// The document as the body of a request.
    pub(crate) fn into_body(self) -> Bytes {
        self.buffer.freeze()
    }

    /// The first value that could not be written, if there was one; then the document must not be sent. Such values are a
    /// timestamp beyond the years that its text can hold (-9999 to 9999), and what [`fail`](Self::fail) was told of.
    pub fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    /// Writes `null` in place of a value that cannot be written, and sets [`failure`](Self::failure). `what` says why, without
    /// text of the value.
    pub fn fail(&mut self, what: &'static str) {
        let failure = Error::new(what, self.buffer.len());
        self.failure.get_or_insert(failure);
        self.null();
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.open(b'{');
    }

    /// Closes the object that was opened last.
    pub fn end_object(&mut self) {
        self.close(b'}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.open(b'[');
    }

    /// Closes the array that was opened last.
    pub fn end_array(&mut self) {
        self.close(b']');
    }

    fn open(&mut self, bracket: u8) {
        self.separate();
        self.buffer.push(bracket);
        self.comma = false;
    }

    fn close(&mut self, bracket: u8) {
        self.buffer.push(bracket);
        self.comma = true;
    }

    /// Writes the key of the next value.
    pub fn key(&mut self, key: &str) {
        self.separate();
        write_string(&mut self.buffer, key);
        self.buffer.push(b':');
        self.comma = false;
    }

    /// Writes the comma that belongs before a value.
    fn separate(&mut self) {
        if self.comma {
            self.buffer.push(b',');
        }
        self.comma = true;
    }

    fn raw(&mut self, text: &str) {
        self.separate();
        self.buffer.extend(text.as_bytes());
    }

    /// Writes `null`, as the element of a sparse collection or inside a free-form document.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// Writes a whole number of 8 bits.
    pub fn byte(&mut self, value: i8) {
        self.long(value.into());
    }

    /// Writes a whole number of 16 bits.
    pub fn short(&mut self, value: i16) {
        self.long(value.into());
    }

    /// Writes a whole number of 32 bits.
    pub fn integer(&mut self, value: i32) {
        self.long(value.into());
    }

    /// Writes a whole number of 64 bits.
    pub fn long(&mut self, value: i64) {
        self.raw(Encoder::from(value).encode());
    }

    /// Writes a number of 32 bits; like [`double`](Self::double), of the value that the float has exactly, as the official
    /// clients do: 0.1 of 32 bits becomes 0.10000000149011612.
    pub fn float(&mut self, value: f32) {
        self.double(value.into());
    }

    /// Writes a number of 64 bits in the fewest digits that read back as the same value, without `.0` when it is whole. What
    /// JSON has no number for becomes a string: `NaN`, `Infinity`, `-Infinity`.
    pub fn double(&mut self, value: f64) {
        let mut encoder = Encoder::from(value);
        let text = encoder.encode();
        if value.is_finite() {
            self.raw(text.strip_suffix(".0").unwrap_or(text));
        } else {
            self.string(text);
        }
    }

    /// Writes a whole number of any size.
    pub fn big_integer(&mut self, value: &BigInteger) {
        self.raw(&json_number(value.as_ref()));
    }

    /// Writes a number of any size and precision.
    pub fn big_decimal(&mut self, value: &BigDecimal) {
        self.raw(&json_number(value.as_ref()));
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        self.separate();
        write_string(&mut self.buffer, value);
    }

    /// Writes bytes as a string of [base64](https://www.rfc-editor.org/rfc/rfc4648#section-4), with padding.
    pub fn blob(&mut self, value: &Blob) {
        self.separate();
        self.buffer.push(b'"');
        let bytes = value.as_ref();
        self.buffer
            .extend_with(STANDARD.encoded_length(bytes.len()), |room| {
                let _ = STANDARD.encode(bytes, room.as_out());
            });
        self.buffer.push(b'"');
    }

    /// Writes a point in time in the given format. A date beyond the years that a text can hold writes nothing but sets
    /// [`failure`](Self::failure).
    pub fn timestamp(&mut self, value: &DateTime, format: TimestampFormat) {
        match value.fmt(format.as_official()) {
            Ok(text) if format == TimestampFormat::EpochSeconds => self.raw(&text),
            Ok(text) => self.string(&text),
            Err(_) => self.fail("timestamp outside the years -9999 to 9999"),
        }
    }

    /// Writes any value, members of objects in no particular order.
    pub fn document(&mut self, value: &Document) {
        match value {
            Document::Null => self.null(),
            Document::Bool(value) => self.boolean(*value),
            Document::Number(Number::PosInt(value)) => self.raw(Encoder::from(*value).encode()),
            Document::Number(Number::NegInt(value)) => self.long(*value),
            Document::Number(Number::Float(value)) => self.double(*value),
            Document::String(value) => self.string(value),
            Document::Array(elements) => {
                self.begin_array();
                elements.iter().for_each(|element| self.document(element));
                self.end_array();
            }
            Document::Object(members) => {
                self.begin_object();
                for (key, member) in members {
                    self.key(key);
                    self.document(member);
                }
                self.end_object();
            }
        }
    }
}

/// A big number in the spelling of JSON, which knows no `+5`, `007`, `.5` and `5.`.
fn json_number(text: &str) -> String {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let unsigned = mantissa.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut number = String::with_capacity(text.len() + 1);
    if mantissa.starts_with('-') {
        number.push('-');
    }
    number.push_str(match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    });
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    number + exponent
}

/// Shows how much was written, not what.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("length", &self.buffer.len())
            .finish_non_exhaustive()
    }
}

/// Writes a string between quotation marks. Only what JSON demands is escaped, as the official clients do.
fn write_string(buffer: &mut SecretBuffer, value: &str) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    buffer.push(b'"');
    let mut rest = value.as_bytes();
    loop {
        let (plain, special) = rest.split_at(plain_length(rest));
        buffer.extend(plain);
        let Some((byte, after)) = special.split_first() else {
            break;
        };
        match byte {
            b'"' => buffer.extend(b"\\\""),
            b'\\' => buffer.extend(b"\\\\"),
            0x08 => buffer.extend(b"\\b"),
            0x0c => buffer.extend(b"\\f"),
            b'\n' => buffer.extend(b"\\n"),
            b'\r' => buffer.extend(b"\\r"),
            b'\t' => buffer.extend(b"\\t"),
            control => {
                buffer.extend(b"\\u00");
                buffer.push(DIGITS[usize::from(control >> 4)]);
                buffer.push(DIGITS[usize::from(control & 0xf)]);
            }
        }
        rest = after;
    }
    buffer.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::json_number;

    #[test]
    fn big_numbers_are_spelled_as_json() {
        for (text, json) in [
            ("0", "0"),
            ("-0", "-0"),
            ("-00123", "-123"),
            ("+5", "5"),
            (".5", "0.5"),
            ("-5.", "-5"),
            ("1.50e+10", "1.50e+10"),
            ("00E-7", "0E-7"),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
        ] {
            assert_eq!(json_number(text), json, "{text}");
        }
    }
}
