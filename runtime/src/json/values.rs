//! Single values: numbers, booleans, bytes, timestamps, and documents of any shape.

use std::borrow::Cow;
use std::collections::HashMap;

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number, base64};

use super::number::exact_integer;
use super::{Error, Reader, TimestampFormat};

impl<'a> Reader<'a> {
    /// Reads `true` or `false`.
    pub fn boolean(&mut self) -> Result<Option<bool>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b't' | b'f') => self.literal().map(Some),
            Some(_) => Err(self.error("expected true or false")),
        }
    }

    /// Reads a whole number of 8 bits, signed. As for all whole numbers, `1e2` and `100.0` count as 100, and what does not
    /// fit is an error.
    pub fn byte(&mut self) -> Result<Option<i8>, Error> {
        self.whole("expected a whole number of 8 bits")
    }

    /// Reads a whole number of 16 bits, signed.
    pub fn short(&mut self) -> Result<Option<i16>, Error> {
        self.whole("expected a whole number of 16 bits")
    }

    /// Reads a whole number of 32 bits, signed.
    pub fn integer(&mut self) -> Result<Option<i32>, Error> {
        self.whole("expected a whole number of 32 bits")
    }

    /// Reads a whole number of 64 bits, signed. It is exact: it never passes through a float.
    pub fn long(&mut self) -> Result<Option<i64>, Error> {
        self.whole("expected a whole number of 64 bits")
    }

    fn whole<T: TryFrom<i64>>(&mut self, expected: &'static str) -> Result<Option<T>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.offset();
                exact_integer(self.number()?)
                    .and_then(|value| T::try_from(value).ok())
                    .map(Some)
                    .ok_or(Error::new(expected, start))
            }
            Some(_) => Err(self.error(expected)),
        }
    }

    /// Reads a number of 32 bits, or one of the strings `NaN`, `Infinity` and `-Infinity`. A number too large for 32 bits
    /// becomes infinite, as in the official clients; one too large for 64 bits is an error.
    pub fn float(&mut self) -> Result<Option<f32>, Error> {
        // The official reader goes through 64 bits too; the nearest value is the same but for rare ties.
        #[allow(clippy::cast_possible_truncation)]
        Ok(self.double()?.map(|value| value as f32))
    }

    /// Reads a number of 64 bits, or one of the strings `NaN`, `Infinity` and `-Infinity`. A number too large for 64 bits is
    /// an error.
    pub fn double(&mut self) -> Result<Option<f64>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b'-' | b'0'..=b'9') => self.finite().map(Some),
            Some(b'"') => {
                let start = self.offset();
                match self.quoted()?.as_ref() {
                    "NaN" => Ok(Some(f64::NAN)),
                    "Infinity" => Ok(Some(f64::INFINITY)),
                    "-Infinity" => Ok(Some(f64::NEG_INFINITY)),
                    _ => Err(Error::new(
                        "expected a number, NaN, Infinity or -Infinity",
                        start,
                    )),
                }
            }
            Some(_) => Err(self.error("expected a number, NaN, Infinity or -Infinity")),
        }
    }

    fn finite(&mut self) -> Result<f64, Error> {
        let start = self.offset();
        match self.number()?.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(Error::new("number too large", start)),
        }
    }

    /// Reads a whole number of any size; `1e2` and `100.0` count as 100 where 64 bits hold it.
    pub fn big_integer(&mut self) -> Result<Option<BigInteger>, Error> {
        let Some((text, start)) = self.placed_number()? else {
            return Ok(None);
        };
        let digits = match exact_integer(text) {
            Some(value) => value.to_string().parse(),
            None => text.parse(),
        };
        match digits {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(Error::new("expected a whole number", start)),
        }
    }

    /// Reads a number of any size and precision, as it is written.
    pub fn big_decimal(&mut self) -> Result<Option<BigDecimal>, Error> {
        let Some((text, start)) = self.placed_number()? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(Error::new("number too large", start)),
        }
    }

    /// The text of a number and where it starts.
    fn placed_number(&mut self) -> Result<Option<(&'a str, usize)>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.offset();
                Ok(Some((self.number()?, start)))
            }
            Some(_) => Err(self.error("expected a number")),
        }
    }

    /// Reads bytes from a string of [base64](https://www.rfc-editor.org/rfc/rfc4648#section-4): the standard alphabet, with
    /// padding, without white space.
    pub fn blob(&mut self) -> Result<Option<Blob>, Error> {
        let Some((text, start)) = self.placed_text()? else {
            return Ok(None);
        };
        match base64::decode(text) {
            Ok(bytes) => Ok(Some(Blob::new(bytes))),
            Err(_) => Err(Error::new("string that is not base64", start)),
        }
    }

    /// A string and where it starts.
    fn placed_text(&mut self) -> Result<Option<(Cow<'a, str>, usize)>, Error> {
        if self.value_start()?.is_none() {
            return Ok(None);
        }
        let start = self.offset();
        Ok(self.text()?.map(|text| (text, start)))
    }

    /// Reads a point in time in the given format. Epoch seconds may have a fraction and an exponent; as in the official
    /// clients a fraction is read as a float, which holds microseconds of our time, not nanoseconds.
    pub fn timestamp(&mut self, format: TimestampFormat) -> Result<Option<DateTime>, Error> {
        if format == TimestampFormat::EpochSeconds {
            return self.epoch_seconds();
        }
        let Some((text, start)) = self.placed_text()? else {
            return Ok(None);
        };
        match DateTime::from_str(&text, format.as_official()) {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(Error::new("string that is not a timestamp", start)),
        }
    }

    fn epoch_seconds(&mut self) -> Result<Option<DateTime>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.offset();
                let text = self.number()?;
                if let Some(seconds) = exact_integer(text) {
                    return Ok(Some(DateTime::from_secs(seconds)));
                }
                match text.parse::<f64>() {
                    Ok(seconds) if seconds.is_finite() => {
                        Ok(Some(DateTime::from_secs_f64(seconds)))
                    }
                    _ => Err(Error::new("number too large", start)),
                }
            }
            Some(_) => Err(self.error("expected a timestamp in seconds")),
        }
    }

    /// Reads any value; `null` at the top yields `None`, deeper ones are kept.
    pub fn document(&mut self) -> Result<Option<Document>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(start) => self.some_document(start).map(Some),
        }
    }

    fn some_document(&mut self, start: u8) -> Result<Document, Error> {
        Ok(match start {
            b'"' => Document::String(self.quoted()?.into_owned()),
            b'{' => {
                self.open()?;
                let mut members = HashMap::new();
                while let Some(key) = self.next_key()? {
                    members.insert(key.into_owned(), self.document()?.unwrap_or(Document::Null));
                }
                Document::Object(members)
            }
            b'[' => {
                self.open()?;
                let mut elements = Vec::new();
                while self.next_element()? {
                    elements.push(self.document()?.unwrap_or(Document::Null));
                }
                Document::Array(elements)
            }
            b'-' | b'0'..=b'9' => Document::Number(self.any_number()?),
            _ => Document::Bool(self.literal()?),
        })
    }

    fn any_number(&mut self) -> Result<Number, Error> {
        let start = self.offset();
        let text = self.number()?;
        if let Ok(value) = text.parse() {
            return Ok(Number::PosInt(value));
        }
        // The official reader keeps -0 as a whole number too.
        if let Ok(value) = text.parse() {
            return Ok(Number::NegInt(value));
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Float(value)),
            _ => Err(Error::new("number too large", start)),
        }
    }
}
