//! Values of protocol tests, as expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty;
use crate::api::{Field, Ty, TypeKind, Value};

/// The setters that make the fields, each by value.
pub(in super::super) fn setters(fields: &[(Field, Value)]) -> TokenStream {
    let mut out = TokenStream::new();
    for (field, value) in fields {
        let (name, set) = (&field.name, &field.setter);
        match (&field.ty, value) {
            (Ty::List { element, sparse }, Value::List(elements)) if !elements.is_empty() => {
                for value in elements {
                    let value = element_argument(element, value.as_ref(), *sparse);
                    out.extend(quote!(.#name(#value)));
                }
            }
            (
                Ty::Map {
                    key,
                    value: element,
                    sparse,
                },
                Value::Map(entries),
            ) if !entries.is_empty() => {
                for (text, value) in entries {
                    let key = match key {
                        Some(key) => {
                            let key = ty::named(key);
                            quote!(#key::from(#text))
                        }
                        None => quote!(#text),
                    };
                    let value = element_argument(element, value.as_ref(), *sparse);
                    out.extend(quote!(.#name(#key, #value)));
                }
            }
            (Ty::List { .. } | Ty::Map { .. }, value) => {
                let value = owned(&field.ty, value);
                out.extend(quote!(.#set(::std::option::Option::Some(#value))));
            }
            (ty, value) => {
                let value = argument(ty, value);
                out.extend(quote!(.#name(#value)));
            }
        }
    }
    out
}

/// An element as a setter takes it.
fn element_argument(ty: &Ty, value: Option<&Value>, sparse: bool) -> TokenStream {
    match (value, sparse) {
        (Some(value), false) => argument(ty, value),
        (value, _) => nullable(ty, value, sparse),
    }
}

/// A value as a setter takes it: a literal in place of a `String`, and no boxes.
fn argument(ty: &Ty, value: &Value) -> TokenStream {
    match (ty, value) {
        (Ty::String, Value::String(text)) => quote!(#text),
        (Ty::Boxed(name), value) => owned(&Ty::Named(name.clone()), value),
        (ty, value) => owned(ty, value),
    }
}

fn nullable(ty: &Ty, value: Option<&Value>, sparse: bool) -> TokenStream {
    match (value, sparse) {
        (None, _) => quote!(::std::option::Option::None),
        (Some(value), true) => {
            let value = owned(ty, value);
            quote!(::std::option::Option::Some(#value))
        }
        (Some(value), false) => owned(ty, value),
    }
}

/// A value of its type.
fn owned(ty: &Ty, value: &Value) -> TokenStream {
    match (ty, value) {
        (Ty::Document, value) => document(value),
        (Ty::Boxed(name), value) => {
            let value = owned(&Ty::Named(name.clone()), value);
            quote!(::std::boxed::Box::new(#value))
        }
        (Ty::BigInteger | Ty::BigDecimal, Value::String(text)) => {
            quote!(#text.parse().expect("a number"))
        }
        (Ty::Named(name), Value::String(text)) => {
            let name = ty::named(name);
            quote!(#name::from(#text))
        }
        (
            _,
            Value::Record {
                ty,
                fields,
                complete,
            },
        ) => {
            let (path, setters) = (ty::named(ty), setters(fields));
            let build = match (ty.kind, complete) {
                (TypeKind::FallibleRecord, true) => {
                    quote!(.build().expect("all that is required"))
                }
                (TypeKind::FallibleRecord, false) => quote!(.build_or_zero()),
                _ => quote!(.build()),
            };
            quote!(#path::builder() #setters #build)
        }
        (_, Value::Union { ty, variant, value }) => {
            let path = ty::named(ty);
            let value = value.as_ref().map(|(ty, value)| {
                let value = owned(ty, value);
                quote!((#value))
            });
            quote!(#path::#variant #value)
        }
        (ty, value) => collection(ty, value),
    }
}

/// A list, a map, or what is none.
fn collection(ty: &Ty, value: &Value) -> TokenStream {
    match (ty, value) {
        (Ty::List { element, sparse }, Value::List(elements)) => {
            let elements = elements
                .iter()
                .map(|value| nullable(element, value.as_ref(), *sparse));
            quote!(::std::vec![#(#elements),*])
        }
        (
            Ty::Map {
                key,
                value: element,
                sparse,
            },
            Value::Map(entries),
        ) => {
            let entries = entries.iter().map(|(text, value)| {
                let key = match key {
                    Some(key) => {
                        let key = ty::named(key);
                        quote!(#key::from(#text))
                    }
                    None => quote!(::std::string::String::from(#text)),
                };
                let value = nullable(element, value.as_ref(), *sparse);
                quote!((#key, #value))
            });
            quote!(::std::collections::HashMap::from([#(#entries),*]))
        }
        (ty, value) => simple(ty, value),
    }
}

fn simple(ty: &Ty, value: &Value) -> TokenStream {
    match value {
        Value::Boolean(value) => quote!(#value),
        Value::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Value::Float(value) => ty::float(*value, ty),
        Value::Blob(text) => {
            let bytes = Literal::byte_string(text.as_bytes());
            quote!(crate::primitives::Blob::new(#bytes.as_slice()))
        }
        Value::Timestamp(seconds, nanos) => ty::timestamp(*seconds, *nanos),
        Value::String(text) => quote!(::std::string::String::from(#text)),
        other => document(other),
    }
}

pub(in super::super) fn document(value: &Value) -> TokenStream {
    let path = quote!(crate::primitives::Document);
    match value {
        Value::Null => quote!(#path::Null),
        Value::Boolean(value) => quote!(#path::Bool(#value)),
        Value::String(text) => quote!(#path::from(#text)),
        Value::List(elements) => {
            let elements = elements.iter().flatten().map(document);
            quote!(#path::Array(::std::vec![#(#elements),*]))
        }
        Value::Map(entries) => {
            let entries = entries.iter().filter_map(|(key, value)| {
                let value = document(value.as_ref()?);
                Some(quote!((::std::string::String::from(#key), #value)))
            });
            quote!(#path::Object(::std::collections::HashMap::from([#(#entries),*])))
        }
        Value::Integer(value) => ty::whole_document(*value),
        Value::Float(value) => {
            let value = Literal::f64_suffixed(*value);
            quote!(#path::from(#value))
        }
        // Nothing else is a document.
        _ => quote!(#path::Null),
    }
}
