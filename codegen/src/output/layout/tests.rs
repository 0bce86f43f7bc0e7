//! Tests of layouts: what is filled in, what is not, and that models are printed the same with and without.

use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Layouts;
use crate::diagnostic::Diagnostics;
use crate::emit;
use crate::lower::{Selection, lower};
use crate::model::{Model, Source};
use crate::output::render;
use crate::output::tokens::{self, Fit};

/// Prints both with one `Layouts`; the second by what was learnt from the first, if anything.
fn both(first: TokenStream, second: TokenStream) -> (String, bool) {
    let layouts = Layouts::default();
    let print = |code: TokenStream| {
        let mut asked = false;
        let text = layouts.print(tokens::trees(code), |code| {
            asked = true;
            render::format(code)
        });
        (text.expect("Rust"), asked)
    };
    print(first);
    print(second)
}

#[test]
fn what_differs_in_words_alone_is_filled_in() {
    let setter = |name: &str, ty: &str, docs: &[&str], text: &str| {
        let (name, ty) = (format_ident!("{name}"), format_ident!("{ty}"));
        quote! {
            #(#[doc = #docs])*
            #[inline]
            pub fn #name(mut self, input: crate::types::#ty) -> Self {
                self.#name = Some(input);
                self.say(#text);
                self
            }
        }
    };
    let first = setter(
        "one",
        "Tag",
        &[" Ones \u{e4}\u{1f40e}.", "", " Two \"lines\". "],
        "a\"b",
    );
    let second = setter("two", "Key", &[" Another."], "c\\d");
    let (text, asked) = both(first, second.clone());
    assert!(!asked);
    assert_eq!(text, render::format(tokens::trees(second)).unwrap());
}

#[test]
fn what_decides_the_layout_is_no_mere_word() {
    let pairs = [
        ("lengths", "fn ab() {}", "fn abc() {}"),
        (
            "keywords",
            "fn f() { use_(r#type) }",
            "fn f() { use_(return) }",
        ),
        ("numbers", "fn f() { 10 }", "fn f() { 1. }"),
        ("macros", "fn f() { vec![a] }", "fn f() { abc![a] }"),
        ("attributes", "#[inline] fn f() {}", "#[frozen] fn f() {}"),
        (
            "signs that are one",
            "fn f() { a && b }",
            "fn f() { a & &b }",
        ),
        ("lines in texts", "fn f() { \"a\" }", "fn f() { \"\n\" }"),
        (
            "lines in documentation",
            "#[doc = \"a\"] fn f() {}",
            "#[doc = \"a\nb\"] fn f() {}",
        ),
        (
            "slashes in documentation",
            "#[doc = \"a\"] fn f() {}",
            "#[doc = \"/\"] fn f() {}",
        ),
        (
            "documentation",
            "#[doc = \"a\"] ebug! { a }",
            "Debug! { a }",
        ),
        (
            "where documentation is",
            "fn f() { return #[doc = \" a\"] a; }",
            "fn f() { return #[doc = \" a\"] #[doc = \" b\"] a; }",
        ),
    ];
    for (what, first, second) in pairs {
        let second: TokenStream = second.parse().expect("tokens");
        let (text, asked) = both(first.parse().expect("tokens"), second.clone());
        assert!(asked, "{what}");
        assert_eq!(text, render::format(tokens::trees(second)).unwrap());
    }
}

#[test]
fn methods_are_put_where_the_block_has_its_braces() {
    let code = quote! {
        #[doc = " Not here:\n    const A: B = C;\n"]
        impl A {
            const B: C = D { e };

            const fn f() {}
        }
        const F: G = H { i };
        impl A {}
    };
    let laid_out = render::lay_out(tokens::trees(code.clone()), &Layouts::default());
    assert_eq!(laid_out, render::format(tokens::trees(code)));
}

/// The models of the repository and beside it; the largest would take a minute without optimization.
fn models() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut models = vec![fs::read(root.join("models/kms.json")).expect("the model of KMS")];
    match fs::read_dir(root.join("../shared/models")) {
        Ok(entries) => models.extend(
            entries
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.extension().is_some_and(|end| end == "json"))
                .map(|path| fs::read(path).expect("a model"))
                .filter(|model| model.len() < 1_000_000),
        ),
        Err(_) => eprintln!("absent, so nothing is printed of it: ../shared/models"),
    }
    models
}

#[test]
fn models_are_printed_as_they_are_without_layouts() {
    for model in models() {
        let sources = vec![Source::model("model.json", Ok(model))];
        let mut diagnostics = Diagnostics::new();
        let api = Model::read(sources, &mut diagnostics)
            .and_then(|model| lower(&model, &Selection::default(), &mut diagnostics))
            .unwrap_or_else(|| panic!("{diagnostics}"));
        for depth in [None, Some(1)] {
            let layouts = Layouts::default();
            for unit in emit::units(&api) {
                let fit = Fit {
                    defines: &[],
                    depth,
                };
                for (item, again) in unit.emit(&api).items.into_iter().zip(unit.emit(&api).items) {
                    let (item, again) = (tokens::fit(item, fit), tokens::fit(again, fit));
                    let plain = render::format(item).expect("Rust");
                    assert_eq!(render::lay_out(again, &layouts).expect("Rust"), plain);
                }
            }
        }
    }
}
