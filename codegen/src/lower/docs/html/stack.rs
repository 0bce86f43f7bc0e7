//! What is open while HTML is read: blocks around the text, forms of the text itself.

use super::super::tree::{Block, DEEPEST, Inline, is_blank, text_of};
use super::Reader;
use crate::list::List as _;

/// What is open around the text that comes next, outermost first.
#[derive(Debug)]
pub(super) enum Frame {
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
    Quote(Vec<Block>),
    Table(Vec<Vec<Vec<Inline>>>),
    Row(Vec<Vec<Inline>>),
    Cell(Vec<Block>),
}

/// A form that a piece of a paragraph has.
#[derive(Debug, Clone)]
pub(super) enum Form {
    Strong,
    Emphasis,
    Link(Option<String>),
}

impl Reader<'_> {
    pub(super) fn inline(&mut self, inline: Inline) {
        let inlines = match self.forms.last_mut() {
            Some((_, inlines)) => inlines,
            None => &mut self.inlines,
        };
        match (inlines.last_mut(), inline) {
            // Code that follows code without anything in between is one.
            (Some(Inline::Code(code)), Inline::Code(more)) => code.push_str(&more),
            (_, inline) => inlines.push(inline),
        }
    }

    pub(super) fn open(&mut self, form: Form) {
        if self.forms.len() < DEEPEST {
            self.forms.push((form, Vec::new()));
        }
    }

    /// Closes the innermost form of this kind, and those inside it.
    pub(super) fn close(&mut self, is: impl Fn(&Form) -> bool) {
        let Some(at) = self.forms.iter().rposition(|(form, _)| is(form)) else {
            return;
        };
        while self.forms.len() > at {
            self.close_last();
        }
    }

    pub(super) fn close_last(&mut self) {
        let Some((form, inner)) = self.forms.pop() else {
            return;
        };
        self.inline(match form {
            Form::Strong => Inline::Strong(inner),
            Form::Emphasis => Inline::Emphasis(inner),
            Form::Link(Some(url)) => Inline::Link(inner, url),
            // A link to nowhere names an operation or a type.
            Form::Link(None) => Inline::Reference(text_of(&inner)),
        });
    }

    /// Ends the paragraph that is open.
    pub(super) fn paragraph(&mut self) {
        if self.code.is_some() {
            self.code = self.code.take().map(|(code, _)| (code, 1));
            self.end_code();
        }
        while !self.forms.is_empty() {
            self.close_last();
        }
        let inlines = std::mem::take(&mut self.inlines);
        if is_blank(&inlines) {
            return;
        }
        self.block(match lines_of_code(&inlines) {
            Some(lines) => Block::Code(lines),
            None => Block::Paragraph(inlines),
        });
    }

    pub(super) fn block(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(Frame::Item(blocks) | Frame::Quote(blocks) | Frame::Cell(blocks)) => {
                blocks.push(block)
            }
            Some(Frame::List(_, items)) => items.push(vec![block]),
            Some(Frame::Table(rows)) => rows.push(vec![flat(&[block])]),
            Some(Frame::Row(cells)) => cells.push(flat(&[block])),
            None => self.root.push(block),
        }
    }

    pub(super) fn push(&mut self, frame: Frame) {
        self.paragraph();
        if self.frames.len() < DEEPEST {
            self.frames.push(frame);
        }
    }

    pub(super) fn item(&mut self) {
        self.pop_within(
            |frame| matches!(frame, Frame::Item(_)),
            |frame| matches!(frame, Frame::List(..)),
        );
        if matches!(self.frames.last(), Some(Frame::List(..))) {
            self.frames.push(Frame::Item(Vec::new()));
        }
    }

    pub(super) fn row(&mut self) {
        self.pop_within(
            |frame| matches!(frame, Frame::Row(_)),
            |frame| matches!(frame, Frame::Table(_)),
        );
        if matches!(self.frames.last(), Some(Frame::Table(_))) {
            self.frames.push(Frame::Row(Vec::new()));
        }
    }

    pub(super) fn cell(&mut self) {
        self.pop_within(
            |frame| matches!(frame, Frame::Cell(_)),
            |frame| matches!(frame, Frame::Row(_)),
        );
        if matches!(self.frames.last(), Some(Frame::Row(_))) {
            self.frames.push(Frame::Cell(Vec::new()));
        }
    }

    /// A note, with a word before it that says of which kind it is.
    pub(super) fn notice(&mut self, name: &str) {
        self.push(Frame::Quote(Vec::new()));
        let mut label: Vec<char> = name.chars().list();
        label
            .iter_mut()
            .take(1)
            .for_each(|first| *first = first.to_ascii_uppercase());
        let label: String = label.into_iter().collect();
        self.block(Block::Paragraph(vec![Inline::Strong(vec![Inline::Text(
            label,
        )])]));
    }

    /// Closes the innermost frame of this kind, and those inside it.
    pub(super) fn pop(&mut self, is: impl Fn(&Frame) -> bool) {
        self.pop_within(is, |_| false);
    }

    /// As `pop`, but not past a frame of another kind.
    pub(super) fn pop_within(
        &mut self,
        is: impl Fn(&Frame) -> bool,
        stop: impl Fn(&Frame) -> bool,
    ) {
        self.paragraph();
        let found = self
            .frames
            .iter()
            .rposition(|frame| is(frame) || stop(frame));
        let Some(at) = found.filter(|at| is(&self.frames[*at])) else {
            return;
        };
        while self.frames.len() > at {
            self.pop_last();
        }
    }

    pub(super) fn pop_last(&mut self) {
        let block = match self.frames.pop() {
            Some(Frame::List(start, items)) => Block::List(start, items),
            Some(Frame::Quote(blocks)) => Block::Quote(blocks),
            Some(Frame::Table(rows)) => Block::Table(rows),
            Some(Frame::Item(blocks)) => {
                if let Some(Frame::List(_, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
                return;
            }
            Some(Frame::Row(cells)) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut() {
                    rows.push(cells);
                }
                return;
            }
            Some(Frame::Cell(blocks)) => {
                if let Some(Frame::Row(cells)) = self.frames.last_mut() {
                    cells.push(flat(&blocks));
                }
                return;
            }
            None => return,
        };
        self.block(block);
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        if let Some(pre) = self.pre.take() {
            self.block(Block::Code(pre.lines().map(str::to_owned).list()));
        }
        self.paragraph();
        while !self.frames.is_empty() {
            self.pop_last();
        }
        join_code(self.root)
    }
}

/// Makes paragraphs of nothing but code that follow each other the lines of one piece of code.
fn join_code(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    // How many paragraphs of code came last.
    let mut run = 0;
    for block in blocks {
        let line = line_of_code(&block);
        match (line, joined.last_mut()) {
            (Some(line), Some(Block::Code(lines))) if run > 1 => lines.push(line),
            (Some(line), Some(last)) if run == 1 => {
                let first = line_of_code(last).unwrap_or_default();
                *last = Block::Code(vec![first, line]);
            }
            (line, _) => {
                run = 0;
                joined.push(match block {
                    Block::List(start, items) => {
                        Block::List(start, items.into_iter().map(join_code).list())
                    }
                    Block::Quote(inner) => Block::Quote(join_code(inner)),
                    other => other,
                });
                if line.is_none() {
                    continue;
                }
            }
        }
        run += 1;
    }
    joined
}

/// A paragraph that is nothing but code.
fn line_of_code(block: &Block) -> Option<String> {
    let Block::Paragraph(inlines) = block else {
        return None;
    };
    let code = code_of(inlines)?;
    Some(code.split_whitespace().list().join(" "))
}

/// The code that a paragraph consists of.
fn code_of(inlines: &[Inline]) -> Option<&str> {
    let mut parts = inlines
        .iter()
        .filter(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty()));
    match (parts.next(), parts.next()) {
        (Some(Inline::Code(code)), None) => Some(code),
        _ => None,
    }
}

/// The lines of a paragraph that is nothing but code of several lines, without their common indent.
///
/// Lines that all begin at one column were only broken where the text was too wide, and are one.
fn lines_of_code(inlines: &[Inline]) -> Option<Vec<String>> {
    let mut lines = code_of(inlines)?.lines();
    let first = lines.next()?.to_owned();
    let rest: Vec<&str> = lines.list();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let indents = || {
        rest.iter()
            .filter(|line| !line.trim().is_empty())
            .map(indent)
    };
    let shared = indents().min()?;
    if indents().max() == Some(shared) {
        return None;
    }
    let cut = |line: &&str| line.get(shared..).unwrap_or_default().to_owned();
    Some([first].into_iter().chain(rest.iter().map(cut)).list())
}

/// Blocks as one run of text, for the cell of a table.
fn flat(blocks: &[Block]) -> Vec<Inline> {
    spaced(blocks.iter().map(|block| match block {
        Block::Paragraph(inner) | Block::Heading(_, inner) => inner.clone(),
        Block::Code(lines) => vec![Inline::Code(lines.join(" "))],
        Block::Quote(inner) => flat(inner),
        Block::List(_, items) => spaced(items.iter().map(|item| flat(item))),
        Block::Table(rows) => spaced(rows.iter().flatten().cloned()),
    }))
}

/// Runs of text with a space between each two.
fn spaced(runs: impl Iterator<Item = Vec<Inline>>) -> Vec<Inline> {
    let mut all = Vec::new();
    for run in runs {
        if !all.is_empty() {
            all.push(Inline::Text(" ".to_owned()));
        }
        all.extend(run);
    }
    all
}
