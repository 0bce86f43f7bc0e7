//! The expressions of endpoint rules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::template;
use crate::api::{Expr, Function};
use crate::list::List as _;

pub(super) fn expr(value: &Expr) -> TokenStream {
    match value {
        Expr::Str(text) => quote!(#text),
        Expr::Template(_) => {
            let text = owned_text(value);
            quote!(&#text)
        }
        Expr::Bool(value) => quote!(#value),
        Expr::Int(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Expr::Var(name) => quote!(#name),
        // It is a `Cow`, as a path without a slash at its end gets one.
        Expr::Attr(of, field @ "normalized_path") => {
            let (of, field) = (expr(of), format_ident!("{field}"));
            quote!(#of.#field.as_ref())
        }
        Expr::Attr(of, field) => {
            let (of, field) = (expr(of), format_ident!("{field}"));
            quote!(#of.#field)
        }
        Expr::Index(of, index) => {
            let index = proc_macro2::Literal::i64_unsuffixed(*index);
            let list = expr(of);
            let of = match is_list(of) {
                true => quote!(&#list),
                false => list,
            };
            quote!(::farrier_runtime::endpoint::element(#of, #index))
        }
        Expr::Call(function, arguments) => {
            let call = call(function, arguments);
            match is_owned(value) {
                true => quote!(&#call),
                false => call,
            }
        }
        Expr::Equal(left, right) => match tested_for_empty(left, right) {
            Some(text) => quote!(#text.is_empty()),
            None => {
                let (left, right) = (compared(left), compared(right));
                quote!(#left == #right)
            }
        },
        Expr::Not(value) => not(value),
        Expr::IsSome(of) => {
            let of = expr(of);
            quote!(#of.is_some())
        }
        Expr::Some(of) => {
            let of = expr(of);
            quote!(::std::option::Option::Some(#of))
        }
        Expr::Coalesce {
            first,
            second,
            optional,
        } => coalesce(first, second, *optional),
        Expr::Choose {
            condition,
            then,
            otherwise,
        } => {
            let (condition, then, otherwise) = (expr(condition), expr(then), expr(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
    }
}

fn call(function: &Function, arguments: &[Expr]) -> TokenStream {
    let name = format_ident!("{}", function.name);
    let arguments = arguments.iter().map(expr);
    quote!(::farrier_runtime::endpoint::#name(#(#arguments),*))
}

fn coalesce(first: &Expr, second: &Expr, optional: bool) -> TokenStream {
    let (first, text) = (operand(first), expr(second));
    match second {
        // What is borrowed must not end with a closure.
        _ if is_owned(second) => template! { [first, text] =>
            match #first {
                ::std::option::Option::Some(value) => value,
                ::std::option::Option::None => #text,
            }
        },
        Expr::Call(..) | Expr::Index(..) | Expr::Coalesce { .. } | Expr::Choose { .. } => {
            match optional {
                true => quote!(#first.or_else(|| #text)),
                false => quote!(#first.unwrap_or_else(|| #text)),
            }
        }
        _ if optional => quote!(#first.or(#text)),
        _ => quote!(#first.unwrap_or(#text)),
    }
}

fn not(value: &Expr) -> TokenStream {
    match value {
        Expr::IsSome(of) => {
            let of = operand(of);
            quote!(#of.is_none())
        }
        Expr::Equal(left, right) => match tested_for_empty(left, right) {
            Some(text) => quote!(!#text.is_empty()),
            None => {
                let (left, right) = (compared(left), compared(right));
                quote!(#left != #right)
            }
        },
        other => {
            let inner = operand(other);
            quote!(!#inner)
        }
    }
}

/// The string that is compared with the empty one.
fn tested_for_empty(left: &Expr, right: &Expr) -> Option<TokenStream> {
    let is_empty = |expr: &Expr| matches!(expr, Expr::Str(text) if text.is_empty());
    match (is_empty(left), is_empty(right)) {
        (false, true) => Some(operand(left)),
        (true, false) => Some(operand(right)),
        _ => None,
    }
}

/// A side of a comparison, which need not be borrowed.
fn compared(value: &Expr) -> TokenStream {
    match value {
        Expr::Template(_) => owned_text(value),
        Expr::Call(function, arguments) => call(function, arguments),
        other => operand(other),
    }
}

/// A value where it needs parentheses around an `if`.
fn operand(value: &Expr) -> TokenStream {
    let text = expr(value);
    match value {
        Expr::Choose { .. } | Expr::Equal(..) => quote!((#text)),
        _ => text,
    }
}

/// Whether a value is a `Vec` that has to be borrowed; a name stands for a reference.
pub(super) fn is_list(value: &Expr) -> bool {
    match value {
        Expr::Call(function, _) => function.name == "split",
        Expr::Attr(_, field) => *field == "resource_id",
        _ => false,
    }
}

/// Whether a value is a string that has to be borrowed.
pub(super) fn is_owned(value: &Expr) -> bool {
    match value {
        Expr::Template(_) => true,
        Expr::Call(function, _) => function.name == "uri_encode",
        Expr::Coalesce { second, .. } => is_owned(second),
        Expr::Choose {
            then, otherwise, ..
        } => is_owned(then) || is_owned(otherwise),
        _ => false,
    }
}

/// A string that can be handed over.
pub(super) fn owned_text(value: &Expr) -> TokenStream {
    text_with(value, &[])
}

/// The same, where some fields have a name.
pub(super) fn text_with(value: &Expr, fields: &[(&Expr, &str)]) -> TokenStream {
    let Expr::Template(parts) = value else {
        return match value {
            Expr::Str(text) => quote!(#text),
            other => {
                let value = operand(other);
                quote!(#value.to_owned())
            }
        };
    };
    let mut format = String::new();
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            Expr::Str(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Expr::Var(name) if !name.as_str().starts_with("r#") => {
                format.push('{');
                format.push_str(name.as_str());
                format.push('}');
            }
            Expr::Attr(of, field) if fields.contains(&(of, field)) => {
                format.push('{');
                format.push_str(field);
                format.push('}');
            }
            other => {
                format.push_str("{}");
                arguments.push(expr(other));
            }
        }
    }
    quote!(format!(#format #(, #arguments)*))
}

/// The fields of variables that a text holds, which read better when they have a name first; none where a name would
/// hide a variable that the text holds too.
pub(super) fn fields(text: &Expr) -> Vec<(&Expr, &str)> {
    let Expr::Template(parts) = text else {
        return Vec::new();
    };
    let variable = |part: &Expr| match part {
        Expr::Var(name) => Some(name.to_string()),
        _ => None,
    };
    let taken: Vec<_> = parts.iter().filter_map(variable).list();
    let mut fields: Vec<(&Expr, &str)> = Vec::new();
    for part in parts {
        if let Expr::Attr(of, field) = part
            && matches!(**of, Expr::Var(_))
            && !taken.iter().any(|name| name == field)
            && !fields.iter().any(|(_, known)| known == field)
        {
            fields.push((of, field));
        }
    }
    fields
}
