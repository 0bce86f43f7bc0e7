//! The layout of code, which depends on the lengths of its words and not on the words: what looks like something that was
//! laid out before is filled in, not laid out again.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use proc_macro2::{Delimiter, Literal, Spacing};

use super::tokens::Tree;
use crate::names::is_keyword;

/// Layouts that were made, by what they are for.
///
/// Most of a client is methods that differ in their names: a member has three on its builder and three on the call.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    kept: Mutex<HashMap<String, Arc<Layout>>>,
}

/// A text, and where words are put into it.
#[derive(Debug)]
struct Layout {
    text: String,
    /// Where the words that may be others are in the text, in their order.
    slots: Vec<Range<usize>>,
}

impl Layouts {
    /// The code, formatted: by `format` where nothing that looks like it was before.
    pub(super) fn print(
        &self,
        code: Vec<Tree>,
        format: impl FnOnce(Vec<Tree>) -> Result<String, String>,
    ) -> Result<String, String> {
        let mut look = Look::default();
        if !look.take_in(&code) {
            return format(code);
        }
        let kept = self.kept().get(&look.key).cloned();
        if let Some(layout) = kept {
            return Ok(layout.filled(&look));
        }
        let text = format(code)?;
        if let Some(slots) = look.slots(&text) {
            let text = text.clone();
            let layout = Arc::new(Layout { text, slots });
            self.kept().insert(look.key, layout);
        }
        Ok(text)
    }

    /// A thread that panicked holding this has left it whole: what it does there cannot fail.
    fn kept(&self) -> MutexGuard<'_, HashMap<String, Arc<Layout>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layout {
    fn filled(&self, look: &Look) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut end = 0;
        let words = look.words.iter().filter(|word| word.kind != Kind::Fixed);
        debug_assert_eq!(words.clone().count(), self.slots.len());
        for (slot, word) in self.slots.iter().zip(words) {
            let before = &self.text[end..slot.start];
            out.push_str(before);
            let text = &look.text[word.range.clone()];
            match word.kind {
                Kind::Docs => {
                    let line = before.rsplit('\n').next().unwrap_or_default();
                    print_docs(&mut out, text, line);
                }
                Kind::Open | Kind::Fixed => out.push_str(text),
            }
            end = slot.end;
        }
        out.push_str(&self.text[end..]);
        out
    }
}

/// The lines as comments; all but the first are indented.
fn print_docs(out: &mut String, docs: &str, indent: &str) {
    for (index, line) in docs.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            out.push_str(indent);
        }
        out.push_str("///");
        out.push_str(line);
    }
}

/// Stands for lines of documentation in a key; no other sign there is one.
const DOCS: char = '\n';

/// What decides how code is laid out, and its words.
#[derive(Debug, Default)]
struct Look {
    key: String,
    /// All words, one after the other.
    text: String,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    kind: Kind,
    range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Another of its length may stand for it.
    Open,
    Fixed,
    /// Lines of documentation.
    Docs,
}

impl Look {
    /// Looks at the code; whether its layout depends on nothing but the lengths of its words.
    fn take_in(&mut self, code: &[Tree]) -> bool {
        let mut trees = code.iter();
        while let Some(tree) = trees.next() {
            let is_plain = match tree {
                Tree::Word(ident) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{ident}");
                    let is_fixed = is_macro(trees.as_slice()) || is_keyword(&self.text[start..]);
                    self.word(start, if is_fixed { Kind::Fixed } else { Kind::Open })
                }
                Tree::Literal(literal) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{literal}");
                    let is_text = self.text[start..].starts_with('"');
                    self.word(start, if is_text { Kind::Open } else { Kind::Fixed })
                }
                Tree::Punct(punct) if punct.as_char() == '#' => match trees.next() {
                    Some(Tree::Group(Delimiter::Bracket, attribute)) => self.attribute(attribute),
                    _ => false,
                },
                Tree::Punct(punct) => {
                    self.key.push(punct.as_char());
                    if punct.spacing() == Spacing::Alone {
                        self.key.push(' ');
                    }
                    true
                }
                Tree::Group(delimiter, inside) => self.group(*delimiter, inside),
            };
            if !is_plain {
                return false;
            }
        }
        true
    }

    fn group(&mut self, delimiter: Delimiter, inside: &[Tree]) -> bool {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Brace => ('{', '}'),
            Delimiter::Bracket => ('[', ']'),
            Delimiter::None => return false,
        };
        self.key.push(open);
        let is_plain = self.take_in(inside);
        self.key.push(close);
        is_plain
    }

    fn attribute(&mut self, attribute: &[Tree]) -> bool {
        if let [Tree::Word(name), Tree::Punct(_), Tree::Literal(text)] = attribute
            && name == "doc"
        {
            return self.doc(text);
        }
        // What an attribute is called may decide how it is laid out.
        let start = self.text.len();
        self.key.push('#');
        let is_plain = self.group(Delimiter::Bracket, attribute);
        self.key.push_str(&self.text[start..]);
        is_plain
    }

    /// A line of documentation.
    fn doc(&mut self, literal: &Literal) -> bool {
        let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else {
            return false;
        };
        let text = text.value();
        if text.contains('\n') || text.starts_with('/') {
            return false;
        }
        let line = text.trim_end_matches(' ');
        match self.words.last_mut() {
            Some(Word {
                kind: Kind::Docs,
                range,
            }) if range.end == self.text.len() && self.key.ends_with(DOCS) => {
                self.text.push('\n');
                self.text.push_str(line);
                range.end = self.text.len();
            }
            _ => {
                let start = self.text.len();
                self.text.push_str(line);
                self.words.push(Word {
                    kind: Kind::Docs,
                    range: start..self.text.len(),
                });
                self.key.push(DOCS);
            }
        }
        true
    }

    /// The word that begins at `start` and goes to the end of the text.
    fn word(&mut self, start: usize, kind: Kind) -> bool {
        let word = &self.text[start..];
        if !word.is_ascii() || word.contains('\n') {
            return false;
        }
        if kind == Kind::Open {
            self.key
                .push(if word.starts_with('"') { '"' } else { '\'' });
            let _ = write!(self.key, "{}", word.len());
        } else {
            self.key.push_str(word);
        }
        self.key.push(' ');
        self.words.push(Word {
            kind,
            range: start..self.text.len(),
        });
        true
    }

    /// Where the words are in the text that was made of the code; none where it is not just them, punctuation and space. It may
    /// have them in another order where two are the same: prettyplease puts lifetimes first, as emitters do.
    fn slots(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut slots = Vec::new();
        let mut at = 0;
        for word in &self.words {
            at += gap(&text[at..], word.kind);
            let written = &self.text[word.range.clone()];
            let length = if word.kind == Kind::Docs {
                let line = text[..at].rsplit('\n').next().unwrap_or_default();
                if !line.trim().is_empty() {
                    return None;
                }
                let mut docs = String::new();
                print_docs(&mut docs, written, line);
                text[at..].starts_with(&docs).then_some(docs.len())?
            } else {
                text[at..].starts_with(written).then_some(written.len())?
            };
            if word.kind != Kind::Fixed {
                slots.push(at..at + length);
            }
            at += length;
        }
        (gap(&text[at..], Kind::Fixed) == text.len() - at).then_some(slots)
    }
}

/// Whether the word before is the name of a macro, which decides how its arguments are laid out.
fn is_macro(after: &[Tree]) -> bool {
    matches!(after, [Tree::Punct(punct), ..] if punct.as_char() == '!' && punct.spacing() == Spacing::Alone)
}

/// How much of the text lies before its next word.
fn gap(text: &str, kind: Kind) -> usize {
    let is_gap = |c: char| match kind {
        Kind::Docs => c.is_ascii_whitespace(),
        Kind::Open | Kind::Fixed => {
            c.is_ascii_whitespace() || c.is_ascii_punctuation() && !matches!(c, '"' | '_')
        }
    };
    text.find(|c| !is_gap(c)).unwrap_or(text.len())
}
