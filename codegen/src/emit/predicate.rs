//! Conditions of waiters, as expressions on the fields of `input` and `output`.

mod items;
mod operand;

use proc_macro2::TokenStream;
use quote::quote;

use super::{template, ty};
use crate::api::{Comparison, Items, Operand, Predicate};
use items::{item, items};
use operand::{place, value};

/// An expression of type `bool`; `depth` counts the closures around it that look at one of several values.
pub(super) fn predicate(condition: &Predicate, depth: usize) -> TokenStream {
    match condition {
        Predicate::Constant(is) => quote!(#is),
        Predicate::And(left, right) => {
            let side = |side: &Predicate| match side {
                Predicate::Or(..) => {
                    let side = predicate(side, depth);
                    quote!((#side))
                }
                side => predicate(side, depth),
            };
            let (left, right) = (side(left), side(right));
            quote!(#left && #right)
        }
        Predicate::Or(left, right) => {
            let (left, right) = (predicate(left, depth), predicate(right, depth));
            quote!(#left || #right)
        }
        Predicate::Not(inner) => not(inner, depth),
        Predicate::Is(operand, is) => {
            let value = value(operand, depth);
            match (operand.nullable(), is) {
                (true, is) => quote!(#value == ::std::option::Option::Some(#is)),
                (false, true) => value,
                (false, false) => quote!(!#value),
            }
        }
        Predicate::Present(operand) => presence(operand, quote!(is_some), depth),
        Predicate::Filled(operand) | Predicate::Empty(operand) => {
            let filled = matches!(condition, Predicate::Filled(_));
            let is = |place: TokenStream| emptiness(place, filled);
            let place = place(operand, depth);
            match operand.nullable() {
                true => {
                    let is = is(quote!(found));
                    quote!(#place.is_some_and(|found| #is))
                }
                false => is(place),
            }
        }
        Predicate::Same(left, right) => same((left, right), quote!(==), depth),
        Predicate::Compare(comparison, left, right) => {
            let operator = operator(*comparison);
            let holds = |left, right| quote!(#left #operator #right);
            with_both((left, right), depth, quote!(is_some_and), holds)
        }
        Predicate::HoldsText(text, part) => {
            let contains = |text: TokenStream, part: TokenStream| quote!(#text.contains(#part));
            with_both((text, part), depth, quote!(is_some_and), contains)
        }
        Predicate::Any(items, holds) => {
            if let Some(contains) = contains(items, holds, depth) {
                return contains;
            }
            let (items, item) = (self::items(items, depth), item(depth));
            let holds = predicate(holds, depth + 1);
            quote!(#items.any(|#item| #holds))
        }
    }
}

/// `contains` of a list of numbers, which clippy asks for.
fn contains(items: &Items, holds: &Predicate, depth: usize) -> Option<TokenStream> {
    let (Items::Elements(of), Predicate::Same(Operand::Item(ty, _), what)) = (items, holds) else {
        return None;
    };
    if of.nullable() || what.nullable() || !ty::is_copy(ty) {
        return None;
    }
    let (list, what) = (place(of, depth), value(what, depth));
    Some(quote!(#list.contains(&#what)))
}

/// The opposite of a condition, as clippy wants it: without `!` before what has an opposite of its own.
fn not(condition: &Predicate, depth: usize) -> TokenStream {
    match condition {
        Predicate::Is(operand, is) => {
            let value = value(operand, depth);
            quote!(#value != ::std::option::Option::Some(#is))
        }
        Predicate::Same(left, right) => same((left, right), quote!(!=), depth),
        Predicate::Present(operand) => presence(operand, quote!(is_none), depth),
        Predicate::Filled(operand) | Predicate::Empty(operand) => {
            let filled = matches!(condition, Predicate::Empty(_));
            let place = place(operand, depth);
            match operand.nullable() {
                true => {
                    let is = emptiness(quote!(found), filled);
                    quote!(#place.is_none_or(|found| #is))
                }
                false => emptiness(place, filled),
            }
        }
        Predicate::Compare(comparison, left, right) => {
            let operator = operator(comparison.opposite());
            let holds = |left, right| quote!(#left #operator #right);
            with_both((left, right), depth, quote!(is_none_or), holds)
        }
        other => {
            let holds = predicate(other, depth);
            quote!(!#holds)
        }
    }
}

fn emptiness(place: TokenStream, filled: bool) -> TokenStream {
    match filled {
        true => quote!(!#place.is_empty()),
        false => quote!(#place.is_empty()),
    }
}

/// `is_some()` or `is_none()` of a value.
fn presence(operand: &Operand, is: TokenStream, depth: usize) -> TokenStream {
    match operand {
        Operand::Field {
            of,
            name,
            optional: true,
            ..
        } if !of.nullable() => {
            let start = place(of, depth);
            quote!(#start.#name.#is())
        }
        operand => {
            let value = value(operand, depth);
            quote!(#value.#is())
        }
    }
}

fn operator(comparison: Comparison) -> TokenStream {
    match comparison {
        Comparison::Equal => quote!(==),
        Comparison::NotEqual => quote!(!=),
        Comparison::Less => quote!(<),
        Comparison::AtMost => quote!(<=),
        Comparison::More => quote!(>),
        Comparison::AtLeast => quote!(>=),
    }
}

/// Whether two values are equal or not, where null equals null.
fn same(sides: (&Operand, &Operand), operator: TokenStream, depth: usize) -> TokenStream {
    let nullable = sides.0.nullable() || sides.1.nullable();
    let side = |operand: &Operand| {
        let value = value(operand, depth);
        match nullable && !operand.nullable() {
            true => quote!(::std::option::Option::Some(#value)),
            false => value,
        }
    };
    let (left, right) = (side(sides.0), side(sides.1));
    quote!(#left #operator #right)
}

/// Whether both are there and `holds` for them; or, by `is_none_or`, one is not there or `holds`.
fn with_both(
    (left, right): (&Operand, &Operand),
    depth: usize,
    unless_null: TokenStream,
    holds: impl Fn(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    let nullable = (left.nullable(), right.nullable());
    let (left, right) = (value(left, depth), value(right, depth));
    match nullable {
        (false, false) => holds(left, right),
        (true, false) => {
            let holds = holds(quote!(found), right);
            quote!(#left.#unless_null(|found| #holds))
        }
        (false, true) => {
            let holds = holds(left, quote!(found));
            quote!(#right.#unless_null(|found| #holds))
        }
        (true, true) => {
            let holds = holds(quote!(left), quote!(right));
            template! { [left, right, unless_null, holds] =>
                #left.zip(#right).#unless_null(|(left, right)| #holds)
            }
        }
    }
}
