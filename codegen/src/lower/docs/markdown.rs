//! Documentation in CommonMark, as our own models have it: as much of it as documentation needs.
//!
//! What is not read here (reference links, raw HTML, footnotes) stays visible as text.

mod inline;

use super::tree::{Block, DEEPEST, Inline};
use crate::list::List as _;
use inline::inlines;

/// Reads a text.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let text = text.replace('\t', "    ");
    let lines: Vec<&str> = text.lines().list();
    blocks(&lines, 0)
}

fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut done = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (block, used) = block(&lines[at..], depth);
        done.extend(block);
        at += used;
    }
    done
}

/// What starts at the first of the lines, and how many lines it takes: at least one.
fn block(lines: &[&str], depth: usize) -> (Option<Block>, usize) {
    let line = lines[0];
    if is_blank(line) || is_rule(line) {
        return (None, 1);
    }
    if let Some(fence) = fence(line) {
        return fenced(lines, fence);
    }
    if indent(line) >= 4 {
        return indented(lines);
    }
    if let Some((level, text)) = heading(line) {
        return (Some(Block::Heading(level, inlines(text))), 1);
    }
    if line.trim_start().starts_with('>') && depth < DEEPEST {
        let end = run(lines, |line| line.trim_start().starts_with('>'));
        let inner: Vec<&str> = lines[..end].iter().map(|line| unquoted(line)).list();
        return (Some(Block::Quote(blocks(&inner, depth + 1))), end);
    }
    if marker(line).is_some() && depth < DEEPEST {
        let (list, used) = list(lines, depth);
        return (Some(list), used);
    }
    if line.contains('|') && lines.get(1).is_some_and(|next| is_delimiter_row(next)) {
        let end = run(lines, |line| line.contains('|'));
        let rows = lines[..end].iter().enumerate().filter(|(row, _)| *row != 1);
        return (
            Some(Block::Table(rows.map(|(_, line)| cells(line)).list())),
            end,
        );
    }
    let end = 1 + run(&lines[1..], |line| !is_blank(line) && !starts_block(line));
    (Some(Block::Paragraph(inlines(&joined(&lines[..end])))), end)
}

/// How many lines at the start are of a kind.
fn run(lines: &[&str], is: impl Fn(&str) -> bool) -> usize {
    lines.iter().take_while(|line| is(line)).count()
}

/// Code between fences; one that is not closed goes on to the end.
fn fenced(lines: &[&str], fence: &str) -> (Option<Block>, usize) {
    let end = 1 + run(&lines[1..], |line| !closes(line, fence));
    let indent = indent(lines[0]);
    let code = lines[1..end]
        .iter()
        .map(|line| dedent(line, indent).to_owned());
    (Some(Block::Code(code.list())), (end + 1).min(lines.len()))
}

/// Code that is indented.
fn indented(lines: &[&str]) -> (Option<Block>, usize) {
    let end = run(lines, |line| is_blank(line) || indent(line) >= 4);
    let used = lines[..end]
        .iter()
        .rposition(|line| !is_blank(line))
        .map_or(0, |last| last + 1);
    let code = lines[..used].iter().map(|line| dedent(line, 4).to_owned());
    (Some(Block::Code(code.list())), end)
}

/// The lines of a paragraph; a line break is kept where two spaces or a backslash ask for it.
fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim_start()).list().join("\n")
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn dedent(line: &str, by: usize) -> &str {
    &line[indent(line).min(by)..]
}

/// The fence that a line opens.
fn fence(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let run = ['`', '~']
        .iter()
        .map(|mark| text.len() - text.trim_start_matches(*mark).len())
        .max()?;
    let is_fence = run >= 3 && indent(line) < 4 && !text[run..].contains('`');
    is_fence.then_some(&text[..run])
}

fn closes(line: &str, fence: &str) -> bool {
    let text = line.trim();
    text.starts_with(fence) && text.trim_start_matches(&fence[..1]).is_empty()
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim();
    let level = text.len() - text.trim_start_matches('#').len();
    let rest = text[level..].strip_prefix(' ')?;
    ((1..=6).contains(&level)).then(|| (level, rest.trim_end_matches('#').trim()))
}

fn is_rule(line: &str) -> bool {
    let text: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    text.len() >= 3
        && ['-', '*', '_']
            .iter()
            .any(|mark| text.chars().all(|c| c == *mark))
}

fn unquoted(line: &str) -> &str {
    let text = line.trim_start();
    let text = text.strip_prefix('>').unwrap_or(text);
    text.strip_prefix(' ').unwrap_or(text)
}

/// A line that opens an item of a list.
struct Marker {
    /// The number, where items are numbered.
    number: Option<u64>,
    /// Where the item's text starts.
    width: usize,
}

fn marker(line: &str) -> Option<Marker> {
    let (indent, text) = (indent(line), line.trim_start());
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = match digits {
        0 => (None, text.strip_prefix(['-', '*', '+'])?),
        1..=9 => (
            text[..digits].parse().ok(),
            text[digits..].strip_prefix(['.', ')'])?,
        ),
        _ => return None,
    };
    if indent >= 4 || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let gap = rest.len() - rest.trim_start().len();
    Some(Marker {
        number,
        width: indent + (text.len() - rest.len()) + gap.clamp(1, 4),
    })
}

/// A list at the start of the lines, and how many lines it takes.
fn list(lines: &[&str], depth: usize) -> (Block, usize) {
    let start = marker(lines[0]).and_then(|marker| marker.number);
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(opening) = lines
        .get(at)
        .and_then(|line| marker(line))
        .filter(|it| it.number.is_some() == start.is_some())
    {
        let mut inner: Vec<&str> = vec![lines[at].get(opening.width..).unwrap_or_default()];
        at += 1;
        while let Some(line) = lines.get(at) {
            let gap = lines[at..].iter().take_while(|line| is_blank(line)).count();
            let lazy = gap == 0 && !is_blank(lines[at - 1]) && !starts_block(line);
            // A gap belongs to the item when the item goes on after it.
            let next = lines.get(at + gap).map_or(0, |next| indent(next));
            if !lazy && next < opening.width {
                break;
            }
            inner.extend(std::iter::repeat_n("", gap));
            inner.extend(lines.get(at + gap).map(|line| dedent(line, opening.width)));
            at += gap + 1;
        }
        items.push(blocks(&inner, depth + 1));
        // Blank lines between items.
        let next = at + lines[at..].iter().take_while(|line| is_blank(line)).count();
        if lines.get(next).is_some_and(|line| marker(line).is_some()) {
            at = next;
        }
    }
    (Block::List(start, items), at.max(1))
}

fn starts_block(line: &str) -> bool {
    // A year at the start of a line is no item.
    let item = marker(line).is_some_and(|marker| marker.number.is_none_or(|number| number < 100));
    item || fence(line).is_some() || heading(line).is_some() || line.trim_start().starts_with('>')
}

fn is_delimiter_row(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row; a bar after a backslash or in code does not end one.
fn cells(line: &str) -> Vec<Vec<Inline>> {
    let mut cells = vec![String::new()];
    let (mut escaped, mut code) = (false, false);
    let text = line.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    for c in text.strip_suffix('|').unwrap_or(text).chars() {
        code ^= c == '`';
        match cells.last_mut() {
            Some(cell) if c != '|' || escaped || code => {
                if c == '|' && escaped {
                    cell.pop();
                }
                cell.push(c);
            }
            _ => cells.push(String::new()),
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| inlines(cell.trim())).list()
}
