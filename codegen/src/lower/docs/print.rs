//! Prints a text as Markdown that rustdoc reads as it is meant: escaped, linked and broken into lines.

mod escape;
mod words;

use super::tree::{Block, Inline, text_of};
use crate::list::List as _;
pub(super) use escape::{code_span, is_printable};
use escape::{escape_pipes, fenced};
use words::{Word, Words, wrap};

/// What a text points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim<'a> {
    /// What has this name in the model or in Rust.
    Name(&'a str),
    /// What is described on this page of the web.
    Page(&'a str),
}

/// Finds the path of what is aimed at, where it is printed.
pub(super) type Find<'a> = dyn Fn(Aim<'_>) -> Option<String> + 'a;

/// Writes one text.
pub(super) struct Printer<'a> {
    width: usize,
    find: &'a Find<'a>,
}

impl<'a> Printer<'a> {
    /// A printer for lines of at most `width` characters, unless a word is longer.
    pub(super) fn new(width: usize, find: &'a Find<'a>) -> Printer<'a> {
        Printer { width, find }
    }

    /// The lines; no blank ones at either end.
    pub(super) fn print(&self, blocks: &[Block]) -> Vec<String> {
        let mut lines = self.blocks(blocks, self.width, true);
        let start = lines
            .iter()
            .position(|line| !line.is_empty())
            .unwrap_or(lines.len());
        lines.drain(..start);
        lines
    }

    fn blocks(&self, blocks: &[Block], width: usize, loose: bool) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut bullet = '*';
        for (at, block) in blocks.iter().enumerate() {
            // Lists that follow each other would become one if they had the same bullet.
            let follows =
                at > 0 && matches!((&blocks[at - 1], block), (Block::List(..), Block::List(..)));
            bullet = if follows && bullet == '-' { '*' } else { '-' };
            let printed = self.block(block, width, bullet);
            if printed.is_empty() {
                continue;
            }
            let gap = loose || !matches!(block, Block::List(..));
            if !lines.is_empty() && gap {
                lines.push(String::new());
            }
            lines.extend(printed);
        }
        lines
    }

    fn block(&self, block: &Block, width: usize, bullet: char) -> Vec<String> {
        match block {
            Block::Paragraph(inlines) => wrap(self.words(inlines), width),
            Block::Heading(level, inlines) => {
                let words = self.words(inlines);
                let text: Vec<String> = words.into_iter().filter_map(Word::text).list();
                if text.is_empty() {
                    Vec::new()
                } else {
                    vec![format!(
                        "{} {}",
                        "#".repeat((*level).clamp(1, 6)),
                        text.join(" ")
                    )]
                }
            }
            Block::Code(code) => fenced(code),
            Block::List(start, items) => self.list(*start, items, width, bullet),
            Block::Quote(inner) => {
                let lines = self.blocks(inner, width.saturating_sub(2), true);
                lines
                    .into_iter()
                    .map(|line| {
                        if line.is_empty() {
                            ">".to_owned()
                        } else {
                            format!("> {line}")
                        }
                    })
                    .list()
            }
            Block::Table(rows) => self.table(rows),
        }
    }

    fn list(
        &self,
        start: Option<u64>,
        items: &[Vec<Block>],
        width: usize,
        bullet: char,
    ) -> Vec<String> {
        let is_short = |item: &Vec<Block>| {
            let [first, rest @ ..] = item.as_slice() else {
                return true;
            };
            matches!(first, Block::Paragraph(_))
                && rest.iter().all(|block| matches!(block, Block::List(..)))
        };
        let tight = items.iter().all(is_short);
        let mut lines: Vec<String> = Vec::new();
        let mut number = start.unwrap_or_default();
        for item in items {
            let marker = if start.is_some() {
                format!("{number}. ")
            } else {
                format!("{bullet} ")
            };
            let indent = " ".repeat(marker.len());
            let printed = self.blocks(item, width.saturating_sub(marker.len()), !tight);
            if printed.is_empty() {
                continue;
            }
            if !tight && !lines.is_empty() {
                lines.push(String::new());
            }
            for (at, line) in printed.into_iter().enumerate() {
                let before = if at == 0 { &marker } else { &indent };
                lines.push(if line.is_empty() {
                    line
                } else {
                    format!("{before}{line}")
                });
            }
            number = number.saturating_add(1);
        }
        lines
    }

    fn table(&self, rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if columns == 0 {
            return Vec::new();
        }
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut line = String::from("|");
            for column in 0..columns {
                let words = row
                    .get(column)
                    .map(|cell| self.words(cell))
                    .unwrap_or_default();
                let text: Vec<String> = words.into_iter().filter_map(Word::text).list();
                line.push_str(&format!(" {} |", escape_pipes(&text.join(" "))));
            }
            lines.push(line);
            if at == 0 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines
    }

    fn words(&self, inlines: &[Inline]) -> Vec<Word> {
        let mut words = Words::default();
        self.add(inlines, None, &mut words);
        words.done
    }

    /// Adds inlines; `after` is the character that stands behind them.
    fn add(&self, inlines: &[Inline], after: Option<char>, words: &mut Words) {
        for (at, inline) in inlines.iter().enumerate() {
            let after = first_char(&inlines[at + 1..]).or(after);
            match inline {
                Inline::Text(text) => words.text(text, after),
                Inline::Code(code) => match self.reference(code) {
                    Some(link) if !words.in_link => words.markup(&link),
                    _ => words.markup(&code_span(code)),
                },
                Inline::Reference(name) => match self.reference(name) {
                    Some(link) if !words.in_link => words.markup(&link),
                    _ => words.text(name, after),
                },
                Inline::Strong(inner) | Inline::Emphasis(inner) => {
                    let mark = if matches!(inline, Inline::Strong(_)) {
                        "**"
                    } else {
                        "*"
                    };
                    if words.can_emphasize(mark, inner, after) {
                        words.emphasis.push(mark);
                        self.wrapped(inner, (mark, mark), after, words);
                        words.emphasis.pop();
                    } else {
                        self.add(inner, after, words);
                    }
                }
                Inline::Link(inner, url) => self.link(inner, url, words),
                Inline::Break => words.line_ends(),
            }
        }
    }

    /// Text between marks, which stand at its first and last word.
    fn wrapped(
        &self,
        inner: &[Inline],
        (open, close): (&str, &str),
        after: Option<char>,
        words: &mut Words,
    ) {
        let text = text_of(inner);
        words.space |= text.starts_with(char::is_whitespace);
        words.open.push_str(open);
        self.add(inner, close.chars().next().or(after), words);
        words.close(close);
        words.space |= text.ends_with(char::is_whitespace);
    }

    fn link(&self, inner: &[Inline], url: &str, words: &mut Words) {
        let text = text_of(inner);
        if words.in_link || !text.chars().any(|c| !c.is_whitespace() && is_printable(c)) {
            return self.add(inner, None, words);
        }
        if text == url {
            return words.markup(&format!("<{url}>"));
        }
        let path = (self.find)(Aim::Page(url));
        if let Some(link) = path.as_ref().and_then(|_| self.reference(text.trim())) {
            return words.markup(&link);
        }
        let target = match path {
            Some(path) => format!("]({path})"),
            None if url.contains(['(', ')']) => format!("](<{url}>)"),
            None => format!("]({url})"),
        };
        words.in_link = true;
        self.wrapped(inner, ("[", &target), Some(']'), words);
        words.in_link = false;
    }

    /// A link to what is printed under a name.
    fn reference(&self, name: &str) -> Option<String> {
        (self.find)(Aim::Name(name)).map(|path| format!("[`{name}`]({path})"))
    }
}

/// The character that comes first when inlines are printed.
fn first_char(inlines: &[Inline]) -> Option<char> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(text) if escape::address(text) == Some(0) => Some('<'),
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) | Inline::Reference(_) => Some('`'),
        Inline::Link(..) => Some('['),
        Inline::Strong(inner) | Inline::Emphasis(inner) => first_char(inner),
        Inline::Break => Some('\n'),
    })
}
