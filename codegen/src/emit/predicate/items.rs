//! Several values, as iterators.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::operand::{mapped, place};
use super::predicate;
use crate::api::{Items, Ty};
use crate::emit::ty;

/// An iterator over several values; over none where they would come from null.
pub(super) fn items(items: &Items, depth: usize) -> TokenStream {
    chain(items, &|of| source(of, depth), depth)
}

/// The variable for the value of several that is looked at.
pub(super) fn item(depth: usize) -> TokenStream {
    let name = match depth {
        0 => format_ident!("value"),
        1 => format_ident!("inner"),
        deeper => format_ident!("inner{}", deeper),
    };
    quote!(#name)
}

pub(super) fn count(items: &Items, depth: usize) -> TokenStream {
    mapped(items.source(), depth, |source| {
        let values = chain(items, &|of| listed(of, source.clone()), depth);
        quote!(#values.count())
    })
}

/// An iterator over what `start` makes of the source.
fn chain(items: &Items, start: &dyn Fn(&Items) -> TokenStream, depth: usize) -> TokenStream {
    match items {
        Items::Elements(_) | Items::Keys(_) | Items::Values(_) => start(items),
        Items::Filter(of, holds) => {
            let (values, item) = (chain(of, start, depth), pattern(of, depth));
            let holds = predicate(holds, depth + 1);
            quote!(#values.filter(|#item| #holds))
        }
        Items::FlatMap(of, inner) => {
            let (values, item) = (chain(of, start, depth), item(depth));
            let inner = source(inner, depth);
            quote!(#values.flat_map(|#item| #inner))
        }
    }
}

/// An iterator over the values that one operand holds; over none where it is null.
fn source(items: &Items, depth: usize) -> TokenStream {
    let operand = items.source();
    let value = place(operand, depth);
    match (operand.nullable(), items) {
        (false, _) => listed(items, value),
        (true, Items::Keys(_) | Items::Values(_)) => {
            let entries = listed(items, quote!(map));
            quote!(#value.into_iter().flat_map(|map| #entries))
        }
        (true, _) => quote!(#value.into_iter().flatten()),
    }
}

fn listed(items: &Items, of: TokenStream) -> TokenStream {
    match items {
        Items::Keys(_) => quote!(#of.keys()),
        Items::Values(_) => quote!(#of.values()),
        _ => quote!(#of.iter()),
    }
}

/// The parameter of a filter, which gets references to references.
fn pattern(items: &Items, depth: usize) -> TokenStream {
    let item = item(depth);
    match is_copied(items) {
        true => quote!(&#item),
        false => item,
    }
}

fn is_copied(items: &Items) -> bool {
    let of = match items {
        Items::Filter(items, _) => return is_copied(items),
        Items::FlatMap(_, inner) => return is_copied(inner),
        Items::Keys(_) => return false,
        Items::Elements(of) | Items::Values(of) => of.ty(),
    };
    match of {
        Some(Ty::List { element: ty, .. } | Ty::Map { value: ty, .. }) => ty::is_copy(ty),
        _ => false,
    }
}
