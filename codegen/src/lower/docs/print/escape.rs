//! Text and code so that they are read as they stand.

use std::borrow::Cow;

use crate::list::List as _;

/// Text that holds no white space and nothing unprintable, so that it is read as it stands; addresses become links unless in one.
pub(super) fn escape(word: &str, in_link: bool) -> Cow<'_, str> {
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let mut text = String::new();
    let mut rest = word;
    while let Some(at) = address(rest).filter(|_| !in_link) {
        let (before, tail) = rest.split_at(at);
        text.push_str(&escape_plain(before, false));
        let end = tail.find(['"', ']', '[', '|']).unwrap_or(tail.len());
        let end = tail[..end]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\''])
            .len();
        let url = &tail[..end];
        if url.ends_with("//") || tail.contains(['<', '>', '{', '}', '`', '\\', '*']) {
            // A pattern of addresses, not an address.
            text.push_str(&code_span(tail));
            return Cow::Owned(text);
        }
        text.extend(["<", url, ">"]);
        rest = &tail[end..];
    }
    text.push_str(&escape_plain(rest, in_link));
    Cow::Owned(text)
}

/// Whether a byte means nothing but itself, wherever it stands.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b','
                | b'-'
                | b'('
                | b')'
                | b'/'
                | b'\''
                | b'"'
                | b'='
                | b'?'
                | b'!'
                | b';'
                | b'%'
        )
}

/// Where an address of the web starts.
pub(super) fn address(text: &str) -> Option<usize> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    starts
        .into_iter()
        .find(|at| text[*at..].starts_with("http://") || text[*at..].starts_with("https://"))
}

fn escape_plain(word: &str, in_link: bool) -> String {
    let chars: Vec<char> = word.chars().list();
    let ends_entities = word.contains(';');
    let mut text = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let is_inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let needs = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            // Between letters it is one of them.
            '_' => !(is_inner(before) && is_inner(after)),
            '~' => before == Some('~') || after == Some('~'),
            '&' => ends_entities,
            // rustdoc would take the text of a link for an address.
            ':' => in_link && after == Some('/'),
            _ => false,
        };
        if needs {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Code between as many backticks as it takes.
pub(in crate::lower::docs) fn code_span(code: &str) -> String {
    let code = code.split_whitespace().list().join(" ");
    let code: String = code.chars().filter(|c| is_printable(*c)).collect();
    if code.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&code) + 1);
    let gap = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{code}{gap}{fence}")
}

/// Lines between fences, marked as text so that they are not run.
pub(super) fn fenced(code: &[String]) -> Vec<String> {
    let clean = |line: &String| {
        line.replace('\t', "    ")
            .chars()
            .filter(|c| is_printable(*c))
            .collect::<String>()
    };
    let lines: Vec<String> = code
        .iter()
        .map(|line| clean(line).trim_end().to_owned())
        .list();
    let longest = lines
        .iter()
        .map(|line| longest_run(line))
        .max()
        .unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    [format!("{fence}text")]
        .into_iter()
        .chain(lines)
        .chain([fence.clone()])
        .list()
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// Bars inside the cell of a table.
pub(super) fn escape_pipes(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Whether a character may stand in a comment: controls may not, nor those that change the direction of text.
pub(in crate::lower::docs) fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}
