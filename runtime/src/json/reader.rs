//! Reads a document value by value, in the order in which it stands there.

use std::borrow::Cow;
use std::fmt;

use hifijson::escape::Lex as _;
use hifijson::num::LexWrite as _;
use hifijson::str::{LexAlloc as _, LexWrite as _};
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer};

use super::ReadMember;
use super::error::{Error, string_fault};
use super::scan::plain_length;

/// How deep arrays and objects may stand in each other; a deeper document is refused before it can exhaust the stack.
const MAX_DEPTH: u8 = 128;

/// Reads one JSON document from a slice, pulled value by value.
///
/// Every function that reads a value returns `None` (or `false`) for `null`, which is thereby read, but for a document that
/// should be an object and is nothing but `null`. A value of another
/// type than the one asked for is an error, and so is everything that is not JSON as in
/// [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259): strings must be UTF-8 and their escapes whole surrogate pairs, in
/// values that are skipped too. Arrays and objects may be nested 128 deep. When an object has a key twice, both are handed
/// out, so the last one wins. After an error the reader must not be used further.
///
/// ```
/// use farrier_runtime::json::Reader;
///
/// let mut reader = Reader::new(br#"{"Truncated": false, "Keys": [], "Next": null}"#);
/// let (mut truncated, mut next) = (None, None);
/// if reader.begin_object()? {
///     while let Some(key) = reader.next_key()? {
///         match key.as_ref() {
///             "Truncated" => truncated = reader.boolean()?,
///             "Next" => next = reader.string()?,
///             _ => reader.skip_value()?,
///         }
///     }
/// }
/// reader.finish()?;
/// assert_eq!((truncated, next), (Some(false), None));
/// # Ok::<_, farrier_runtime::json::Error>(())
/// ```
pub struct Reader<'a> {
    lexer: SliceLexer<'a>,
    length: usize,
    depth: u8,
    /// Whether the innermost array or object was just opened: then its first item comes without a comma. One flag does for
    /// all levels, as an outer one is past its first item whenever an inner one has been opened.
    fresh: bool,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `document`.
    pub fn new(document: &'a [u8]) -> Self {
        Self {
            lexer: SliceLexer::new(document),
            length: document.len(),
            depth: 0,
            fresh: false,
        }
    }

    /// An error at the place that was reached, for a fault that only the caller can see. `what` must not hold text of the
    /// document.
    pub fn error(&self, what: &'static str) -> Error {
        Error::new(what, self.offset())
    }

    pub(super) fn offset(&self) -> usize {
        self.length - self.lexer.as_slice().len()
    }

    /// The first byte of the next value, or `None` when that is `null`, which is consumed.
    pub(super) fn value_start(&mut self) -> Result<Option<u8>, Error> {
        match self.lexer.ws_peek() {
            None => Err(self.error("document ends where a value should stand")),
            Some(b'n') => {
                let start = self.offset();
                match self.lexer.null_or_bool() {
                    Some(None) => Ok(None),
                    _ => Err(Error::new("not a JSON value", start)),
                }
            }
            next => Ok(next),
        }
    }

    /// Opens an object. Returns false when there is `null` in its place; where the whole document is `null`, that is no
    /// answer and an error.
    pub fn begin_object(&mut self) -> Result<bool, Error> {
        match self.value_start()? {
            None if self.depth == 0 => Err(Error::new("expected an object", 0)),
            None => Ok(false),
            Some(b'{') => self.open(),
            Some(_) => Err(self.error("expected an object")),
        }
    }

    /// The next key of the object that was opened last; its value must then be read or skipped. Returns `None` at the end of
    /// the object, which is thereby closed.
    pub fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        self.key(Reader::quoted)
    }

    /// Goes to the next key as [`next_key`](Self::next_key) does, and gives it as it is written, in quotation marks.
    #[cfg(feature = "validate-input")]
    pub(crate) fn next_raw_key(&mut self) -> Result<Option<&'a str>, Error> {
        self.key(|reader| reader.raw(Reader::skip_string))
    }

    #[inline]
    fn key<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        if !self.next_item(b'}')? {
            return Ok(None);
        }
        if self.lexer.peek_next() != Some(b'"') {
            return Err(self.error("expected a key"));
        }
        let key = read(self)?;
        match self.lexer.expect(SliceLexer::ws_peek, b':') {
            Some(()) => Ok(Some(key)),
            None => Err(self.error("expected a colon")),
        }
    }

    /// Opens an array. Returns false when there is `null` in its place.
    pub fn begin_array(&mut self) -> Result<bool, Error> {
        match self.value_start()? {
            None => Ok(false),
            Some(b'[') => self.open(),
            Some(_) => Err(self.error("expected an array")),
        }
    }

    /// Whether the array that was opened last has another element, which must then be read or skipped. False closes the
    /// array.
    pub fn next_element(&mut self) -> Result<bool, Error> {
        self.next_item(b']')
    }

    pub(super) fn open(&mut self) -> Result<bool, Error> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("nested too deep"));
        }
        self.lexer.take_next();
        self.depth += 1;
        self.fresh = true;
        Ok(true)
    }

    /// Goes to the next item of the innermost array or object, past the comma, or closes it at `end`.
    fn next_item(&mut self, end: u8) -> Result<bool, Error> {
        let next = self.lexer.ws_peek();
        if next == Some(end) {
            self.lexer.take_next();
            self.depth = self.depth.saturating_sub(1);
            self.fresh = false;
            return Ok(false);
        }
        if self.fresh {
            self.fresh = false;
        } else if next == Some(b',') {
            self.lexer.take_next();
            self.lexer.eat_whitespace();
        } else {
            return Err(self.error("expected a comma or the end of an array or object"));
        }
        Ok(true)
    }

    /// Reads over the next value, whatever it is, with the same checks as for a value that is read. Nothing of it is copied.
    pub fn skip_value(&mut self) -> Result<(), Error> {
        match self.value_start()? {
            None => {}
            Some(b'"') => self.skip_string()?,
            Some(b'{') => {
                self.open()?;
                while self.key(Reader::skip_string)?.is_some() {
                    self.skip_value()?;
                }
            }
            Some(b'[') => {
                self.open()?;
                while self.next_element()? {
                    self.skip_value()?;
                }
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
            }
            Some(_) => {
                self.literal()?;
            }
        }
        Ok(())
    }

    /// Reads over the next value as [`skip_value`](Self::skip_value) does, and gives its text.
    #[cfg(feature = "validate-input")]
    pub(crate) fn raw_value(&mut self) -> Result<&'a str, Error> {
        self.lexer.eat_whitespace();
        self.raw(Reader::skip_value)
    }

    /// The text of the next value, which is still to be read.
    #[cfg(feature = "validate-input")]
    pub(crate) fn peek_value(&mut self) -> Result<&'a str, Error> {
        self.lexer.eat_whitespace();
        let rest = self.lexer.as_slice();
        let text = self.raw(Reader::skip_value)?;
        self.lexer = SliceLexer::new(rest);
        Ok(text)
    }

    /// The text that is skipped.
    #[cfg(feature = "validate-input")]
    fn raw(&mut self, skip: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<&'a str, Error> {
        let rest = self.lexer.as_slice();
        skip(self)?;
        let text = &rest[..rest.len() - self.lexer.as_slice().len()];
        std::str::from_utf8(text).map_err(|_| self.error("text that is not UTF-8"))
    }

    /// `true` or `false`.
    pub(super) fn literal(&mut self) -> Result<bool, Error> {
        let start = self.offset();
        match self.lexer.null_or_bool() {
            Some(Some(value)) => Ok(value),
            _ => Err(Error::new("not a JSON value", start)),
        }
    }

    /// The text of a number, checked against JSON's grammar.
    pub(super) fn number(&mut self) -> Result<&'a str, Error> {
        match self.lexer.num_string().validated() {
            Ok((text, _)) => Ok(text),
            Err(_) => Err(self.error("not a JSON number")),
        }
    }

    /// Reads a string.
    pub fn string(&mut self) -> Result<Option<String>, Error> {
        Ok(self.text()?.map(Cow::into_owned))
    }

    /// Reads a string without copying it, unless it holds escapes.
    pub fn text(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        match self.value_start()? {
            None => Ok(None),
            Some(b'"') => self.quoted().map(Some),
            Some(_) => Err(self.error("expected a string")),
        }
    }

    /// Reads a string as [`text`](Self::text) does; a value of another type is skipped, and yields `None` as `null` does.
    pub(crate) fn text_or_skip(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        match self.lexer.ws_peek() {
            Some(b'"') => self.quoted().map(Some),
            _ => self.skip_value().map(|()| None),
        }
    }

    /// A string, from its opening quotation mark on.
    pub(super) fn quoted(&mut self) -> Result<Cow<'a, str>, Error> {
        if let Some(text) = self.plain() {
            return Ok(Cow::Borrowed(text));
        }
        let text = self.lexer.str_string();
        text.map_err(|error| self.error(string_fault(&error)))
    }

    /// Reads over a string, from its opening quotation mark on, with the checks of one that is read.
    fn skip_string(&mut self) -> Result<(), Error> {
        if self.plain().is_some() {
            return Ok(());
        }
        let is_text = |bytes: &mut &[u8], (): &mut ()| match std::str::from_utf8(bytes) {
            Ok(_) => Ok(()),
            Err(error) => Err(hifijson::str::Error::Utf8(error)),
        };
        let is_escape = |lexer: &mut SliceLexer<'_>, (): &mut ()| {
            let letter = lexer.take_next().ok_or(hifijson::escape::Error::Eof)?;
            lexer.escape(letter)?;
            Ok(())
        };
        let skipped = self.lexer.str_fold((), is_text, is_escape);
        skipped.map_err(|error| self.error(string_fault(&error)))
    }

    /// A string without escapes, as most are, from its opening quotation mark on. Before any other only the mark is read; the
    /// lexer, which goes byte by byte, is for those.
    #[inline]
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.lexer.discarded().as_slice();
        let (plain, end) = rest.split_at(plain_length(rest));
        let (Ok(text), Some((b'"', end))) = (std::str::from_utf8(plain), end.split_first()) else {
            return None;
        };
        self.lexer = SliceLexer::new(end);
        Some(text)
    }

    /// Reads an object, as far as it can be read; returns false when there is `null` in its place.
    #[inline]
    pub fn object<B>(&mut self, object: &mut B, member: ReadMember<B>) -> Result<bool, Error> {
        if !self.begin_object()? {
            return Ok(false);
        }
        while let Some(key) = self.next_key()? {
            member(object, &key, self)?;
        }
        Ok(true)
    }

    /// Checks that the document is complete: every array and object was read to its end and only white space follows. A
    /// document of nothing but white space passes when no value was asked for.
    pub fn finish(&mut self) -> Result<(), Error> {
        if self.depth > 0 {
            return Err(self.error("array or object that was not read to its end"));
        }
        match self.lexer.ws_peek() {
            None => Ok(()),
            Some(_) => Err(self.error("text after the end of the document")),
        }
    }
}

/// Shows the place that was reached, not the document.
impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("offset", &self.offset())
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}
