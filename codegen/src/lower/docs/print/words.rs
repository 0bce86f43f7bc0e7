//! Words, and how lines are filled with them.

use std::borrow::Cow;

use super::super::tree::{Inline, text_of};
use super::escape::{address, escape, is_printable};
use super::first_char;

/// What cannot be broken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Word {
    Text(String),
    Break,
}

impl Word {
    pub(super) fn text(self) -> Option<String> {
        match self {
            Word::Text(text) => Some(text),
            Word::Break => None,
        }
    }
}

#[derive(Default)]
pub(super) struct Words {
    pub(super) done: Vec<Word>,
    /// Whether white space stands before what comes next.
    pub(super) space: bool,
    /// Marks that stand before what comes next, without white space between.
    pub(super) open: String,
    /// The marks of emphasis that are open, each once.
    pub(super) emphasis: Vec<&'static str>,
    /// Whether this is the text of a link, in which no other can be.
    pub(super) in_link: bool,
    /// Whether code, a link or a mark came last.
    after_markup: bool,
}

impl Words {
    /// Adds text; `after` is the character that stands behind it.
    pub(super) fn text(&mut self, text: &str, after: Option<char>) {
        let text: &str = &printable(text);
        self.space |= text.starts_with(char::is_whitespace);
        let is_whole = text.ends_with(char::is_whitespace) || after.is_none_or(char::is_whitespace);
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            // Published models put a space between a link and the full stop after it.
            let is_stop = word.bytes().all(|c| matches!(c, b'.' | b',' | b';'));
            let ends = self.after_markup && is_stop && (is_whole || words.peek().is_some());
            self.space &= !ends;
            let word = escape(word, self.in_link);
            self.push(&word);
            self.space = true;
        }
        if !text.is_empty() && !text.trim().is_empty() {
            self.space = text.ends_with(char::is_whitespace);
        }
    }

    /// Code or a link, as it is printed.
    pub(super) fn markup(&mut self, text: &str) {
        self.push(text);
        self.after_markup = true;
    }

    fn push(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.open) + word;
        // Backticks that end code and those that begin other code would be read as one.
        let runs_on = |last: &str| last.ends_with('`') && word.starts_with('`');
        match self.done.last_mut() {
            Some(Word::Text(last)) if !self.space && !runs_on(last) => last.push_str(&word),
            _ => self.done.push(Word::Text(word)),
        }
        self.space = false;
        self.after_markup = false;
    }

    pub(super) fn close(&mut self, mark: &str) {
        // A mark stands before a break, not after it.
        let last = self.done.iter_mut().rev().find_map(|word| match word {
            Word::Text(text) => Some(text),
            Word::Break => None,
        });
        if let Some(last) = last {
            last.push_str(mark);
        }
        self.space = false;
        self.after_markup = true;
    }

    /// Whether marks around `inner` are read as marks, with what stands before and the character `after` it.
    ///
    /// See [emphasis](https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis): between a letter and
    /// punctuation a mark turns to the letter, whatever it was meant for.
    pub(super) fn can_emphasize(
        &self,
        mark: &'static str,
        inner: &[Inline],
        after: Option<char>,
    ) -> bool {
        let text = printable(&text_of(inner)).into_owned();
        let Some(last_word) = text.split_whitespace().next_back() else {
            return false;
        };
        let before = match self.done.last() {
            Some(Word::Text(word)) if !self.space && !text.starts_with(char::is_whitespace) => {
                word.chars().next_back()
            }
            _ => None,
        };
        let after = after.filter(|_| !text.ends_with(char::is_whitespace));
        let is_apart = |c: Option<char>| {
            c.is_none_or(|c| c.is_whitespace() || (c.is_ascii_punctuation() && c != '*'))
        };
        let begins_so = first_char(inner).is_some_and(char::is_alphanumeric);
        // Code and addresses end in a mark of their own.
        let ends_so = last_word.ends_with(char::is_alphanumeric)
            && address(last_word).is_none()
            && matches!(inner.last(), Some(Inline::Text(_)));
        !self.emphasis.contains(&mark)
            && before != Some('*')
            && (begins_so || is_apart(before))
            && (ends_so || is_apart(after))
    }

    pub(super) fn line_ends(&mut self) {
        if matches!(self.done.last(), Some(Word::Text(_))) && self.open.is_empty() {
            self.done.push(Word::Break);
        }
        self.space = true;
    }
}

/// A text without what may not stand in a comment.
fn printable(text: &str) -> Cow<'_, str> {
    let stays = |c: char| c.is_whitespace() || is_printable(c);
    match text.chars().all(stays) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|c| stays(*c)).collect()),
    }
}

/// Fills lines with words.
pub(super) fn wrap(mut words: Vec<Word>, width: usize) -> Vec<String> {
    while words.last() == Some(&Word::Break) {
        words.pop();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    let mut fresh = true;
    for word in words {
        let Word::Text(word) = word else {
            if let Some(line) = lines.last_mut() {
                line.push('\\');
            }
            fresh = true;
            continue;
        };
        let size = word.chars().count();
        match lines.last_mut() {
            Some(line) if !fresh && (length + 1 + size <= width || means_more(&word)) => {
                line.push(' ');
                line.push_str(&word);
                length += 1 + size;
            }
            _ => {
                lines.push(if means_more(&word) {
                    disarm(&word)
                } else {
                    word
                });
                length = size;
                fresh = false;
            }
        }
    }
    lines
}

/// Whether a word at the start of a line would start a list, a heading, a quotation or the like.
fn means_more(word: &str) -> bool {
    word.starts_with(['-', '+', '#', '>', '=', '~', '|', ':']) || numbered(word).is_some()
}

/// The offset of the dot or parenthesis of a number such as `1.` or `12)`.
fn numbered(word: &str) -> Option<usize> {
    let at = word.find(|c: char| !c.is_ascii_digit())?;
    (at > 0 && matches!(&word[at..], "." | ")")).then_some(at)
}

/// The word so that it is only a word.
fn disarm(word: &str) -> String {
    let at = numbered(word).unwrap_or_default();
    format!("{}\\{}", &word[..at], &word[at..])
}
