//! JSON text to [`Node`]s in one pass, each with its place.
//!
//! The lexer is `hifijson`'s, which says at any time how far it is; parsers made for serde do not, and numbers go
//! through `f64` there.

use std::collections::HashSet;

use hifijson::num::LexWrite as _;
use hifijson::str::{Error as StringFault, LexAlloc as _};
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer};

use super::node::{Entry, Node, Object, Value};
use super::source::{Files, Span};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How deep values may be nested, so that no walk over a node runs out of stack.
const DEEPEST: usize = 200;

/// From how many entries on an object's keys are compared by hash.
const MANY: usize = 16;

/// Reads the whole text of a file as one JSON value; `None` when it is none.
pub(super) fn parse(files: &Files, file: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = files.text(file).as_bytes();
    let mut parser = Parser {
        lexer: SliceLexer::new(text),
        length: text.len(),
        file,
        duplicates: Vec::new(),
    };
    let node = parser.document();
    for (key, span) in parser.duplicates {
        let message = format!("the key `{key}` is given twice in one object");
        let duplicate = Diagnostic::error(Code::DuplicateKey, message).at(files, span);
        diagnostics.push(duplicate.help("keep one of them"));
    }
    match node {
        Ok(node) => Some(node),
        Err(fault) => {
            let span = Span {
                file,
                start: fault.start,
            };
            let mut diagnostic = Diagnostic::error(fault.code, fault.message).at(files, span);
            if fault.code == Code::NotJson && is_idl(text) {
                let help = "this looks like the Smithy IDL, which `smithy ast` turns into JSON";
                diagnostic = diagnostic.help(help);
            }
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// Whether the text begins as one in the [Smithy IDL](https://smithy.io/2.0/spec/idl.html) does.
fn is_idl(text: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"$version", b"//", b"metadata ", b"namespace "];
    starts
        .iter()
        .any(|start| text.trim_ascii_start().starts_with(start))
}

/// Why the text is not JSON.
struct Fault {
    code: Code,
    message: String,
    start: u32,
}

struct Parser<'a> {
    lexer: SliceLexer<'a>,
    length: usize,
    file: u32,
    duplicates: Vec<(String, Span)>,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
        if self.lexer.ws_peek().is_none() {
            return Err(self.fault("the file is empty"));
        }
        let node = self.value(0)?;
        match self.lexer.ws_peek() {
            None => Ok(node),
            Some(_) => Err(self.expected("the end of the file")),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        let next = self.lexer.ws_peek();
        let span = self.here();
        let value = match next {
            Some(b'{') => Value::Object(self.object(depth + 1)?),
            Some(b'[') => Value::Array(self.array(depth + 1)?),
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'n' | b't' | b'f') => match self.lexer.null_or_bool() {
                Some(None) => Value::Null,
                Some(Some(value)) => Value::Boolean(value),
                None => return Err(not_json("expected a value".to_owned(), span.start)),
            },
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { value, span })
    }

    fn object(&mut self, depth: usize) -> Result<Object, Fault> {
        self.open(depth)?;
        let mut entries: Vec<Entry> = Vec::new();
        if self.lexer.ws_peek() == Some(b'}') {
            self.lexer.take_next();
            return Ok(Object { entries });
        }
        loop {
            if self.lexer.ws_peek() != Some(b'"') {
                return Err(self.expected("a key in quotes"));
            }
            let key_span = self.here();
            let key = self.string()?;
            if self.lexer.ws_peek() != Some(b':') {
                return Err(self.expected("a colon"));
            }
            self.lexer.take_next();
            let value = self.value(depth)?;
            entries.push(Entry {
                key,
                key_span,
                value,
            });
            if !self.goes_on(b'}', "a comma or a closing brace")? {
                break;
            }
        }
        self.drop_duplicates(&mut entries);
        Ok(Object { entries })
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Node>, Fault> {
        self.open(depth)?;
        let mut elements = Vec::new();
        if self.lexer.ws_peek() == Some(b']') {
            self.lexer.take_next();
            return Ok(elements);
        }
        loop {
            elements.push(self.value(depth)?);
            if !self.goes_on(b']', "a comma or a closing bracket")? {
                return Ok(elements);
            }
        }
    }

    /// Takes an opening bracket or brace, if it is not one too many.
    fn open(&mut self, depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            let message = format!("values are nested more than {DEEPEST} deep");
            return Err(Fault {
                code: Code::TooDeep,
                ..self.fault(&message)
            });
        }
        self.lexer.take_next();
        Ok(())
    }

    /// Takes a comma (and there is more) or the end.
    fn goes_on(&mut self, end: u8, expected: &str) -> Result<bool, Fault> {
        match self.lexer.ws_peek() {
            Some(next) if next == b',' || next == end => {
                self.lexer.take_next();
                Ok(next == b',')
            }
            _ => Err(self.expected(expected)),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.here().start;
        self.lexer.take_next();
        match self.lexer.str_string() {
            Ok(text) => Ok(text.into_owned()),
            Err(StringFault::Eof) => Err(not_json("the string has no end".to_owned(), start)),
            // The lexer has taken the character that is at fault, except at the end of the file.
            Err(fault) => {
                let at = self.here().start.saturating_sub(1).max(start);
                Err(not_json(format!("the string is not valid: {fault}"), at))
            }
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        match self.lexer.num_string().validated() {
            Ok((text, _)) => Ok(Value::Number(text.into())),
            Err(_) => Err(self.expected("a digit")),
        }
    }

    /// Keeps the first of several entries with one key, and notes the others.
    fn drop_duplicates(&mut self, entries: &mut Vec<Entry>) {
        let twice = if entries.len() < MANY {
            (1..entries.len()).any(|at| entries[..at].iter().any(|e| e.key == entries[at].key))
        } else {
            let keys: HashSet<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            keys.len() < entries.len()
        };
        if twice {
            let mut seen = HashSet::new();
            entries.retain(|entry| {
                let first = seen.insert(entry.key.clone());
                if !first {
                    self.duplicates.push((entry.key.clone(), entry.key_span));
                }
                first
            });
        }
    }

    /// Where the lexer is. [`Files::add`] keeps files small enough for 32 bits.
    fn here(&self) -> Span {
        Span {
            file: self.file,
            start: (self.length - self.lexer.as_slice().len()) as u32,
        }
    }

    fn expected(&self, what: &str) -> Fault {
        match self.lexer.as_slice().first() {
            None => self.fault(&format!("expected {what}, found the end of the file")),
            Some(_) => self.fault(&format!("expected {what}")),
        }
    }

    fn fault(&self, message: &str) -> Fault {
        not_json(message.to_owned(), self.here().start)
    }
}

fn not_json(message: String, start: u32) -> Fault {
    Fault {
        code: Code::NotJson,
        message: format!("this is not JSON: {message}"),
        start,
    }
}
