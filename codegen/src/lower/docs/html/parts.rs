//! The parts of a text in HTML: hands them on as html5gum finds them.
//!
//! html5gum is generic in what it reads from and in what it makes, and is compiled anew for both. Its own reader is
//! inlined into each of some eighty states; this one is not, which halves what rustc makes of them.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::Reader;

/// Hands all parts of a text to a reader, in their order.
pub(super) fn read(text: &str, reader: &mut Reader<'_>) {
    let parts = Parts {
        reader,
        position: 0,
        end: 0,
        text: Vec::new(),
        text_end: 0,
        tag: Tag::default(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(Bytes(text.as_bytes()), parts).finish();
}

/// A tag, by where it stands in the text.
#[derive(Default)]
pub(super) struct Tag {
    is_end: bool,
    name: Vec<u8>,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Tag {
    /// The name in lower case.
    pub(super) fn name(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    /// The value of the first attribute of this name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(known, _)| known == name.as_bytes())?;
        Some(String::from_utf8_lossy(value).into_owned())
    }
}

struct Parts<'r, 't> {
    reader: &'r mut Reader<'t>,
    /// How far the text was read.
    position: usize,
    /// The end of the last part that was handed on.
    end: usize,
    /// Characters that were not handed on yet, and where they end.
    text: Vec<u8>,
    text_end: usize,
    tag: Tag,
}

impl Parts<'_, '_> {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.reader.string(&String::from_utf8_lossy(&self.text));
            self.end = self.text_end;
            self.text.clear();
        }
    }

    fn open_tag(&mut self, is_end: bool) {
        self.tag.is_end = is_end;
        self.tag.name.clear();
        self.tag.attributes.clear();
    }
}

impl Emitter for Parts<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        self.text_end = self.position;
    }

    fn start_open_tag(&mut self) {
        self.tag.start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.open_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.open_tag(true);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn init_attribute(&mut self) {
        self.tag.attributes.push((Vec::new(), Vec::new()));
    }

    fn push_attribute_name(&mut self, text: &[u8]) {
        if let Some((name, _)) = self.tag.attributes.last_mut() {
            name.extend_from_slice(text);
        }
    }

    fn push_attribute_value(&mut self, text: &[u8]) {
        if let Some((_, value)) = self.tag.attributes.last_mut() {
            value.extend_from_slice(text);
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        self.tag.end = self.position;
        self.end = self.position;
        match self.tag.is_end {
            true => self.reader.end(&self.tag),
            false => self.reader.start(&self.tag),
        }
        None
    }

    fn init_comment(&mut self) {
        self.flush();
    }

    fn emit_current_comment(&mut self) {
        self.end = self.position;
    }

    fn init_doctype(&mut self) {
        self.flush();
    }

    fn emit_current_doctype(&mut self) {
        self.end = self.position;
    }

    fn emit_eof(&mut self) {
        self.flush();
        self.reader.rest(self.end);
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    // Nothing of this is asked for.
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_error(&mut self, _: Error) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        false
    }
}

/// The bytes that are still to be read.
struct Bytes<'t>(&'t [u8]);

impl html5gum::Reader for Bytes<'_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        Ok(self.0.split_off_first().copied())
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let Some((start, rest)) = self.0.split_at_checked(text.len()) else {
            return Ok(false);
        };
        let is = start == text || (!case_sensitive && start.eq_ignore_ascii_case(text));
        if is {
            self.0 = rest;
        }
        Ok(is)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        _: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        let end = self.0.iter().position(|byte| needle.contains(byte));
        let end = end.unwrap_or(self.0.len()).max(1);
        Ok(self
            .0
            .split_off(..end.min(self.0.len()))
            .filter(|read| !read.is_empty()))
    }
}
