//! Documentation as a tree, whatever it was written in.

/// A part of a text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading and its level, from 1.
    Heading(usize, Vec<Inline>),
    /// Lines of code or other text that is not to be changed.
    Code(Vec<String>),
    /// A list; the number of its first item where items are numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Something set apart.
    Quote(Vec<Block>),
    /// A table: rows of cells, the first row is its head.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Text as it is to be read.
    Text(String),
    /// Code as it is to be read.
    Code(String),
    /// Strongly emphasized.
    Strong(Vec<Inline>),
    /// Emphasized.
    Emphasis(Vec<Inline>),
    /// A link to a page of the web.
    Link(Vec<Inline>, String),
    /// A name that may be that of an operation or a type.
    Reference(String),
    /// The line ends here.
    Break,
}

/// How deep things may be nested; what is deeper loses its form, not its text.
pub(super) const DEEPEST: usize = 12;

/// The text of inlines without their form.
pub(super) fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Reference(part) => {
                text.push_str(part)
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(inner, _) => {
                text.push_str(&text_of(inner))
            }
            Inline::Break => text.push(' '),
        }
    }
    text
}

/// Whether there is nothing to read in inlines.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(part) | Inline::Code(part) | Inline::Reference(part) => part.trim().is_empty(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(inner, _) => is_blank(inner),
        Inline::Break => true,
    })
}

/// A page of the web that can be linked to.
pub(super) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    let is_clean = !url
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '`'));
    (is_web && is_clean).then(|| url.to_owned())
}
