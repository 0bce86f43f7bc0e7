//! Tests of how documentation reads.

mod properties;

use super::print::{Aim, Printer};
use super::{html, markdown};

fn find(aim: Aim<'_>) -> Option<String> {
    let name = match aim {
        Aim::Name(name) => name,
        Aim::Page(url) => url
            .strip_prefix("https://docs.example/API_")?
            .split('.')
            .next()?,
    };
    matches!(name, "CreateKey" | "Tag").then(|| format!("crate::types::{name}"))
}

fn print_at(text: &str, width: usize) -> String {
    let blocks = if html::is_html(text) {
        html::parse(text)
    } else {
        markdown::parse(text)
    };
    Printer::new(width, &find).print(&blocks).join("\n")
}

fn print(text: &str) -> String {
    print_at(text, 100)
}

#[test]
fn html_becomes_markdown() {
    for (text, expected) in [
        (
            "<p>Creates a <b>key</b>.</p>\n  <p>See <i>keys</i>.</p>",
            "Creates a **key**.\n\nSee *keys*.",
        ),
        (
            "<p>a</p><ul><li>one</li><li><p>two</p></li></ul><p>b</p>",
            "a\n\n- one\n- two\n\nb",
        ),
        (
            "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>",
            "1. one\n   - inner\n2. two",
        ),
        (
            "<ul> <li><p>a</p><p>b</p></li> <li>c</li> </ul>",
            "- a\n\n  b\n\n- c",
        ),
        (
            "<p>Use <code>KeyId</code>, <code>Tag</code> or <a>CreateKey</a>.</p>",
            "Use `KeyId`, [`Tag`](crate::types::Tag) or [`CreateKey`](crate::types::CreateKey).",
        ),
        (
            "<p>See <a href=\"https://a.example/x\">the  guide</a>.</p>",
            "See [the guide](https://a.example/x).",
        ),
        (
            "<p>See <a href=\"https://docs.example/API_CreateKey.html\">CreateKey</a>.</p>",
            "See [`CreateKey`](crate::types::CreateKey).",
        ),
        (
            "<p>See <a href=\"https://docs.example/API_CreateKey.html#x\"><code>Tag</code></a> , <a href=\"https://docs.example/API_Tag.html\">all <i>tags</i></a> .</p>",
            "See [`Tag`](crate::types::Tag), [all *tags*](crate::types::Tag).",
        ),
        (
            "<p>See <a href=\"https://a.example/guide.html\">Tag</a>.</p>",
            "See [Tag](https://a.example/guide.html).",
        ),
        (
            "<p>See <a href=\"javascript:x()\">this</a> and <a>That</a>.</p>",
            "See this and That.",
        ),
        (
            "<note> <p>Be careful.</p> </note>",
            "> **Note**\n>\n> Be careful.",
        ),
        (
            "<dl><dt>Key</dt><dd><p>Opens.</p></dd><dt>Lock</dt><dd>Shuts.</dd></dl>",
            "- **Key**\n\n  Opens.\n\n- **Lock**\n\n  Shuts.",
        ),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>&lt;a&gt; &amp; &#39;b&#39;</p>", "\\<a> & 'b'"),
        (
            "<p>in <code>cks.kms.<region>.amazonaws.com</code> of <Region></p>",
            "in `cks.kms.<region>.amazonaws.com` of \\<Region>",
        ),
        ("<p>a <code> b </code>c</p>", "a `b` c"),
        ("<p>a<code/>b", "a`b`"),
        (
            "<table><tr><th>a|b</th><th>c</th></tr><tr><td><p>1</p></td></tr></table>",
            "| a\\|b | c |\n| --- | --- |\n| 1 |  |",
        ),
        (
            "<pre>let x = 1;\n  y</pre><p>z</p>",
            "```text\nlet x = 1;\n  y\n```\n\nz",
        ),
        (
            "<p> <code>{\n      \"a\": 1\n    }</code> </p>",
            "```text\n{\n  \"a\": 1\n}\n```",
        ),
        (
            "<p><code>{\"a\":\n      1}</code></p><p>b</p>",
            "`{\"a\": 1}`\n\nb",
        ),
        (
            "<ul><li><p>x</p><p><code>{</code></p><p><code>\"a\": 1</code></p><p><code>}</code></p></li></ul>",
            "- x\n\n  ```text\n  {\n  \"a\": 1\n  }\n  ```",
        ),
        (
            "<p>The `User` or `a <b>c</b> or ``d``.</p>",
            "The `User` or \\`a **c** or \\`\\`d\\`\\`.",
        ),
        (
            "<p>a<i>(b)</i>c <b>d</b><i>e</i> f<b>g</b>h <b><code>i</code></b>j (<i>k.</i>) <i>l</i>.</p>",
            "a(b)c **d**e f**g**h `i`j (*k.*) *l*.",
        ),
        (
            "<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>",
            "| a b |\n| --- |",
        ),
        (
            "<p>x<b>https://a.example/b</b>y <i>a <b>b</b><br></i></p>",
            "x<https://a.example/b>y *a **b***",
        ),
        ("<p></p><ul></ul>", ""),
        ("</p></ul></li>x", "x"),
        ("<p>unclosed <b", "unclosed \\<b"),
    ] {
        assert_eq!(print(text), expected, "{text}");
    }
}

#[test]
fn markdown_stays_as_it_is() {
    for text in [
        "One line.",
        "One *paragraph* with **marks**.\n\nAnother, with [a link](https://a.example/x).",
        "- a\n- b\n  - c\n- d",
        "1. a\n2. b",
        "- a\n\n  b\n\n- c",
        "> quoted",
        "| a | b |\n| --- | --- |\n| `x` | y |",
        "# Heading\n\nText.",
        "See <https://a.example/x>.",
        "a_b and `a_b*`",
    ] {
        assert_eq!(print(text), text);
    }
}

#[test]
fn what_rustdoc_could_misread_is_escaped() {
    for (text, expected) in [
        (
            "arn:[partition] and Vec<String> <b",
            "arn:\\[partition\\] and Vec\\<String> \\<b",
        ),
        ("    fn main() {}\n    x", "```text\nfn main() {}\nx\n```"),
        ("```rust\nfn main() {}\n```", "```text\nfn main() {}\n```"),
        ("~~~\na\n```\n~~~\nb", "````text\na\n```\n````\n\nb"),
        ("```\nnever closed", "```text\nnever closed\n```"),
        ("a ` b", "a \\` b"),
        ("[a][b]", "\\[a\\]\\[b\\]"),
        ("[x]: https://a.example", "\\[x\\]: <https://a.example>"),
        (
            "see https://a.example/x, or http://b.example.",
            "see <https://a.example/x>, or <http://b.example>.",
        ),
        (
            "at https://kms.<region>.amazonaws.com/",
            "at `https://kms.<region>.amazonaws.com/`",
        ),
        ("text\u{202e}x\u{7}", "textx"),
        ("a * b", "a \\* b"),
        ("`` a`b ``", "``a`b``"),
        (
            "`Tag` and [`Tag`](crate::x)",
            "[`Tag`](crate::types::Tag) and \\[[`Tag`](crate::types::Tag)\\](crate::x)",
        ),
    ] {
        assert_eq!(print(text), expected, "{text}");
    }
}

#[test]
fn lines_are_filled_and_start_with_words() {
    assert_eq!(print_at("aaa bbb ccc ddd", 7), "aaa bbb\nccc ddd");
    assert_eq!(print_at("- aaa bbb ccc", 7), "- aaa\n  bbb\n  ccc");
    assert_eq!(print_at("1. aaa bbb ccc", 7), "1. aaa\n   bbb\n   ccc");
    // A dash or a number at the start of a line would open a list.
    assert_eq!(
        print_at("aaaa bb - cccc 1. dddd", 7),
        "aaaa bb -\ncccc 1.\ndddd"
    );
    assert_eq!(
        print_at("<p>- a</p><p>1. b</p><p># c</p>", 7),
        "\\- a\n\n1\\. b\n\n\\# c"
    );
}

#[test]
fn nothing_makes_it_panic() {
    let pieces = [
        "<", ">", "</", "`", "[", "](", "\\", "*", "_", "- ", "1. ", "\n", "    ", "<ul>", "<li>",
        "</code>", "<code>", "<td>", "é", "&", "|", "> ", "~~~", "#",
    ];
    let mut state = 7_u32;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        print(&text);
    }
    print(&"<ul><li>".repeat(5000));
    print(&"- ".repeat(5000));
    print(&"> ".repeat(5000));
    print(&"[".repeat(5000));
    print(&"*a ".repeat(5000));
}
