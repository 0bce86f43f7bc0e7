//! Documentation in HTML, as published models have it.

mod parts;
mod stack;

use super::tree::{Block, Inline, web_address};
use crate::list::List as _;
use parts::Tag;
use stack::{Form, Frame};

/// Elements that are understood or have no meaning here; any other tag is a placeholder such as `<region>` and stays text.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "caution",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "fullname",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "important",
    "li",
    "literal",
    "note",
    "ol",
    "p",
    "para",
    "pre",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tip",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "warning",
];

/// Elements that can stand inside code without being part of it.
const INSIDE_CODE: &[&str] = &[
    "a", "b", "br", "code", "em", "i", "q", "small", "span", "strong", "tt", "u", "var",
];

/// Whether a text is HTML: it holds a tag of a known element outside of code between backticks.
pub(super) fn is_html(text: &str) -> bool {
    // Every other piece stands between backticks; one that is not closed does not count.
    let pieces: Vec<&str> = text.split('`').list();
    pieces.iter().step_by(2).any(|piece| {
        piece
            .match_indices('<')
            .any(|(at, _)| has_tag(&piece[at + 1..]))
    })
}

fn has_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let closes = rest[end..].starts_with(['>', ' ', '/', '\n']);
    closes && ELEMENTS.contains(&rest[..end].to_ascii_lowercase().as_str())
}

/// Reads a text; whatever it holds, no word of it is lost.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut reader = Reader {
        text,
        ..Reader::default()
    };
    parts::read(text, &mut reader);
    reader.finish()
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    root: Vec<Block>,
    frames: Vec<Frame>,
    /// The paragraph, and the pieces of it that are open, outermost first.
    inlines: Vec<Inline>,
    forms: Vec<(Form, Vec<Inline>)>,
    /// The code that is open, and how often it was opened.
    code: Option<(String, usize)>,
    pre: Option<String>,
}

impl Reader<'_> {
    fn string(&mut self, text: &str) {
        if let Some(pre) = &mut self.pre {
            pre.push_str(text);
        } else if let Some((code, _)) = &mut self.code {
            code.push_str(text);
        } else {
            self.plain(text);
        }
    }

    /// Text between tags; what its author put between backticks is code in HTML too.
    fn plain(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, code, after)) = between_backticks(rest) {
            self.text(before);
            self.inline(Inline::Code(code.to_owned()));
            rest = after;
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.inline(Inline::Text(text.to_owned()));
        }
    }

    fn raw(&mut self, tag: &Tag) {
        self.string(self.text.get(tag.start..tag.end).unwrap_or_default());
    }

    /// What comes after the last part: a tag that never ends.
    fn rest(&mut self, start: usize) {
        self.string(self.text.get(start..).unwrap_or_default());
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name();
        let name = name.as_str();
        if !ELEMENTS.contains(&name) || self.is_text(name) {
            return self.raw(tag);
        }
        match name {
            "code" | "tt" | "literal" => match &mut self.code {
                Some((_, depth)) => *depth += 1,
                None => self.code = Some((String::new(), 1)),
            },
            _ if self.code.is_some() => {}
            "b" | "strong" => self.open(Form::Strong),
            "i" | "em" | "var" => self.open(Form::Emphasis),
            "a" => {
                let href = tag.attribute("href");
                self.open(Form::Link(href.as_deref().and_then(web_address)));
            }
            "br" => self.inline(Inline::Break),
            "pre" => {
                self.paragraph();
                self.pre = Some(String::new());
            }
            "ul" | "dl" => self.push(Frame::List(None, Vec::new())),
            "ol" => self.push(Frame::List(Some(1), Vec::new())),
            "li" => self.item(),
            "dt" => {
                self.item();
                self.open(Form::Strong);
            }
            "note" | "important" | "caution" | "warning" | "tip" => self.notice(name),
            "blockquote" => self.push(Frame::Quote(Vec::new())),
            "table" => self.push(Frame::Table(Vec::new())),
            "tr" => self.row(),
            "td" | "th" => self.cell(),
            "q" | "small" | "span" | "sub" | "sup" | "u" => {}
            _ => {
                self.paragraph();
                if is_heading(name) {
                    self.open(Form::Strong);
                }
            }
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name = tag.name();
        let name = name.as_str();
        if name == "pre" && self.pre.is_some() {
            let pre = self.pre.take().unwrap_or_default();
            let lines = pre.trim_matches('\n').lines().map(str::to_owned).list();
            return self.block(Block::Code(lines));
        }
        if !ELEMENTS.contains(&name) || self.is_text(name) {
            return self.raw(tag);
        }
        match name {
            "code" | "tt" | "literal" => self.end_code(),
            _ if self.code.is_some() => {}
            "b" | "strong" => self.close(|form| matches!(form, Form::Strong)),
            "i" | "em" | "var" => self.close(|form| matches!(form, Form::Emphasis)),
            "a" => self.close(|form| matches!(form, Form::Link(_))),
            "ul" | "ol" | "dl" => self.pop(|frame| matches!(frame, Frame::List(..))),
            "li" => self.pop_within(
                |frame| matches!(frame, Frame::Item(_)),
                |frame| matches!(frame, Frame::List(..)),
            ),
            "note" | "important" | "caution" | "warning" | "tip" | "blockquote" => {
                self.pop(|frame| matches!(frame, Frame::Quote(_)));
            }
            "table" => self.pop(|frame| matches!(frame, Frame::Table(_))),
            "tr" => self.pop_within(
                |frame| matches!(frame, Frame::Row(_)),
                |frame| matches!(frame, Frame::Table(_)),
            ),
            "td" | "th" => self.pop_within(
                |frame| matches!(frame, Frame::Cell(_)),
                |frame| matches!(frame, Frame::Row(_)),
            ),
            "br" | "q" | "small" | "span" | "sub" | "sup" | "u" => {}
            _ => self.paragraph(),
        }
    }

    /// Whether a tag is part of the code around it.
    fn is_text(&self, name: &str) -> bool {
        if self.pre.is_some() {
            return !INSIDE_CODE.contains(&name);
        }
        // A paragraph in code that is not closed ends it all the same, or the rest of the text would be code.
        self.code
            .as_ref()
            .is_some_and(|(code, _)| !INSIDE_CODE.contains(&name) && !code.is_empty())
    }

    fn end_code(&mut self) {
        let Some((code, depth)) = self.code.take() else {
            return;
        };
        if depth > 1 {
            self.code = Some((code, depth - 1));
            return;
        }
        // White space at the ends belongs to the text around.
        let inside = code.trim();
        if inside.is_empty() {
            return self.inline(Inline::Text(" ".to_owned()));
        }
        if code.starts_with(char::is_whitespace) {
            self.inline(Inline::Text(" ".to_owned()));
        }
        self.inline(Inline::Code(inside.to_owned()));
        if code.ends_with(char::is_whitespace) {
            self.inline(Inline::Text(" ".to_owned()));
        }
    }
}

/// The first code between single backticks, and what stands before and after it.
fn between_backticks(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    let is_code = !code.is_empty() && code.trim() == code && !after.starts_with('`');
    is_code.then_some((before, code, after))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
