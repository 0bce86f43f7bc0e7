//! Ways from a struct to a value inside it, as expressions.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty;
use crate::api::{Path, PathStep, Ty, TypeKind, TypeRef};

/// An expression of type `Option<&str>` (or of the borrowed form of another type) for a path without lists.
pub(super) fn borrowed(start: TokenStream, path: &Path) -> TokenStream {
    let mut value = start;
    // Whether `value` is an `Option` already.
    let mut optional = false;
    for (index, step) in path.steps.iter().enumerate() {
        let PathStep::Field {
            name,
            ty,
            optional: field_optional,
            ..
        } = step
        else {
            continue;
        };
        let last = index + 1 == path.steps.len();
        let field = |of: TokenStream| match (
            field_optional,
            last && matches!(ty, Ty::String | Ty::List { .. }),
        ) {
            (true, true) => quote!(#of.#name.as_deref()),
            (true, false) if ty::is_copy(ty) => quote!(#of.#name),
            (true, false) => quote!(#of.#name.as_ref()),
            (false, true) if *ty == Ty::String => quote!(#of.#name.as_str()),
            (false, true) => quote!(#of.#name.as_slice()),
            (false, false) if ty::is_copy(ty) => quote!(#of.#name),
            // Of `&a.b`, a step to `c` would make `&a.b.c`.
            (false, false) if !last && !optional => quote!(#of.#name),
            (false, false) => quote!(&#of.#name),
        };
        value = match (optional, field_optional) {
            (false, _) => field(value),
            (true, true) => {
                let inner = field(quote!(value));
                quote!(#value.and_then(|value| #inner))
            }
            (true, false) => {
                let inner = field(quote!(value));
                quote!(#value.map(|value| #inner))
            }
        };
        optional |= *field_optional;
    }
    if optional {
        value
    } else {
        quote!(::std::option::Option::Some(#value))
    }
}

/// An expression of type `Vec<T>` that takes the list at the end of the path out of `start`.
pub(super) fn taken_list(start: TokenStream, path: &Path) -> TokenStream {
    let mut value = start;
    let mut optional = false;
    for step in &path.steps {
        let PathStep::Field {
            name,
            optional: field_optional,
            ..
        } = step
        else {
            continue;
        };
        value = match (optional, field_optional) {
            (false, _) => quote!(#value.#name),
            (true, true) => quote!(#value.and_then(|value| value.#name)),
            (true, false) => quote!(#value.map(|value| value.#name)),
        };
        optional |= *field_optional;
    }
    let value = if optional {
        quote!(#value.unwrap_or_default())
    } else {
        value
    };
    if matches!(path.ty, Ty::Map { .. }) {
        quote!(#value.into_iter().collect())
    } else {
        value
    }
}

/// The type of what a list or map at the end of a path holds.
pub(super) fn item(path: &Path) -> TokenStream {
    match &path.ty {
        Ty::List { element, sparse } => ty::sparse_owned(element, *sparse),
        Ty::Map { key, value, sparse } => {
            let (key, value) = (ty::map_key(key.as_ref()), ty::sparse_owned(value, *sparse));
            quote!((#key, #value))
        }
        other => ty::owned(other),
    }
}

/// An iterator over the strings that a path with lists leads to, as `&str`.
pub(super) fn strings(start: TokenStream, path: &Path) -> TokenStream {
    let mut steps = path.steps.iter().peekable();
    // Up to the first list, a borrowed value.
    let mut head = Vec::new();
    while let Some(step) = steps.next_if(|step| matches!(step, PathStep::Field { .. })) {
        head.push(step.clone());
    }
    let head_ty = match head.last() {
        Some(PathStep::Field { ty, .. }) => ty.clone(),
        _ => path.ty.clone(),
    };
    let head = borrowed(
        start,
        &Path {
            steps: head,
            ty: head_ty,
        },
    );
    let mut value = quote!(#head.into_iter());
    while let Some(step) = steps.next() {
        value = match step {
            PathStep::Field {
                name,
                optional: true,
                ..
            } => quote!(#value.filter_map(|value| value.#name.as_ref())),
            PathStep::Field {
                name,
                optional: false,
                ..
            } => {
                let is_list = steps.next_if(|step| !matches!(step, PathStep::Field { .. }));
                match is_list {
                    Some(_) => quote!(#value.flat_map(|value| &value.#name)),
                    None => quote!(#value.map(|value| &value.#name)),
                }
            }
            // Waiters know no other ways to several values.
            _ => quote!(#value.flatten()),
        };
    }
    let text = as_str(&path.ty);
    quote!(#value.map(|value| #text))
}

/// `value`, a reference to a string or an enum, as `&str`.
pub(super) fn as_str(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Named(TypeRef {
            kind: TypeKind::Enumeration,
            ..
        })
        | Ty::String => quote!(value.as_str()),
        _ => quote!(value),
    }
}
