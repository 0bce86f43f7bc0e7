//! The errors that the model describes.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::{self, Role};
use super::{Source, Visibility, builder, doc, json, template};
use crate::api::{Api, Fault, Record};

/// The module `types::error`; of each fault:
///
/// ```text
/// #[non_exhaustive] pub struct TagException { pub message: Option<String>, ..., pub(crate) meta: ErrorMetadata }
/// impl TagException { getters; pub fn builder() -> TagExceptionBuilder }
/// impl TagException { pub(crate) fn from_response(..) -> Self }
/// impl Display, Error, ProvideErrorMetadata, RequestId, Fault
/// ```
pub(super) fn faults(api: &Api) -> Source {
    Source::new(
        &["types", "error"],
        Visibility::Public,
        "The errors that the service answers with.",
    )
    .defines(api.faults.iter().map(|fault| &fault.record.name))
    .items(api.faults.iter().flat_map(fault))
}

fn fault(fault: &Fault) -> Vec<TokenStream> {
    let mut items = record::structure(&fault.record, Role::Fault, quote!(builders));
    items.push(from_response(&fault.record));
    items.push(display(fault));
    items.extend(traits(&fault.record));
    items
}

/// The module `types::error::builders`; of each fault:
///
/// ```text
/// #[non_exhaustive] pub struct TagExceptionBuilder { message, ..., meta }
/// impl TagExceptionBuilder { message(..), set_message(..), get_message(..), ..., build() }
/// impl TagExceptionBuilder { meta(..), set_meta(..) }
/// ```
pub(super) fn builders(api: &Api) -> Source {
    Source::new(
        &["types", "error", "builders"],
        Visibility::Public,
        "Builders of the errors, for tests that need one.",
    )
    .defines(api.faults.iter().map(|fault| &fault.record.builder))
    .items(api.faults.iter().flat_map(|fault| {
        let mut items = builder::builder(&fault.record, Role::Fault);
        items.push(meta_setters(&fault.record));
        items
    }))
}

fn meta_setters(record: &Record) -> TokenStream {
    let builder = &record.builder;
    template! { [builder] =>
        impl #builder {
            /// Sets what [`ProvideErrorMetadata`](crate::error::ProvideErrorMetadata) tells: code, message and request id.
            #[inline]
            pub fn meta(mut self, meta: crate::error::ErrorMetadata) -> Self {
                self.meta = ::std::option::Option::Some(meta);
                self
            }
            /// Sets [`meta`](Self::meta), or unsets it with `None`.
            #[inline]
            pub fn set_meta(&mut self, meta: ::std::option::Option<crate::error::ErrorMetadata>) -> &mut Self {
                self.meta = meta;
                self
            }
        }
    }
}

/// Whether there is nothing to read in an error but its message, if that.
pub(super) fn is_message(record: &Record) -> bool {
    match record.fields.as_slice() {
        [] => true,
        [only] => record.message().is_some() && only.optional(),
        _ => false,
    }
}

/// Reads the error. It cannot fail: what is not understood is left out.
fn from_response(record: &Record) -> TokenStream {
    let (name, builder, made) = (&record.name, &record.builder, json::made(record));
    let allow = record::allow(record);
    // The response has read the message already.
    let message = record
        .message()
        .map(|_| template! { message: response.message().map(::std::string::String::from), });
    let (text, body) = if is_message(record) {
        (None, quote!(Self { #message meta: response.metadata() }))
    } else {
        let message = message.map(|_| {
            template! {
                if builder.message.is_none() {
                    builder.message = response.message().map(::std::string::String::from);
                }
            }
        });
        let text = "The code has told which error it is; members that cannot be read are left out.";
        let body = template! { [builder, message, made] =>
            let mut builder = Self::builder();
            builder.meta = ::std::option::Option::Some(response.metadata());
            response.read_members(&mut builder, builders::#builder::read_member);
            #message
            builder.#made()
        };
        (Some(doc::text(text)), body)
    };
    template! { [allow, name, text, body] =>
        #allow
        impl #name {
            #text
            #[inline]
            pub(crate) fn from_response(response: &::farrier_runtime::internal::ErrorResponse<'_>) -> Self {
                #body
            }
        }
    }
}

/// The name, the code where it differs, and the message.
fn display(fault: &Fault) -> TokenStream {
    let record = &fault.record;
    let name = &record.name;
    let allow = record::allow(record);
    let title = if fault.code == name.plain() {
        fault.code.clone()
    } else {
        format!("{} [{}]", name.plain(), fault.code)
    };
    let body = match record.message() {
        _ if record.sensitive => quote!(f.write_str(#title)),
        Some(field) if field.sensitive => quote!(f.write_str(#title)),
        found => {
            let message = match found {
                Some(field) if field.optional() => quote!(self.message.as_deref()),
                Some(_) => quote!(::std::option::Option::Some(&self.message)),
                None => quote!(self.meta.message()),
            };
            quote!(::farrier_runtime::internal::display_fault(f, #title, #message))
        }
    };
    template! { [allow, name, body] =>
        #allow
        impl ::std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
    }
}

fn traits(record: &Record) -> [TokenStream; 4] {
    let name = &record.name;
    let variant = name.plain();
    let allow = record::allow(record);
    [
        quote! {
            #allow
            impl ::std::error::Error for #name {}
        },
        template! { [allow, name] =>
            #allow
            impl ::farrier_runtime::error::ProvideErrorMetadata for #name {
                #[inline]
                fn meta(&self) -> &crate::error::ErrorMetadata {
                    &self.meta
                }
            }
        },
        template! { [allow, name] =>
            #allow
            impl ::farrier_runtime::error::RequestId for #name {
                #[inline]
                fn request_id(&self) -> ::std::option::Option<&str> {
                    ::farrier_runtime::error::RequestId::request_id(&self.meta)
                }
            }
        },
        template! { [allow, name, variant] =>
            #allow
            impl ::farrier_runtime::internal::Fault for #name {
                #[inline]
                fn variant(&self) -> &'static str {
                    #variant
                }
            }
        },
    ]
}
