//! Types of fields, arguments and results.

use proc_macro2::TokenStream;
use quote::quote;

use super::template;
use crate::api::{Field, Presence, Ty, TypeKind, TypeRef};

/// The type as a field holds it, without `Option`.
pub(super) fn owned(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Boolean => quote!(bool),
        Ty::Byte => quote!(i8),
        Ty::Short => quote!(i16),
        Ty::Integer => quote!(i32),
        Ty::Long => quote!(i64),
        Ty::Float => quote!(f32),
        Ty::Double => quote!(f64),
        Ty::BigInteger => quote!(crate::primitives::BigInteger),
        Ty::BigDecimal => quote!(crate::primitives::BigDecimal),
        Ty::String => quote!(::std::string::String),
        Ty::Blob => quote!(crate::primitives::Blob),
        Ty::Timestamp(_) => quote!(crate::primitives::DateTime),
        Ty::Document => quote!(crate::primitives::Document),
        Ty::Named(name) => named(name),
        Ty::Boxed(name) => {
            let name = named(name);
            quote!(::std::boxed::Box<#name>)
        }
        Ty::List { element, sparse } => {
            let element = sparse_owned(element, *sparse);
            quote!(::std::vec::Vec<#element>)
        }
        Ty::Map { key, value, sparse } => {
            let key = map_key(key.as_ref());
            let value = sparse_owned(value, *sparse);
            quote!(::std::collections::HashMap<#key, #value>)
        }
    }
}

/// The type of a map's keys.
pub(super) fn map_key(key: Option<&TypeRef>) -> TokenStream {
    match key {
        Some(key) => named(key),
        None => quote!(::std::string::String),
    }
}

/// The type of an element, which may be null where the collection is sparse.
pub(super) fn sparse_owned(ty: &Ty, sparse: bool) -> TokenStream {
    let ty = owned(ty);
    if sparse {
        quote!(::std::option::Option<#ty>)
    } else {
        ty
    }
}

/// The path of a generated type.
pub(super) fn named(name: &TypeRef) -> TokenStream {
    let name = &name.name;
    quote!(crate::types::#name)
}

/// The type of the field in its struct.
pub(super) fn field(field: &Field) -> TokenStream {
    let ty = owned(&field.ty);
    if field.optional() {
        quote!(::std::option::Option<#ty>)
    } else {
        ty
    }
}

/// The type of the field in its builder: always an `Option`.
pub(super) fn builder_field(field: &Field) -> TokenStream {
    let ty = owned(&field.ty);
    quote!(::std::option::Option<#ty>)
}

/// What a setter takes: anything that becomes a `String`, else the value; boxes are made inside.
pub(super) fn argument(ty: &Ty) -> TokenStream {
    match ty {
        Ty::String => quote!(impl ::std::convert::Into<::std::string::String>),
        Ty::Boxed(name) => named(name),
        other => owned(other),
    }
}

/// The argument `input` as the value that is kept.
pub(super) fn from_argument(ty: &Ty, input: TokenStream) -> TokenStream {
    match ty {
        Ty::String => quote!(#input.into()),
        Ty::Boxed(_) => quote!(::std::boxed::Box::new(#input)),
        _ => input,
    }
}

/// The borrowed form that getters return, without `Option`.
pub(super) fn borrowed(ty: &Ty) -> TokenStream {
    match ty {
        Ty::String => quote!(&str),
        Ty::List { element, sparse } => {
            let element = sparse_owned(element, *sparse);
            quote!(&[#element])
        }
        Ty::Boxed(name) => {
            let name = named(name);
            quote!(&#name)
        }
        copied if is_copy(copied) => owned(copied),
        other => {
            let ty = owned(other);
            quote!(&#ty)
        }
    }
}

/// Whether getters return the value itself.
pub(super) fn is_copy(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Boolean | Ty::Byte | Ty::Short | Ty::Integer | Ty::Long | Ty::Float | Ty::Double
    )
}

/// What a getter of the struct returns, and how it gets there from `self`.
pub(super) fn getter(field: &Field) -> (TokenStream, TokenStream) {
    let name = &field.name;
    let result = borrowed(&field.ty);
    if !field.optional() {
        let body = match &field.ty {
            copied if is_copy(copied) => quote!(self.#name),
            _ => quote!(&self.#name),
        };
        return (result, body);
    }
    match &field.ty {
        Ty::List { .. } => (result, quote!(self.#name.as_deref().unwrap_or_default())),
        Ty::String | Ty::Boxed(_) => (
            quote!(::std::option::Option<#result>),
            quote!(self.#name.as_deref()),
        ),
        copied if is_copy(copied) => (quote!(::std::option::Option<#result>), quote!(self.#name)),
        _ => (
            quote!(::std::option::Option<#result>),
            quote!(self.#name.as_ref()),
        ),
    }
}

/// What an always present field becomes when an answer leaves it out: its default, or a zero value.
pub(super) fn absent(field: &Field, value: TokenStream) -> TokenStream {
    if let Presence::Defaulted(literal) = &field.presence {
        return defaulted(field, literal, value);
    }
    match &field.ty {
        Ty::Blob => {
            template! { [value] =>
                #value.unwrap_or_else(|| crate::primitives::Blob::new(::std::vec::Vec::new()))
            }
        }
        Ty::Timestamp(_) => {
            quote!(#value.unwrap_or_else(|| crate::primitives::DateTime::from_secs(0)))
        }
        Ty::Document => quote!(#value.unwrap_or(crate::primitives::Document::Null)),
        Ty::Named(name) if name.kind == TypeKind::Union => {
            let path = named(name);
            quote!(#value.unwrap_or_else(#path::unknown))
        }
        Ty::Named(name) => {
            let zero = zero(name);
            quote!(#value.unwrap_or_else(|| #zero))
        }
        Ty::Boxed(name) => {
            let zero = zero(name);
            template! { [value, zero] => #value.unwrap_or_else(|| ::std::boxed::Box::new(#zero)) }
        }
        _ => quote!(#value.unwrap_or_default()),
    }
}

/// The zero value of a generated type.
fn zero(name: &TypeRef) -> TokenStream {
    let path = named(name);
    match name.kind {
        TypeKind::Enumeration => quote!(#path::from("")),
        TypeKind::Union => quote!(#path::unknown()),
        TypeKind::Record => quote!(#path::builder().build()),
        TypeKind::FallibleRecord => quote!(#path::builder().build_or_zero()),
    }
}

/// `value`, an `Option`, or the modelled default.
pub(super) fn defaulted(
    field: &Field,
    literal: &crate::api::Literal,
    value: TokenStream,
) -> TokenStream {
    use crate::api::Literal;
    match (literal, &field.ty) {
        (Literal::Boolean(false) | Literal::Integer(0), ty) if is_copy(ty) => {
            quote!(#value.unwrap_or_default())
        }
        (Literal::EmptyList, Ty::List { .. }) | (Literal::EmptyMap, Ty::Map { .. }) => {
            quote!(#value.unwrap_or_default())
        }
        (Literal::String(text), Ty::String) if text.is_empty() => {
            quote!(#value.unwrap_or_default())
        }
        (literal, ty) => {
            let is_constant =
                is_copy(ty) || matches!((literal, ty), (Literal::Boolean(_), Ty::Document));
            let literal = literal_of(literal, ty);
            if is_constant {
                quote!(#value.unwrap_or(#literal))
            } else {
                quote!(#value.unwrap_or_else(|| #literal))
            }
        }
    }
}

/// A whole number as a document, of the kind that reading one gives.
pub(super) fn whole_document(value: i64) -> TokenStream {
    let literal = match u64::try_from(value) {
        Ok(value) => proc_macro2::Literal::u64_suffixed(value),
        Err(_) => proc_macro2::Literal::i64_suffixed(value),
    };
    quote!(crate::primitives::Document::from(#literal))
}

/// A float, by name where it has no digits.
pub(super) fn float(value: f64, ty: &Ty) -> TokenStream {
    if value.is_finite() {
        let value = proc_macro2::Literal::f64_unsuffixed(value);
        return quote!(#value);
    }
    let path = match ty {
        Ty::Float => quote!(f32),
        _ => quote!(f64),
    };
    match value {
        value if value.is_nan() => quote!(#path::NAN),
        value if value > 0.0 => quote!(#path::INFINITY),
        _ => quote!(#path::NEG_INFINITY),
    }
}

/// A point in time.
pub(super) fn timestamp(seconds: i64, nanos: u32) -> TokenStream {
    let seconds = proc_macro2::Literal::i64_unsuffixed(seconds);
    if nanos == 0 {
        return quote!(crate::primitives::DateTime::from_secs(#seconds));
    }
    let nanos = proc_macro2::Literal::u32_unsuffixed(nanos);
    quote!(crate::primitives::DateTime::from_secs_and_nanos(#seconds, #nanos))
}

fn literal_of(literal: &crate::api::Literal, ty: &Ty) -> TokenStream {
    use crate::api::Literal;
    match (literal, ty) {
        (Literal::Boolean(value), Ty::Document) => {
            quote!(crate::primitives::Document::Bool(#value))
        }
        (Literal::Boolean(value), _) => quote!(#value),
        (Literal::Integer(value), Ty::Document) => whole_document(*value),
        (Literal::Float(value), Ty::Document) => {
            let value = proc_macro2::Literal::f64_suffixed(*value);
            quote!(crate::primitives::Document::from(#value))
        }
        (Literal::Integer(value), Ty::Timestamp(_)) => timestamp(*value, 0),
        (Literal::Integer(value), Ty::Float) => {
            let value = proc_macro2::Literal::f32_unsuffixed(*value as f32);
            quote!(#value)
        }
        (Literal::Integer(value), Ty::Double) => {
            let value = proc_macro2::Literal::f64_unsuffixed(*value as f64);
            quote!(#value)
        }
        (Literal::Integer(value), _) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        (Literal::Timestamp(seconds, nanos), _) => timestamp(*seconds, *nanos),
        (Literal::Float(value), ty) => float(*value, ty),
        (Literal::String(text), Ty::Named(name)) => {
            let name = named(name);
            quote!(#name::from(#text))
        }
        (Literal::String(text), Ty::Document) => {
            template! { [text] =>
                crate::primitives::Document::String(::std::string::String::from(#text))
            }
        }
        // Lowering has parsed it.
        (Literal::String(text), Ty::BigInteger | Ty::BigDecimal) => {
            let ty = owned(ty);
            quote!(#text.parse::<#ty>().unwrap_or_default())
        }
        (Literal::String(text), _) => quote!(::std::string::String::from(#text)),
        (Literal::Blob(bytes), _) => {
            let bytes = proc_macro2::Literal::byte_string(bytes);
            quote!(crate::primitives::Blob::new(#bytes.as_slice()))
        }
        (Literal::EmptyList, Ty::Document) => {
            quote!(crate::primitives::Document::Array(::std::vec::Vec::new()))
        }
        (Literal::EmptyMap, Ty::Document) => {
            quote!(crate::primitives::Document::Object(
                ::std::collections::HashMap::new()
            ))
        }
        (Literal::EmptyList, _) => quote!(::std::vec::Vec::new()),
        (Literal::EmptyMap, _) => quote!(::std::collections::HashMap::new()),
    }
}
