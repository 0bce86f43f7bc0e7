//! Code taken apart into `impl` blocks with their methods, and everything else.

use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::quote;

use super::tokens::{self, Tree};

/// A part of a module.
pub(super) enum Part {
    /// Items other than `impl` blocks.
    Items(Vec<Tree>),
    /// An `impl` block: what stands before its braces, and what is in them, one by one.
    Block {
        head: Vec<Tree>,
        methods: Vec<Vec<Tree>>,
    },
}

/// The parts of the code, in its order.
pub(super) fn parts(code: Vec<Tree>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut others: Vec<Tree> = Vec::new();
    for mut item in cut(code) {
        let is_block = words(&item).next().is_some_and(|word| word == "impl");
        match item.pop() {
            Some(Tree::Group(_, body)) if is_block && !body.is_empty() => {
                if !others.is_empty() {
                    parts.push(Part::Items(std::mem::take(&mut others)));
                }
                parts.push(Part::Block {
                    head: item,
                    methods: cut(body),
                });
            }
            last => {
                others.append(&mut item);
                others.extend(last);
            }
        }
    }
    if !others.is_empty() {
        parts.push(Part::Items(others));
    }
    parts
}

/// The items of the code, or of a block. Types have no braces in them, as emitters write no values in types.
fn cut(code: Vec<Tree>) -> Vec<Vec<Tree>> {
    let mut items = Vec::new();
    let mut item = Vec::new();
    for tree in code {
        let ends = match &tree {
            Tree::Group(Delimiter::Brace, _) => !holds_values(&item),
            other => other.is_punct(';'),
        };
        item.push(tree);
        if ends {
            items.push(std::mem::take(&mut item));
        }
    }
    if !item.is_empty() {
        items.push(item);
    }
    items
}

/// Whether the item, of which this is the beginning, may have braces before its end.
fn holds_values(item: &[Tree]) -> bool {
    let is = |word: Option<&Ident>, wanted: &[&str]| {
        word.is_some_and(|word| wanted.iter().any(|wanted| word == wanted))
    };
    let mut words = words(item);
    let keyword = words.next();
    is(keyword, &["static", "type", "use"]) || is(keyword, &["const"]) && !is(words.next(), &["fn"])
}

/// The words that say what an item is, and more.
fn words(item: &[Tree]) -> impl Iterator<Item = &Ident> {
    let words = item.iter().filter_map(|tree| match tree {
        Tree::Word(ident) => Some(ident),
        _ => None,
    });
    words.skip_while(|word| *word == "pub")
}

/// What stands in a block whose head alone is asked for, as it is printed.
const ONE: &str = "    const A: B = C;\n";

/// The block with this head and one item in it, as blocks with and without items are laid out otherwise.
pub(super) fn with_one(mut head: Vec<Tree>) -> Vec<Tree> {
    head.extend(tokens::trees(quote!({
        const A: B = C;
    })));
    head
}

/// What stands before and after the items of such a block.
pub(super) fn split(block: &str) -> Result<(&str, &str), String> {
    block
        .rsplit_once(ONE)
        .ok_or_else(|| format!("{block:?} is no block with one item"))
}

/// A block without a name around the item of one.
pub(super) fn around(method: TokenStream) -> TokenStream {
    quote!(impl A { #method })
}

/// The item in such a block.
pub(super) fn inside(block: &str) -> Result<&str, String> {
    let inside = block
        .strip_prefix("impl A {\n")
        .and_then(|rest| rest.strip_suffix("}\n"));
    inside.ok_or_else(|| format!("{block:?} is no block with an item"))
}
