//! The line that a diagnostic is about, cut out of its file.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;

use farrier::Place;

/// How many characters are cut out on either side of a place: more than is ever shown, and little of a model on one line.
const AROUND: usize = 200;

/// How many characters are underlined at most.
const WIDEST: usize = 60;

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The piece; of harmless characters, as many as are in the file.
    pub(super) text: String,
    /// The bytes of it that the diagnostic is about.
    pub(super) marked: Range<usize>,
    /// How many characters of the line stand before the piece.
    pub(super) skipped: usize,
}

/// The files that diagnostics are about, each read once.
#[derive(Debug, Default)]
pub(super) struct Files {
    read: HashMap<String, Option<File>>,
}

impl Files {
    /// What is there, around a place and `length` characters from it on; 0 for the word that stands there. `None` where the
    /// file cannot be read, or is no longer what it was.
    pub(super) fn excerpt(&mut self, place: &Place, length: usize) -> Option<Excerpt> {
        if place.line == 0 {
            return None;
        }
        let file = self.read.entry(place.file.clone());
        let file = file.or_insert_with(|| File::read(&place.file)).as_ref()?;
        let line = String::from_utf8_lossy(file.line(place.line)?);
        cut(&line, place.column.checked_sub(1)? as usize, length)
    }
}

#[derive(Debug)]
struct File {
    bytes: Vec<u8>,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl File {
    fn read(path: &str) -> Option<File> {
        let bytes = fs::read(path).ok()?;
        // The reader of models skips the mark of UTF-8 too.
        let first = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(first).chain(breaks.map(|(at, _)| at + 1));
        let starts = starts.collect();
        Some(File { bytes, starts })
    }

    /// A line, from 1, without its end.
    fn line(&self, number: u32) -> Option<&[u8]> {
        let start = *self.starts.get(number as usize - 1)?;
        let line = self.bytes[start..].split(|byte| *byte == b'\n').next()?;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// Cuts a piece out of a line, around the place of a character.
fn cut(line: &str, column: usize, length: usize) -> Option<Excerpt> {
    let mut places = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let at = places.nth(column)?;
    let (before, after) = line.split_at(at);
    let left: Vec<char> = before.chars().rev().take(AROUND).collect();
    let right: Vec<char> = after.chars().take(AROUND).collect();
    let marked = match length {
        0 => word(&right),
        _ => length,
    };
    let text: String = left.iter().rev().map(|c| harmless(*c)).collect();
    let start = text.len();
    let mut text = text;
    let mut end = start;
    for (index, c) in right.iter().enumerate() {
        text.push(harmless(*c));
        if index < marked.min(WIDEST) {
            end = text.len();
        }
    }
    Some(Excerpt {
        text,
        marked: start..end,
        skipped: column - left.len(),
    })
}

/// How many characters the word has with which these begin: a string, a name, a number, or just one character.
fn word(text: &[char]) -> usize {
    let Some(first) = text.first() else {
        return 0;
    };
    if *first == '"' {
        let mut escaped = false;
        let end = text.iter().skip(1).position(|c| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        return end.map_or(text.len(), |end| end + 2);
    }
    let name = |c: &&char| c.is_alphanumeric() || "_-.+".contains(**c);
    text.iter().take_while(name).count().max(1)
}

/// What is neither escaped by the printer of excerpts nor harmless in a terminal becomes a mark.
fn harmless(c: char) -> char {
    match c {
        '\u{80}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{AROUND, Excerpt, WIDEST, cut, harmless};

    fn marked(line: &str, column: usize, length: usize) -> (String, usize) {
        let Excerpt {
            text,
            marked,
            skipped,
        } = cut(line, column, length).unwrap();
        (text[marked].to_owned(), skipped)
    }

    #[test]
    fn the_word_at_the_place_is_marked() {
        let line = r#"{"ä": "x\"y", "b": -1.5e3, c}"#;
        for (column, expected) in [
            (0, "{"),
            (1, r#""ä""#),
            (6, r#""x\"y""#),
            (19, "-1.5e3"),
            (27, "c"),
            (29, ""),
        ] {
            assert_eq!(marked(line, column, 0).0, expected, "{column}");
        }
        assert_eq!(marked("[[crate]]", 0, 9).0, "[[crate]]");
        assert_eq!(marked("short", 2, 99).0, "ort");
        assert_eq!(cut("short", 6, 0), None);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let line = format!("{}\"{}", "é".repeat(500_000), "x".repeat(500_000));
        let excerpt = cut(&line, 500_000, 0).unwrap();
        assert_eq!(excerpt.skipped, 500_000 - AROUND);
        assert_eq!(excerpt.text.chars().count(), 2 * AROUND);
        assert_eq!(excerpt.marked.len(), WIDEST);
    }

    #[test]
    fn a_terminal_cannot_be_steered() {
        assert_eq!(harmless('\u{9b}'), char::REPLACEMENT_CHARACTER);
        assert_eq!(
            marked("\"\u{9b}31m\u{200f}\"", 0, 0).0,
            "\"\u{fffd}31m\u{fffd}\""
        );
    }
}
