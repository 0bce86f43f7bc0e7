//! What holds of all documentation: each word stays, in its order, and rustdoc's own parser reads what was meant.

use std::collections::HashSet;
use std::io::{Write as _, stderr};

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, Token};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::super::print::{Printer, is_printable};
use super::super::tree::{Block, Inline};
use super::super::{html, markdown};
use super::find;

/// What keeps a text from being printed as it should be.
fn fault(text: &str) -> Option<String> {
    let is_html = html::is_html(text);
    let blocks = if is_html {
        html::parse(text)
    } else {
        markdown::parse(text)
    };
    let tree = words(&text_of_blocks(&blocks));
    if is_html && !holds(&tree.concat(), &text_of_html(text)) {
        return Some(format!("a word of the text is lost: {tree:?}"));
    }
    let printed = Printer::new(100, &find).print(&blocks).join("\n");
    let read = match read(&printed) {
        Ok(read) => words(&read),
        Err(fault) => return Some(format!("{fault}\n{printed}")),
    };
    let (read_ends, tree_ends) = (ends(&read), ends(&tree));
    let glued = tree_ends.iter().find(|end| !read_ends.contains(end));
    (read.concat() != tree.concat() || glued.is_some()).then(|| {
        let at = read.iter().zip(&tree).position(|(a, b)| a != b);
        let at = at.unwrap_or(read.len().min(tree.len()));
        let (read, tree) = (read.get(at..), tree.get(at..));
        format!("rustdoc reads {read:?} in place of {tree:?}\n{printed}")
    })
}

/// Where words end, in bytes of all words.
fn ends(words: &[String]) -> HashSet<usize> {
    let mut at = 0;
    let mut end = |word: &String| {
        at += word.len();
        at
    };
    words.iter().map(&mut end).collect()
}

/// Text in words; a lone stop belongs to the word before it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let text: String = text
        .chars()
        .filter(|c| c.is_whitespace() || is_printable(*c))
        .collect();
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if word.bytes().all(|c| matches!(c, b'.' | b',' | b';')) => {
                last.push_str(word)
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn text_of_blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push('\n');
        text += &match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => text_of(inlines),
            Block::Code(lines) => lines.join("\n"),
            Block::List(_, items) => items
                .iter()
                .map(|item| text_of_blocks(item))
                .collect::<Vec<_>>()
                .join("\n"),
            Block::Quote(inner) => text_of_blocks(inner),
            Block::Table(rows) => {
                let cells = rows.iter().flatten().map(|cell| text_of(cell));
                cells.collect::<Vec<_>>().join("\n")
            }
        };
    }
    text
}

fn text_of(inlines: &[Inline]) -> String {
    super::super::tree::text_of(inlines)
}

/// What stands between the tags, without white space, and without backticks, which mean code.
fn text_of_html(text: &str) -> String {
    let mut plain = String::new();
    for token in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        if let Token::String(string) = token {
            plain.push_str(&String::from_utf8_lossy(&string.value));
        }
    }
    plain
        .chars()
        .filter(|c| is_printable(*c) && !c.is_whitespace() && *c != '`')
        .collect()
}

/// Whether the characters of `part` are in `whole`, in their order.
fn holds(whole: &str, part: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|wanted| whole.any(|c| c == wanted))
}

/// The text that rustdoc's parser finds; an error where it finds what should not be there.
fn read(printed: &str) -> Result<String, String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut text = String::new();
    for event in Parser::new_ext(printed, options) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Emphasis | Tag::Strong) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                if !["crate::", "https://", "http://"]
                    .iter()
                    .any(|start| dest_url.starts_with(start))
                {
                    return Err(format!("a link leads to {dest_url:?}"));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                if !matches!(&kind, CodeBlockKind::Fenced(language) if **language == *"text") {
                    return Err("code would be run as a test".to_owned());
                }
                text.push('\n');
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => text.push('\n'),
            Event::End(_) => {}
            other => return Err(format!("{other:?} is there")),
        }
    }
    Ok(text)
}

/// Every documentation of a model.
fn documentation(node: &serde_json::Value, found: &mut Vec<String>) {
    match node {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    serde_json::Value::String(text) if key.ends_with("documentation") => {
                        found.push(text.clone())
                    }
                    _ => documentation(value, found),
                }
            }
        }
        serde_json::Value::Array(elements) => {
            elements.iter().for_each(|node| documentation(node, found))
        }
        _ => {}
    }
}

fn check(folder: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(files) = std::fs::read_dir(&path) else {
        // Not captured by the test harness: that nothing was tested is to be seen in every run.
        writeln!(stderr(), "absent, nothing tested: {}", path.display()).ok();
        return;
    };
    let mut texts = Vec::new();
    for path in files.map(|entry| entry.expect("an entry can be read").path()) {
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let bytes = std::fs::read(&path).expect("the model can be read");
            documentation(
                &serde_json::from_slice(&bytes).expect("it is JSON"),
                &mut texts,
            );
        }
    }
    texts.sort();
    texts.dedup();
    let faults: Vec<String> = texts
        .iter()
        .filter_map(|text| Some(format!("{text}\n---\n{}", fault(text)?)))
        .collect();
    eprintln!("{} texts of {folder}", texts.len());
    assert!(
        faults.is_empty(),
        "{} of {} texts:\n{}",
        faults.len(),
        texts.len(),
        first(&faults)
    );
}

/// The first of the faults, as more of them say no more.
fn first(faults: &[String]) -> String {
    faults[..faults.len().min(12)].join("\n=====\n")
}

#[test]
fn our_models_read_as_they_are_meant() {
    check("../models");
}

#[test]
fn published_models_read_as_they_are_meant() {
    check("../../shared/models");
}

#[test]
fn anything_reads_as_it_is_meant() {
    let pieces = [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<code>",
        "</code>",
        "<ul>",
        "</ul>",
        "<ol>",
        "<li>",
        "</li>",
        "<pre>",
        "</pre>",
        "<note>",
        "</note>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<br>",
        "<h2>",
        "</h2>",
        "<a>",
        "<a href=\"https://a.example/b_(c)\">",
        "</a>",
        "<region>",
        "<account-id>",
        "<!-- c -->",
        "&lt;b&gt;",
        "&amp;amp;",
        "&copy;",
        "word",
        "CreateKey",
        "Tag",
        "a_b_c",
        "_x_",
        "*y*",
        "**",
        "# ",
        "- ",
        "1. ",
        "+ ",
        "> ",
        "    ",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        "`",
        "``",
        "```",
        "~~~",
        "~~s~~",
        "[t](u)",
        "[z]: v",
        "[^1]",
        "![i](j)",
        "- [ ] k",
        "|",
        "\\",
        "<",
        ">",
        "http://a.example/?q=1&r=<s>",
        "https://b.example.",
        "é",
        "…",
        "(",
        ")",
        ".",
        ",",
        "\u{a0}",
        "\u{202e}",
        "===",
        "---",
        "$",
        "{",
        "}",
        "<?php",
        "<![CDATA[",
        "<script>",
    ];
    let mut state = 11_u32;
    let mut faults = Vec::new();
    for round in 0..20_000 {
        // Half of them in Markdown, as far as no tag is in it.
        let mut text = String::from(["<p>", ""][round % 2]);
        for _ in 0..14 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        faults.extend(fault(&text).map(|fault| format!("{text}\n---\n{fault}")));
    }
    faults.sort_by_key(String::len);
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), first(&faults));
}
