//! What calls need beyond what all have: a constant and methods that override the runtime's defaults.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::{joined, template};
use super::record;
use crate::api::{Address, Auth, Demands, HostLabel, HostPart, Operation};

/// `const DEMANDS`, where calls need more than all calls do.
pub(super) fn demands(demands: Demands) -> Option<TokenStream> {
    let auth = match demands.auth {
        Auth::Signed => None,
        Auth::Optional => Some(quote!(Optional)),
        Auth::Unsigned => Some(quote!(Unsigned)),
    };
    let auth = auth.map(|auth| quote!(auth: ::farrier_runtime::internal::Auth::#auth,));
    let unsigned = demands
        .unsigned_payload
        .then(|| quote!(unsigned_payload: true,));
    let some = quote!(::std::option::Option::Some);
    let checksum = demands
        .checksum
        .then(|| quote!(checksum: #some(::farrier_runtime::internal::MD5),));
    let compression = demands
        .compression
        .then(|| quote!(compression: #some(::farrier_runtime::internal::GZIP),));
    (demands != Demands::NONE).then(|| {
        template! { [auth, unsigned, checksum, compression] =>
            const DEMANDS: &'static ::farrier_runtime::internal::Demands = &::farrier_runtime::internal::Demands {
                #auth
                #unsigned
                #checksum
                #compression
                ..::farrier_runtime::internal::Demands::NONE
            };
        }
    })
}

/// `fn complete`, where the input has idempotency tokens.
pub(super) fn complete(operation: &Operation) -> Option<TokenStream> {
    let input = &operation.input;
    let (name, allow) = (&input.name, record::allow(input));
    let tokens = input.fields.iter().filter(|field| field.idempotency_token);
    let tokens = joined(tokens.map(|field| {
        let field = &field.name;
        quote!(input.#field.get_or_insert_with(token);)
    }));
    operation.has_token().then(|| {
        template! { [allow, name, tokens] =>
            #allow
            #[inline]
            fn complete(input: &mut #name, token: &dyn ::std::ops::Fn() -> ::std::string::String) {
                #tokens
            }
        }
    })
}

/// `fn address`, where the input changes the address.
pub(super) fn address(operation: &Operation) -> Option<TokenStream> {
    let (name, allow) = (&operation.input.name, record::allow(&operation.input));
    let kind = quote!(::farrier_runtime::internal::Address);
    let mut input = quote!(input);
    let body = match operation.address.as_ref()? {
        Address::Endpoint(field) => template! { [field, kind] =>
            ::std::result::Result::Ok(input.#field.clone().map(#kind::Endpoint))
        },
        Address::HostPrefix(parts) => {
            if parts.iter().all(|part| matches!(part, HostPart::Text(_))) {
                input = quote!(_input);
            }
            let prefix = host_prefix(parts);
            template! { [kind, prefix] =>
                ::std::result::Result::Ok(::std::option::Option::Some(#kind::HostPrefix(#prefix.into())))
            }
        }
        Address::Discovered {
            required,
            identifiers,
        } => {
            if identifiers.is_empty() {
                input = quote!(_input);
            }
            let method = format_ident!("{}", if *required { "required" } else { "optional" });
            let identifiers = joined(identifiers.iter().map(|label| {
                let (wire, value) = (&label.wire, label_value(label));
                quote!((#wire, #value),)
            }));
            template! { [method, identifiers] =>
                ::std::result::Result::Ok(::std::option::Option::Some(crate::config::DISCOVERY.#method(&[#identifiers])))
            }
        }
    };
    Some(template! { [allow, input, name, kind, body] =>
        #allow
        #[inline]
        fn address(#input: &#name) -> ::std::result::Result<::std::option::Option<#kind>, crate::error::BoxError> {
            #body
        }
    })
}

/// The text of a field, if it is set.
fn label_value(label: &HostLabel) -> TokenStream {
    let field = &label.field;
    if label.is_enum {
        template! { [field] => input.#field.as_ref().map(|label| label.as_str()) }
    } else {
        quote!(input.#field.as_deref())
    }
}

/// A literal, or `format!` with the labels.
fn host_prefix(parts: &[HostPart]) -> TokenStream {
    let mut format = String::new();
    let mut labels = Vec::new();
    for part in parts {
        match part {
            HostPart::Text(text) => format.push_str(text),
            HostPart::Label(label) => {
                format.push_str("{}");
                let (wire, value) = (&label.wire, label_value(label));
                labels.push(quote!(::farrier_runtime::internal::host_label(#wire, #value)?));
            }
        }
    }
    if labels.is_empty() {
        quote!(#format)
    } else {
        quote!(format!(#format, #(#labels),*))
    }
}
