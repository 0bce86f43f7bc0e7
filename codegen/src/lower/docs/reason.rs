//! Why something is not to be used any more.

use super::one_line;
use crate::list::List as _;
use crate::model::Traits;

/// What the attribute `deprecated` says: since when, and why; empty where the model says neither.
pub(in crate::lower) fn deprecated(traits: &Traits) -> Option<String> {
    let node = traits.get("smithy.api#deprecated")?;
    let text = |key| {
        let text = node.get(key).and_then(|node| node.as_str());
        one_line(text.unwrap_or_default())
    };
    Some(note(&reason(&text("since"), &text("message"))))
}

/// Rust's own `since` is a version of the crate, and that of a model is often a date.
fn reason(since: &str, message: &str) -> String {
    match (since, message) {
        ("", _) => message.to_owned(),
        (_, "") => format!("since {since}"),
        _ => format!("since {since}: {message}"),
    }
}

/// A reason as rustc, which shows it as it is, and rustdoc, which reads it as Markdown, both show it well: what would begin
/// a link or a tag is code, and a name in brackets is that without them.
fn note(reason: &str) -> String {
    if !reason.contains(['[', ']', '<']) {
        return reason.to_owned();
    }
    let ticks = reason.matches('`').count();
    if ticks % 2 == 1 || reason.contains("``") {
        return note(&reason.replace('`', ""));
    }
    // Of a link the text stays, with its aim behind it.
    let reason = reason.replace("](", "] (");
    let reason = reason.replace("[`", "`").replace("`]", "`");
    let pieces = reason.split('`').enumerate();
    let pieces = pieces.map(|(at, piece)| match at % 2 {
        0 => piece.split(' ').map(word).list().join(" "),
        // It is code already.
        _ => format!("`{piece}`"),
    });
    pieces.collect()
}

/// A word of a reason, outside of code.
fn word(word: &str) -> String {
    let core = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let end = &word[core.len()..];
    let name = core
        .strip_prefix('[')
        .and_then(|core| core.strip_suffix(']'));
    match name {
        Some(name) if !name.is_empty() && !name.contains(['[', ']']) => format!("`{name}`{end}"),
        _ if core.contains('<') || core.contains('[') && core.contains(']') => {
            format!("`{core}`{end}")
        }
        // The other bracket stands in another word.
        _ => word.replace('[', "(").replace(']', ")"),
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{BrokenLink, Event, Options, Parser};

    use super::{note, reason};

    /// What rustdoc shows of a note; it must find no link and no tag.
    fn shown(note: &str) -> String {
        let mut links = Vec::new();
        let mut broken = |link: BrokenLink<'_>| {
            links.push(link.reference.to_string());
            None
        };
        let parser =
            Parser::new_with_broken_link_callback(note, Options::empty(), Some(&mut broken));
        let mut shown = String::new();
        for event in parser {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::Start(_) | Event::End(_) => {}
                other => panic!("{note}: {other:?}"),
            }
        }
        assert_eq!(links, [""; 0], "{note}");
        shown
    }

    #[test]
    fn a_reason_says_since_when() {
        for (since, message, expected) in [
            ("", "", ""),
            ("", "Use `Anvil`.", "Use `Anvil`."),
            ("2024-05-01", "", "since 2024-05-01"),
            ("1.2", "Use `Anvil`.", "since 1.2: Use `Anvil`."),
        ] {
            assert_eq!(reason(since, message), expected);
        }
    }

    #[test]
    fn a_reason_reads_well_in_rustc_and_in_rustdoc() {
        for (reason, expected) in [
            ("Anvils last.", "Anvils last."),
            ("a_b, *c* \\d", "a_b, *c* \\d"),
            ("Use [DescribeSecret].", "Use `DescribeSecret`."),
            ("Use [A], [B] and `[C]`.", "Use `A`, `B` and `[C]`."),
            ("Use items[0] or `items[]`.", "Use `items[0]` or `items[]`."),
            ("Use <region>: it is < 3.", "Use `<region>`: it is `<` 3."),
            ("[The new one] is better.", "(The new one) is better."),
            (
                "See [Secrets](Describe) and [the docs](there).",
                "See `Secrets` (Describe) and (the docs) (there).",
            ),
            ("Use [`DescribeSecret`].", "Use `DescribeSecret`."),
            ("One ` and [Two]", "One  and `Two`"),
            ("``[One]`` [Two][Three]", "`One` `[Two][Three]`"),
            ("[] [[A]] ][", "`[]` `[[A]]` `][`"),
        ] {
            let note = note(reason);
            assert_eq!(note, expected);
            let plain = |text: &str| text.replace('`', "").replace("  ", " ");
            if !reason.contains(['*', '\\']) {
                assert_eq!(plain(&shown(&note)), plain(expected), "{reason}");
            }
        }
    }
}
