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
    let first = setter("one", "Tag", &[" One.", "", " Two \"lines\". "], "a\"b");
    let second = setter("two", "Key", &[" Another."], "c\\d");
    let (text, asked) = both(first, second.clone());
    assert!(!asked);
    assert_eq!(text, render::format(tokens::trees(second)).unwrap());
}

#[test]
fn what_decides_the_layout_is_no_mere_word() {
    let pairs = [
        (
            "lengths",
            quote!(
                fn ab() {}
            ),
            quote!(
                fn abc() {}
            ),
        ),
        (
            "keywords",
            quote!(
                fn f() {
                    use_(r#type)
                }
            ),
            quote!(
                fn f() {
                    use_(return)
                }
            ),
        ),
        (
            "numbers",
            quote!(
                fn f() {
                    10
                }
            ),
            quote!(
                fn f() {
                    1.
                }
            ),
        ),
        (
            "macros",
            quote!(
                fn f() {
                    vec![a]
                }
            ),
            quote!(
                fn f() {
                    abc![a]
                }
            ),
        ),
        (
            "attributes",
            quote!(
                #[inline]
                fn f() {}
            ),
            quote!(
                #[ignore]
                fn f() {}
            ),
        ),
        (
            "whether two signs are one",
            quote!(
                fn f() {
                    a && b
                }
            ),
            quote!(
                fn f() {
                    a & &b
                }
            ),
        ),
        (
            "lines in texts",
            quote!(
                fn f() {
                    "ab"
                }
            ),
            quote!(
                fn f() {
                    r"
"
                }
            ),
        ),
        (
            "documentation of other kinds",
            quote!(
                #[doc = "a"]
                fn f() {}
            ),
            quote!(
                #[doc = "a\nb"]
                fn f() {}
            ),
        ),
    ];
    for (what, first, second) in pairs {
        let (text, asked) = both(first, second.clone());
        assert!(asked, "{what}");
        assert_eq!(text, render::format(tokens::trees(second)).unwrap());
    }
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
        let layouts = Layouts::default();
        for unit in emit::units(&api) {
            let fit = Fit {
                defines: &[],
                depth: None,
            };
            for (item, again) in unit.emit(&api).items.into_iter().zip(unit.emit(&api).items) {
                let (item, again) = (tokens::fit(item, fit), tokens::fit(again, fit));
                let plain = render::format(item).expect("Rust");
                assert_eq!(render::lay_out(again, &layouts).expect("Rust"), plain);
            }
        }
    }
}
