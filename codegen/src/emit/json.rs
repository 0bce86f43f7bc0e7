//! How values are read from and written to JSON, through the runtime's reader and writer.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::Role;
use super::{block, builder, template};
use crate::api::{Field, Record, TimestampFormat, Ty, TypeKind, TypeRef};

/// The method of a builder that takes a member of an object, for a reader that goes through them:
///
/// ```text
/// pub(crate) fn read_member(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), json::Error> {
///     match key {
///         "TagKey" => self.tag_key = reader.string()?,
///         _ => reader.skip_value()?,
///     }
///     Ok(())
/// }
/// ```
pub(super) fn read_member(record: &Record, role: Role) -> TokenStream {
    let within = builder::within(record, role);
    let arms = record.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, &field.name);
        let value = read(&field.ty);
        quote!(#wire => self #within.#name = #value?,)
    });
    let arms = block(arms.chain([quote!(_ => reader.skip_value()?,)]));
    template! { [arms] =>
        #[inline]
        pub(crate) fn read_member(
            &mut self,
            key: &str,
            reader: &mut ::farrier_runtime::json::Reader<'_>,
        ) -> ::std::result::Result<(), ::farrier_runtime::json::Error> {
            match key #arms
            ::std::result::Result::Ok(())
        }
    }
}

/// The method that makes what was read, whatever the answer left out.
pub(super) fn made(record: &Record) -> TokenStream {
    if record.fallible() {
        quote!(build_or_zero)
    } else {
        quote!(build)
    }
}

/// An expression that reads a value from `reader`: `Result<Option<T>, json::Error>`.
pub(super) fn read(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote!(reader.timestamp(#format))
        }
        Ty::Named(name) => {
            let path = super::ty::named(name);
            quote!(#path::read_json(reader))
        }
        Ty::Boxed(name) => {
            let path = super::ty::named(name);
            template! { [path] =>
                #path::read_json(reader).map(|value| value.map(::std::boxed::Box::new))
            }
        }
        Ty::List { element, sparse } => {
            let element = read_function(element);
            if *sparse {
                quote!(reader.sparse_list(#element))
            } else {
                quote!(reader.list(#element))
            }
        }
        Ty::Map { key, value, sparse } => {
            let value = read_function(value);
            let map = if *sparse {
                quote!(reader.sparse_map(#value))
            } else {
                quote!(reader.map(#value))
            };
            match key {
                None => map,
                Some(key) => {
                    let key = super::ty::named(key);
                    template! { [map, key] =>
                        #map.map(|map| map.map(|map| map.into_iter().map(|(key, value)| (#key::from(key.as_str()), value)).collect()))
                    }
                }
            }
        }
        simple => {
            let method = method(simple);
            quote!(reader.#method())
        }
    }
}

/// A function that reads a value, as the collections' readers take it.
fn read_function(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Named(name) => {
            let path = super::ty::named(name);
            quote!(#path::read_json)
        }
        Ty::Timestamp(_) | Ty::Boxed(_) | Ty::List { .. } | Ty::Map { .. } => {
            let read = read(ty);
            quote!(|reader| #read)
        }
        simple => {
            let method = method(simple);
            quote!(::farrier_runtime::json::Reader::#method)
        }
    }
}

/// The statements that write the fields of `from` between `begin_object` and `end_object`.
pub(super) fn write_fields(record: &Record, from: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().map(|field| write_field(field, from));
    quote! {
        writer.begin_object();
        #(#fields)*
        writer.end_object();
    }
}

fn write_field(field: &Field, from: &TokenStream) -> TokenStream {
    let (wire, name) = (&field.wire, &field.name);
    let copied = super::ty::is_copy(&field.ty);
    let value = if copied {
        quote!(#from.#name)
    } else {
        quote!(&#from.#name)
    };
    if field.optional() {
        let write = write(&field.ty, &quote!(value), copied);
        return template! { [value, wire, write] =>
            if let ::std::option::Option::Some(value) = #value {
                writer.key(#wire);
                #write
            }
        };
    }
    let write = write(&field.ty, &value, copied);
    quote! {
        writer.key(#wire);
        #write
    }
}

/// Statements that write `value`, which is a reference unless `copied`.
pub(super) fn write(ty: &Ty, value: &TokenStream, copied: bool) -> TokenStream {
    match ty {
        Ty::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote!(writer.timestamp(#value, #format);)
        }
        Ty::Named(TypeRef {
            kind: TypeKind::Enumeration,
            ..
        }) => {
            let value = receiver(value);
            quote!(writer.string(#value.as_str());)
        }
        Ty::Named(_) | Ty::Boxed(_) => {
            let value = receiver(value);
            quote!(#value.write_json(writer);)
        }
        Ty::List { element, sparse } => {
            let write = write_element(element, *sparse);
            template! { [value, write] =>
                writer.begin_array();
                for item in #value {
                    #write
                }
                writer.end_array();
            }
        }
        Ty::Map {
            key,
            value: element,
            sparse,
        } => {
            let write = write_element(element, *sparse);
            let key = if key.is_some() {
                quote!(key.as_str())
            } else {
                quote!(key)
            };
            template! { [value, key, write] =>
                writer.begin_object();
                for (key, item) in #value {
                    writer.key(#key);
                    #write
                }
                writer.end_object();
            }
        }
        simple => {
            let method = method(simple);
            if super::ty::is_copy(simple) && !copied {
                quote!(writer.#method(*#value);)
            } else {
                quote!(writer.#method(#value);)
            }
        }
    }
}

fn write_element(element: &Ty, sparse: bool) -> TokenStream {
    let write = write(element, &quote!(item), false);
    if sparse {
        template! { [write] =>
            match item {
                ::std::option::Option::Some(item) => { #write }
                ::std::option::Option::None => writer.null(),
            }
        }
    } else {
        write
    }
}

/// A reference to a field as the receiver of a method: without its `&`.
fn receiver(value: &TokenStream) -> TokenStream {
    let mut tokens = value.clone().into_iter().peekable();
    if matches!(tokens.peek(), Some(proc_macro2::TokenTree::Punct(punct)) if punct.as_char() == '&')
    {
        tokens.next();
    }
    tokens.collect()
}

/// The method of the reader and of the writer for a simple type.
fn method(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Boolean => quote!(boolean),
        Ty::Byte => quote!(byte),
        Ty::Short => quote!(short),
        Ty::Integer => quote!(integer),
        Ty::Long => quote!(long),
        Ty::Float => quote!(float),
        Ty::Double => quote!(double),
        Ty::BigInteger => quote!(big_integer),
        Ty::BigDecimal => quote!(big_decimal),
        Ty::Blob => quote!(blob),
        Ty::Document => quote!(document),
        _ => quote!(string),
    }
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    let format = match format {
        TimestampFormat::EpochSeconds => quote!(EpochSeconds),
        TimestampFormat::DateTime => quote!(DateTime),
        TimestampFormat::HttpDate => quote!(HttpDate),
    };
    quote!(::farrier_runtime::json::TimestampFormat::#format)
}
