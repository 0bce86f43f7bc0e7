//! Enums of strings that keep values they do not know.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, joined, template};
use crate::api::Enumeration;

/// What the variant for other values is deprecated with.
const DO_NOT_MATCH: &str =
    "use a wildcard arm and `as_str`: a later version may know the value by a name";

/// ```text
/// #[non_exhaustive] pub enum KeyState { Enabled, ..., Unknown(UnknownVariantValue) }
/// impl KeyState { as_str(), values(), try_parse(..), pub(crate) read_json(..) }
/// impl From<&str>, FromStr, AsRef<str>, Display; Debug where values are secret
/// ```
pub(super) fn enumeration(enumeration: &Enumeration) -> Vec<TokenStream> {
    let mut items = vec![
        definition(enumeration),
        methods(enumeration),
        from_str(enumeration),
    ];
    items.extend(conversions(enumeration));
    items.push(display(enumeration));
    if enumeration.sensitive {
        items.push(debug(enumeration));
    }
    items
}

fn definition(enumeration: &Enumeration) -> TokenStream {
    let (name, unknown) = (&enumeration.name, &enumeration.unknown);
    let text = doc::doc_and(
        &enumeration.doc,
        &format!(
            "Match it with a wildcard arm. A value that this version does not know is kept, and [`as_str`]({name}::as_str) tells it."
        ),
    );
    let deprecated = doc::deprecated(enumeration.deprecated.as_deref());
    let debug = (!enumeration.sensitive).then(|| quote!(, Debug));
    let variants = joined(enumeration.variants.iter().map(|variant| {
        let name = &variant.name;
        let text = doc::doc(&variant.doc);
        let deprecated = doc::deprecated(variant.deprecated.as_deref());
        quote!(#text #deprecated #name,)
    }));
    template! { [text, deprecated, debug, name, variants, DO_NOT_MATCH, unknown] =>
        #text
        #deprecated
        #[derive(Clone, Eq, Ord, PartialEq, PartialOrd, Hash #debug)]
        #[non_exhaustive]
        pub enum #name {
            #variants
            /// A value that this version does not know.
            #[deprecated(note = #DO_NOT_MATCH)]
            #unknown(::farrier_runtime::internal::UnknownVariantValue),
        }
    }
}

fn methods(enumeration: &Enumeration) -> TokenStream {
    let (name, unknown) = (&enumeration.name, &enumeration.unknown);
    let arms = joined(enumeration.variants.iter().map(|variant| {
        let (name, text) = (&variant.name, &variant.wire);
        quote!(Self::#name => #text,)
    }));
    let texts = joined(enumeration.variants.iter().map(|variant| {
        let text = &variant.wire;
        quote!(#text,)
    }));
    let told = if enumeration.sensitive {
        quote!(::farrier_runtime::internal::REDACTED)
    } else {
        quote!(value)
    };
    let read = enumeration.read.then(|| {
        template! {
            #[inline]
            pub(crate) fn read_json(
                reader: &mut ::farrier_runtime::json::Reader<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, ::farrier_runtime::json::Error> {
                ::std::result::Result::Ok(reader.text()?.map(|text| Self::from(text.as_ref())))
            }
        }
    });
    template! { [name, arms, unknown, texts, told, read] =>
        #[allow(deprecated)]
        impl #name {
            /// The text of the value, as the service knows it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #arms
                    Self::#unknown(value) => value.as_str(),
                }
            }
            /// The texts of all values that this version knows.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[#texts]
            }
            /// The value with this text.
            ///
            /// # Errors
            ///
            /// This version does not know it.
            #[inline]
            pub fn try_parse(value: &str) -> ::std::result::Result<Self, crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::#unknown(_) => ::std::result::Result::Err(crate::error::UnknownVariantError::new(#told)),
                    known => ::std::result::Result::Ok(known),
                }
            }
            #read
        }
    }
}

fn from_str(enumeration: &Enumeration) -> TokenStream {
    let (name, unknown) = (&enumeration.name, &enumeration.unknown);
    let arms = joined(enumeration.variants.iter().map(|variant| {
        let (name, text) = (&variant.name, &variant.wire);
        quote!(#text => Self::#name,)
    }));
    template! { [name, arms, unknown] =>
        #[allow(deprecated)]
        impl ::std::convert::From<&str> for #name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    #arms
                    other => Self::#unknown(::farrier_runtime::internal::UnknownVariantValue::new(other)),
                }
            }
        }
    }
}

fn conversions(enumeration: &Enumeration) -> [TokenStream; 2] {
    let name = &enumeration.name;
    let allow = allow(enumeration);
    [
        template! { [allow, name] =>
            #allow
            impl ::std::str::FromStr for #name {
                type Err = ::std::convert::Infallible;
                #[inline]
                fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                    ::std::result::Result::Ok(Self::from(text))
                }
            }
        },
        template! { [allow, name] =>
            #allow
            impl ::std::convert::AsRef<str> for #name {
                #[inline]
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }
        },
    ]
}

fn display(enumeration: &Enumeration) -> TokenStream {
    let name = &enumeration.name;
    let allow = allow(enumeration);
    let shown = if enumeration.sensitive {
        quote!(::farrier_runtime::internal::REDACTED)
    } else {
        quote!(self.as_str())
    };
    template! { [allow, name, shown] =>
        #allow
        impl ::std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#shown)
            }
        }
    }
}

/// `Debug` that hides which value it is.
fn debug(enumeration: &Enumeration) -> TokenStream {
    let name = &enumeration.name;
    let allow = allow(enumeration);
    template! { [allow, name] =>
        #allow
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(::farrier_runtime::internal::REDACTED)
            }
        }
    }
}

/// Implementing something for a deprecated enum names it.
fn allow(enumeration: &Enumeration) -> TokenStream {
    doc::allow_deprecated(enumeration.deprecated.is_some())
}
