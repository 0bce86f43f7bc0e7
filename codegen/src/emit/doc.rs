//! Documentation as attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Doc;

/// Each line as one `#[doc]`, which prints as `///`.
pub(super) fn doc(doc: &Doc) -> TokenStream {
    lines(doc.lines.iter().map(String::as_str))
}

/// A text of one or several lines.
pub(super) fn text(text: &str) -> TokenStream {
    lines(text.lines())
}

/// A documentation, then more paragraphs below it.
pub(super) fn doc_and(first: &Doc, more: &str) -> TokenStream {
    let gap = (!first.is_empty() && !more.is_empty()).then_some("");
    lines(
        first
            .lines
            .iter()
            .map(String::as_str)
            .chain(gap)
            .chain(more.lines()),
    )
}

/// `#[deprecated]` with its reason.
pub(super) fn deprecated(reason: Option<&str>) -> TokenStream {
    match reason {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(reason) => {
            let note = note(reason);
            quote!(#[deprecated(note = #note)])
        }
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
        0 => piece.split(' ').map(word).collect::<Vec<_>>().join(" "),
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

/// Lets code that has to name deprecated items do so.
pub(super) fn allow_deprecated(uses: bool) -> TokenStream {
    if uses {
        quote!(#[allow(deprecated)])
    } else {
        TokenStream::new()
    }
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> TokenStream {
    // A space goes before the text, as in a comment that somebody typed.
    let lines = lines.map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{BrokenLink, Event, Options, Parser};

    use super::note;

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
