//! Conditions of waiters, as expressions on the fields of `input` and `output`.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{format_ident, quote};

use super::ty;
use crate::api::{Comparison, Items, Literal, Number, Operand, Predicate, Ty};

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
            quote!(#left.zip(#right).#unless_null(|(left, right)| #holds))
        }
    }
}

/// The variable for the value of several that is looked at.
fn item(depth: usize) -> TokenStream {
    let name = match depth {
        0 => format_ident!("value"),
        1 => format_ident!("inner"),
        deeper => format_ident!("inner{}", deeper),
    };
    quote!(#name)
}

/// A value as getters give it; an `Option` where it may be null.
fn value(operand: &Operand, depth: usize) -> TokenStream {
    let place = place(operand, depth);
    match operand {
        // Only these are no references or copies yet.
        Operand::Field {
            ty,
            optional: false,
            of,
            ..
        } if !of.nullable() && !ty.is_text() && !ty::is_copy(ty) => {
            quote!(&#place)
        }
        _ => place,
    }
}

/// As `value`, but without `&`, to go on from.
fn place(operand: &Operand, depth: usize) -> TokenStream {
    match operand {
        Operand::Input => quote!(input),
        Operand::Output => quote!(output),
        Operand::Item(ty, depth) => {
            let item = item(*depth);
            match ty {
                ty if ty.is_text() => quote!(#item.as_str()),
                ty if ty::is_copy(ty) => quote!(*#item),
                _ => item,
            }
        }
        Operand::Field {
            of,
            name,
            ty,
            optional,
        } => {
            let start = place(of, depth);
            match (of.nullable(), optional) {
                (false, _) => field(start, name, ty, *optional, false),
                (true, true) => {
                    let field = field(quote!(found), name, ty, true, false);
                    quote!(#start.and_then(|found| #field))
                }
                (true, false) => {
                    let field = field(quote!(found), name, ty, false, true);
                    quote!(#start.map(|found| #field))
                }
            }
        }
        Operand::Element { of, ty, index } => element(of, ty, *index, depth),
        Operand::Literal(literal) => self::literal(literal),
        Operand::Length(of) => {
            let is_text = of.ty().is_none_or(Ty::is_text);
            let length = |of: TokenStream| match is_text {
                true => quote!(#of.chars().count()),
                false => quote!(#of.len()),
            };
            mapped(of, depth, length)
        }
        Operand::Count(items) => count(items, depth),
        Operand::Cast(of, number) => cast(of, *number, depth),
    }
}

fn field(
    of: TokenStream,
    name: &crate::names::Name,
    ty: &Ty,
    optional: bool,
    borrowed: bool,
) -> TokenStream {
    match ty {
        ty if ty::is_copy(ty) => quote!(#of.#name),
        Ty::String | Ty::List { .. } if optional => quote!(#of.#name.as_deref()),
        ty if ty.is_text() && optional => quote!(#of.#name.as_ref().map(|text| text.as_str())),
        ty if ty.is_text() => quote!(#of.#name.as_str()),
        _ if optional => quote!(#of.#name.as_ref()),
        _ if borrowed => quote!(&#of.#name),
        _ => quote!(#of.#name),
    }
}

fn element(of: &Operand, ty: &Ty, index: i64, depth: usize) -> TokenStream {
    let at = Token::u64_unsuffixed(match index {
        0.. => index.unsigned_abs(),
        _ => index.unsigned_abs() - 1,
    });
    let get = match index {
        0 => quote!(first()),
        -1 => quote!(last()),
        1.. => quote!(get(#at)),
        _ => quote!(iter().nth_back(#at)),
    };
    let list = place(of, depth);
    let element = match of.nullable() {
        true => quote!(#list.and_then(|list| list.#get)),
        false => quote!(#list.#get),
    };
    match ty {
        ty if ty.is_text() => quote!(#element.map(|text| text.as_str())),
        ty if ty::is_copy(ty) => quote!(#element.copied()),
        _ => element,
    }
}

/// What `then` makes of a value; null of null.
fn mapped(of: &Operand, depth: usize, then: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let value = place(of, depth);
    match of.nullable() {
        true => {
            let then = then(quote!(found));
            quote!(#value.map(|found| #then))
        }
        false => then(value),
    }
}

fn count(items: &Items, depth: usize) -> TokenStream {
    mapped(items.source(), depth, |source| {
        let values = chain(items, &|of| listed(of, source.clone()), depth);
        quote!(#values.count())
    })
}

fn cast(of: &Operand, number: Number, depth: usize) -> TokenStream {
    let value = place(of, depth);
    let (by_from, number) = match (of.ty(), number) {
        (None, Number::Long) => (false, quote!(i64)),
        (None | Some(Ty::Long), Number::Double) => (false, quote!(f64)),
        (Some(_), Number::Long) => (true, quote!(i64)),
        (Some(_), Number::Double) => (true, quote!(f64)),
    };
    match (of.nullable(), by_from) {
        (true, true) => quote!(#value.map(#number::from)),
        (true, false) => quote!(#value.map(|found| found as #number)),
        (false, true) => quote!(#number::from(#value)),
        // A `<` behind it would be read as the start of generics.
        (false, false) => quote!((#value as #number)),
    }
}

fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Integer(number) => {
            let number = Token::i64_unsuffixed(*number);
            quote!(#number)
        }
        Literal::Float(number) => ty::float(*number, &Ty::Double),
        Literal::String(text) => quote!(#text),
        // Others are no operands.
        _ => quote!(()),
    }
}

/// An iterator over several values; over none where they would come from null.
fn items(items: &Items, depth: usize) -> TokenStream {
    chain(items, &|of| source(of, depth), depth)
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
