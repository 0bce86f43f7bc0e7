//! Words, and how lines are filled with them.

use super::escape::escape;

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
    /// Whether this is the text of a link, in which no other can be.
    pub(super) in_link: bool,
}

impl Words {
    pub(super) fn text(&mut self, text: &str) {
        self.space |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            let word = escape(word, self.in_link);
            self.push(&word);
            self.space = true;
        }
        if !text.is_empty() && !text.trim().is_empty() {
            self.space = text.ends_with(char::is_whitespace);
        }
    }

    pub(super) fn push(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.open) + word;
        match self.done.last_mut() {
            Some(Word::Text(last)) if !self.space => last.push_str(&word),
            _ => self.done.push(Word::Text(word)),
        }
        self.space = false;
    }

    pub(super) fn close(&mut self, mark: &str) {
        if let Some(Word::Text(last)) = self.done.last_mut() {
            last.push_str(mark);
        }
        self.space = false;
    }

    pub(super) fn line_ends(&mut self) {
        if matches!(self.done.last(), Some(Word::Text(_))) && self.open.is_empty() {
            self.done.push(Word::Break);
        }
        self.space = true;
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
