//! What conditions ask about: values on the way from `input` and `output`.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::items::{count, item};
use crate::api::{Literal, Number, Operand, Ty};
use crate::emit::{template, ty};
use crate::names::Name;

/// A value as getters give it; an `Option` where it may be null.
pub(super) fn value(operand: &Operand, depth: usize) -> TokenStream {
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
pub(super) fn place(operand: &Operand, depth: usize) -> TokenStream {
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

fn field(of: TokenStream, name: &Name, ty: &Ty, optional: bool, borrowed: bool) -> TokenStream {
    match ty {
        ty if ty::is_copy(ty) => quote!(#of.#name),
        Ty::String | Ty::List { .. } if optional => quote!(#of.#name.as_deref()),
        ty if ty.is_text() && optional => {
            template! { [of, name] => #of.#name.as_ref().map(|text| text.as_str()) }
        }
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
pub(super) fn mapped(
    of: &Operand,
    depth: usize,
    then: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let value = place(of, depth);
    match of.nullable() {
        true => {
            let then = then(quote!(found));
            quote!(#value.map(|found| #then))
        }
        false => then(value),
    }
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
