//! The text of paragraphs: code, links and emphasis.

use super::super::tree::{DEEPEST, Inline, web_address};

/// Reads the text of a paragraph.
pub(super) fn inlines(text: &str) -> Vec<Inline> {
    // Some marks of a text have no end; one that is made of such marks would be looked through for each of them.
    let mut patience = 100_000 + 64 * text.len();
    inside(text, 0, &mut patience)
}

fn inside(text: &str, depth: usize, patience: &mut usize) -> Vec<Inline> {
    let mut reader = Inlines {
        done: Vec::new(),
        plain: String::new(),
        depth,
        patience,
    };
    let mut at = 0;
    while at < text.len() {
        at += reader.next(&text[..at], &text[at..]);
    }
    reader.flush();
    reader.done
}

struct Inlines<'p> {
    done: Vec<Inline>,
    plain: String,
    depth: usize,
    /// How many bytes may still be looked at to find the ends of marks; without any left, marks are text.
    patience: &'p mut usize,
}

impl Inlines<'_> {
    /// Reads what stands at the start of `rest`, and says how long it is; never nothing.
    fn next(&mut self, before: &str, rest: &str) -> usize {
        let Some(first) = rest.chars().next() else {
            return 1;
        };
        let found = match first {
            '`' | '[' | '<' | '*' | '_' if *self.patience == 0 => None,
            '\\' => self.escape(rest),
            '`' => self.code(rest),
            '[' => self.link(rest),
            '<' => self.address(rest),
            '*' | '_' => self.emphasis(before, rest, first),
            '&' => self.entity(rest),
            ' ' if rest.starts_with("  \n") => self.push(Inline::Break, 3),
            _ => None,
        };
        let is_mark = matches!(first, '`' | '[' | '<' | '*' | '_');
        if is_mark {
            let looked_at = found.unwrap_or(window(rest).len());
            *self.patience = self.patience.saturating_sub(looked_at);
        }
        found.unwrap_or_else(|| {
            self.plain.push(first);
            first.len_utf8()
        })
    }

    fn flush(&mut self) {
        if !self.plain.is_empty() {
            self.done
                .push(Inline::Text(std::mem::take(&mut self.plain)));
        }
    }

    fn push(&mut self, inline: Inline, length: usize) -> Option<usize> {
        self.flush();
        self.done.push(inline);
        Some(length)
    }

    fn escape(&mut self, rest: &str) -> Option<usize> {
        let next = rest[1..].chars().next()?;
        if next == '\n' {
            return self.push(Inline::Break, 2);
        }
        if !next.is_ascii_punctuation() {
            return None;
        }
        self.plain.push(next);
        Some(2)
    }

    fn code(&mut self, rest: &str) -> Option<usize> {
        let rest = window(rest);
        let run = rest.len() - rest.trim_start_matches('`').len();
        let mut at = run;
        loop {
            let start = at + rest[at..].find('`')?;
            let end = start + rest[start..].len() - rest[start..].trim_start_matches('`').len();
            if end - start == run {
                let inside = &rest[run..start];
                return self.push(Inline::Code(inside.trim().to_owned()), end);
            }
            at = end;
        }
    }

    /// `[text](address)`.
    fn link(&mut self, rest: &str) -> Option<usize> {
        let rest = window(rest);
        let close = closing_bracket(rest)?;
        let target = rest[close + 1..].strip_prefix('(')?;
        let end = target.find(')')?;
        // A title after the address is left out.
        let url = web_address(
            target[..end]
                .split_whitespace()
                .next()?
                .trim_matches(['<', '>']),
        )?;
        let inner = if self.depth < DEEPEST {
            inside(&rest[1..close], self.depth + 1, self.patience)
        } else {
            vec![Inline::Text(rest[1..close].to_owned())]
        };
        self.push(Inline::Link(inner, url), close + 1 + 1 + end + 1)
    }

    /// `<address>`.
    fn address(&mut self, rest: &str) -> Option<usize> {
        let rest = window(rest);
        let end = rest.find('>')?;
        let url = web_address(&rest[1..end])?;
        self.push(Inline::Link(vec![Inline::Text(url.clone())], url), end + 1)
    }

    fn emphasis(&mut self, before: &str, rest: &str, mark: char) -> Option<usize> {
        let rest = window(rest);
        let run = (rest.len() - rest.trim_start_matches(mark).len()).min(2);
        let text = &rest[run..];
        let opens = text.chars().next().is_some_and(|c| !c.is_whitespace());
        let in_word = mark == '_'
            && before
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric);
        if !opens || in_word || self.depth >= DEEPEST {
            return None;
        }
        let closing = &rest[..run];
        // Backticks up to where they were counted.
        let (mut ticks, mut counted) = (0, 0);
        let end = text.match_indices(closing).map(|(at, _)| at).find(|&at| {
            ticks += text[counted..at].matches('`').count();
            counted = at;
            let after = text[at + run..].chars().next();
            let closes = at > 0
                && !text[..at].ends_with(char::is_whitespace)
                && usize::is_multiple_of(ticks, 2);
            let in_word = mark == '_' && after.is_some_and(char::is_alphanumeric);
            closes && !in_word && after != Some(mark) && !text[..at].ends_with(mark)
        })?;
        let inner = inside(&text[..end], self.depth + 1, self.patience);
        let inline = if run == 2 {
            Inline::Strong(inner)
        } else {
            Inline::Emphasis(inner)
        };
        self.push(inline, end + 2 * run)
    }

    fn entity(&mut self, rest: &str) -> Option<usize> {
        let known = [
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&amp;", '&'),
            ("&quot;", '"'),
            ("&#39;", '\''),
            ("&nbsp;", '\u{a0}'),
        ];
        let (text, c) = known.into_iter().find(|(text, _)| rest.starts_with(text))?;
        self.plain.push(c);
        Some(text.len())
    }
}

/// How far the end of a mark is looked for, in bytes; without an end to it, a text of marks alone would take forever.
const FARTHEST: usize = 2000;

fn window(text: &str) -> &str {
    &text[..text.floor_char_boundary(FARTHEST)]
}

/// The offset of the bracket that closes the one at the start.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    let (mut escaped, mut code) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => {}
            '`' => code = !code,
            '[' if !code => depth += 1,
            ']' if !code => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}
