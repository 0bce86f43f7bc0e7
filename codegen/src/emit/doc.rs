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
        Some(reason) => quote!(#[deprecated(note = #reason)]),
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
