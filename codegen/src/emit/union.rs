//! Unions: enums with a value in each variant.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{doc, joined, json, lint, template, ty};
use crate::api::{Ty, Union, Variant};

/// ```text
/// #[non_exhaustive] pub enum AttributeValue { S(String), ..., #[non_exhaustive] Unknown }
/// impl AttributeValue { as_s(), is_s(), ..., is_unknown() }
/// impl AttributeValue { pub(crate) write_json(..), read_json(..), unknown() }
/// impl Debug where something is secret
/// ```
pub(super) fn union(union: &Union) -> Vec<TokenStream> {
    let mut items = vec![definition(union), methods(union)];
    items.extend(json_methods(union));
    if redacts(union) {
        items.push(debug(union));
    }
    items
}

fn definition(union: &Union) -> TokenStream {
    let (name, unknown) = (&union.name, &union.unknown);
    let text = doc::doc(&union.doc);
    let deprecated = doc::deprecated(union.deprecated.as_deref());
    let allow = doc::allow_deprecated(union.holds_deprecated());
    let derive = if redacts(union) {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, PartialEq, Debug)])
    };
    let variants = joined(union.variants.iter().map(|variant| {
        let name = &variant.name;
        let text = doc::doc(&variant.doc);
        let deprecated = doc::deprecated(variant.deprecated.as_deref());
        let value = variant.ty.as_ref().map(|ty| {
            let ty = ty::owned(ty);
            quote!((#ty))
        });
        quote!(#text #deprecated #name #value,)
    }));
    let (sizes, nested) = (allow_sizes(union), nested(union));
    template! { [text, deprecated, allow, nested, sizes, derive, name, variants, unknown] =>
        #text
        #deprecated
        #allow
        #nested
        #sizes
        #derive
        #[non_exhaustive]
        pub enum #name {
            #variants
            /// A member that this version does not know. It can be received, not sent.
            #[non_exhaustive]
            #unknown,
        }
    }
}

/// Lets types be nested as the model has them.
fn nested(union: &Union) -> TokenStream {
    lint::nested(union.variants.iter().filter_map(|one| one.ty.as_ref()))
}

/// Where a structure stands in place, its variant may be far larger than the others.
fn allow_sizes(union: &Union) -> TokenStream {
    let mut types = union.variants.iter().filter_map(|one| one.ty.as_ref());
    let in_place = types.any(Ty::is_struct);
    if in_place {
        template! {
            #[allow(clippy::large_enum_variant, reason = "a member that is a structure is not boxed")]
        }
    } else {
        TokenStream::new()
    }
}

fn methods(union: &Union) -> TokenStream {
    let (name, unknown) = (&union.name, &union.unknown);
    let allow = allow(union);
    let methods = joined(union.variants.iter().map(variant_methods));
    let nested = nested(union);
    template! { [allow, nested, name, methods, unknown] =>
        #allow
        #nested
        impl #name {
            #methods
            /// Whether this is a member that this version does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::#unknown)
            }
        }
    }
}

/// `as_x` and `is_x`.
fn variant_methods(variant: &Variant) -> TokenStream {
    let (name, plain) = (&variant.name, variant.snake.plain());
    let (as_x, is_x) = (format_ident!("as_{plain}"), format_ident!("is_{plain}"));
    let deprecated = doc::deprecated(variant.deprecated.as_deref());
    let is_text = doc::text(&format!("Whether this is [`{name}`](Self::{name})."));
    let (as_text, result, arm, pattern) = match &variant.ty {
        None => (
            format!(
                "Nothing if this is [`{name}`](Self::{name}), else the union itself as the error."
            ),
            quote!(()),
            quote!(Self::#name => ::std::result::Result::Ok(())),
            quote!(Self::#name),
        ),
        Some(held) => {
            // Not a reference to a box.
            let held = match held {
                Ty::Boxed(named) => ty::named(named),
                other => ty::owned(other),
            };
            (
                format!(
                    "The value if this is [`{name}`](Self::{name}), else the union itself as the error."
                ),
                quote!(&#held),
                quote!(Self::#name(value) => ::std::result::Result::Ok(value)),
                quote!(Self::#name(_)),
            )
        }
    };
    let as_text = doc::text(&as_text);
    template! { [as_text, deprecated, as_x, result, arm, is_text, is_x, pattern] =>
        #as_text
        #deprecated
        #[inline]
        pub fn #as_x(&self) -> ::std::result::Result<#result, &Self> {
            match self {
                #arm,
                _ => ::std::result::Result::Err(self),
            }
        }
        #is_text
        #deprecated
        #[inline]
        pub fn #is_x(&self) -> bool {
            matches!(self, #pattern)
        }
    }
}

/// `write_json`, `read_json` and `unknown`, as far as they are called.
fn json_methods(union: &Union) -> Option<TokenStream> {
    let name = &union.name;
    let allow = allow(union);
    let write = union.written.then(|| write_json(union));
    let read = union.read.then(|| read_json(union));
    (union.written || union.read).then(|| {
        quote! {
            #allow
            impl #name {
                #write
                #read
            }
        }
    })
}

/// One object with one member; the unknown variant makes the writer fail, so that nothing is sent.
fn write_json(union: &Union) -> TokenStream {
    let unknown = &union.unknown;
    let why = format!("the variant `{unknown}` of `{}` cannot be sent", union.name);
    let arms = joined(union.variants.iter().map(|variant| {
        let (name, wire) = (&variant.name, &variant.wire);
        match &variant.ty {
            None => template! { [name, wire] =>
                Self::#name => {
                    writer.begin_object();
                    writer.key(#wire);
                    writer.begin_object();
                    writer.end_object();
                    writer.end_object();
                }
            },
            Some(ty) => {
                let write = json::write(ty, &quote!(value), false);
                template! { [name, wire, write] =>
                    Self::#name(value) => {
                        writer.begin_object();
                        writer.key(#wire);
                        #write
                        writer.end_object();
                    }
                }
            }
        }
    }));
    template! { [arms, unknown, why] =>
        #[inline]
        pub(crate) fn write_json(&self, writer: &mut ::farrier_runtime::json::Writer) {
            match self {
                #arms
                Self::#unknown => writer.fail(#why),
            }
        }
    }
}

/// Of the members one is not null, `__type` aside. A document shows whether a member without a type is null.
fn read_json(union: &Union) -> TokenStream {
    let unknown = &union.unknown;
    let arms = joined(union.variants.iter().map(|variant| {
        let (name, wire) = (&variant.name, &variant.wire);
        match &variant.ty {
            None => template! { [wire, name] => #wire => reader.document()?.map(|_| Self::#name), },
            Some(ty) => {
                let read = json::read(ty);
                quote!(#wire => #read?.map(Self::#name),)
            }
        }
    }));
    // A modelled member of that name is read as one.
    let skip_type = (!union
        .variants
        .iter()
        .any(|variant| variant.wire == "__type"))
    .then(|| {
        template! {
            "__type" => {
                reader.skip_value()?;
                ::std::option::Option::None
            }
        }
    });
    template! { [arms, skip_type, unknown] =>
        #[inline]
        pub(crate) fn read_json(
            reader: &mut ::farrier_runtime::json::Reader<'_>,
        ) -> ::std::result::Result<::std::option::Option<Self>, ::farrier_runtime::json::Error> {
            if !reader.begin_object()? {
                return ::std::result::Result::Ok(::std::option::Option::None);
            }
            let mut only = ::std::option::Option::None;
            while let ::std::option::Option::Some(key) = reader.next_key()? {
                let member = match key.as_ref() {
                    #arms
                    #skip_type
                    _ => reader.document()?.map(|_| Self::unknown()),
                };
                if member.is_some() {
                    if only.is_some() {
                        return ::std::result::Result::Err(reader.error("a union with more than one member"));
                    }
                    only = member;
                }
            }
            match only {
                ::std::option::Option::Some(_) => ::std::result::Result::Ok(only),
                ::std::option::Option::None => ::std::result::Result::Err(reader.error("a union without a member")),
            }
        }
        /// What stands for a member that this version does not know, and for one that an answer leaves out.
        #[inline]
        pub(crate) fn unknown() -> Self {
            Self::#unknown
        }
    }
}

/// Whether `Debug` has something to hide.
fn redacts(union: &Union) -> bool {
    union.sensitive || union.variants.iter().any(|variant| variant.sensitive)
}

/// `Debug` that shows a fixed text in place of sensitive values; of a sensitive union not even the variant.
fn debug(union: &Union) -> TokenStream {
    let (name, unknown) = (&union.name, &union.unknown);
    let allow = allow(union);
    let body = if union.sensitive {
        quote!(f.write_str(::farrier_runtime::internal::REDACTED))
    } else {
        let arms = joined(union.variants.iter().map(|variant| {
            let (name, title) = (&variant.name, variant.name.plain());
            match (&variant.ty, variant.sensitive) {
                (None, _) => quote!(Self::#name => f.write_str(#title),),
                (Some(_), true) => template! { [name, title] =>
                    Self::#name(_) => f.debug_tuple(#title).field(&::farrier_runtime::internal::REDACTED).finish(),
                },
                (Some(_), false) => template! { [name, title] =>
                    Self::#name(value) => f.debug_tuple(#title).field(value).finish(),
                },
            }
        }));
        let title = unknown.plain();
        template! { [arms, unknown, title] =>
            match self {
                #arms
                Self::#unknown => f.write_str(#title),
            }
        }
    };
    template! { [allow, name, body] =>
        #allow
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
    }
}

/// The union and its variants are named even where they are deprecated.
fn allow(union: &Union) -> TokenStream {
    doc::allow_deprecated(union.deprecated.is_some() || union.holds_deprecated())
}
