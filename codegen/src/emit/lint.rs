//! Leave from lints that the names and the types of a model set off, and no others.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Ty;

/// What clippy takes for operators of the standard library: methods `x(self, y)`, as setters are.
const OPERATORS: [&str; 10] = [
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// What clippy takes for methods of the standard library's traits that borrow: `x(&self) -> &Y`, as getters are.
const BORROWS: [&str; 3] = ["as_ref", "borrow", "deref"];

/// How much clippy lets a type hold: each path in it counts ten times its depth.
const MOST: u32 = 250;

/// Leave for a setter that is called as an operator.
pub(super) fn setter(name: &str) -> TokenStream {
    trait_method(OPERATORS.contains(&name))
}

/// Leave for a getter that is called as a method of the standard library's traits.
pub(super) fn getter(name: &str) -> TokenStream {
    trait_method(name == "clone" || BORROWS.contains(&name))
}

/// Leave for a method of the client, which borrows it and returns a builder, that is called as one of the standard
/// library's traits.
pub(super) fn operation(name: &str) -> TokenStream {
    trait_method(name == "clone")
}

fn trait_method(is_one: bool) -> TokenStream {
    if is_one {
        quote!(#[allow(clippy::should_implement_trait, reason = "the model calls it so")])
    } else {
        TokenStream::new()
    }
}

/// Leave for types of fields that are lists and maps deep in each other.
pub(super) fn nested<'t>(types: impl IntoIterator<Item = &'t Ty>) -> TokenStream {
    // In the result of a getter: `&Option<T>`.
    allowed(types.into_iter().any(|ty| 1 + 10 + paths(ty, 2) > MOST))
}

/// Leave for such a type in the results of a paginator: `PaginationStream<Result<T, SdkError<E, R>>>`.
pub(super) fn nested_in_pages(listed: &Ty) -> TokenStream {
    let item = match listed {
        Ty::List { element, .. } => paths(element, 3),
        // A tuple of a key and a value.
        Ty::Map { value, .. } => 30 + 40 + paths(value, 4),
        other => paths(other, 3),
    };
    allowed(10 + 20 + item + 30 + 40 + 40 > MOST)
}

fn allowed(is_nested: bool) -> TokenStream {
    if is_nested {
        quote!(#[allow(clippy::type_complexity, reason = "the model nests so")])
    } else {
        TokenStream::new()
    }
}

/// What clippy counts for a type that stands so deep.
fn paths(ty: &Ty, depth: u32) -> u32 {
    let inside = |ty: &Ty, sparse: bool| {
        let option = if sparse { 10 * (depth + 1) } else { 0 };
        option + paths(ty, depth + 1 + u32::from(sparse))
    };
    10 * depth
        + match ty {
            Ty::List { element, sparse } => inside(element, *sparse),
            Ty::Map { value, sparse, .. } => 10 * (depth + 1) + inside(value, *sparse),
            Ty::Boxed(_) => 10 * (depth + 1),
            _ => 0,
        }
}

/// Names of the derive macros of the prelude, which a link to a type of the same name could mean as well.
const DERIVES: [&str; 9] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// A link to a struct in the same module.
pub(super) fn link_to_struct(name: &str) -> String {
    if DERIVES.contains(&name) {
        format!("[`{name}`](struct@{name})")
    } else {
        format!("[`{name}`]")
    }
}
