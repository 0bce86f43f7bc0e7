//! Operations: the input, the output, the error, and how they are written and read.

mod demands;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::record::{self, Role};
use super::{Source, Visibility, builder, context, doc, error, joined, json, lint, template};
use crate::api::{Api, Fault, Operation, Record, RetryKind};

/// The module of one operation:
///
/// ```text
/// #[non_exhaustive] pub struct ListKeys;
/// impl ListKeys { new() }       impl Operation for ListKeys { ... }
/// pub struct ListKeysInput { ... }         impl ListKeysInput { getters, builder() }
/// pub struct ListKeysOutput { ... }        impl ListKeysOutput { getters, builder() }      impl RequestId
/// pub enum ListKeysError { ... }           impl ListKeysError { unhandled(..), generic(..), meta(), is_x() }
/// impl Error, Display, ProvideErrorMetadata, ProvideErrorKind, CreateUnhandledError, RequestId
/// impl From<ListKeysError>, From<SdkError<ListKeysError, R>> for crate::Error
/// ```
pub(super) fn operation(api: &Api, operation: &Operation) -> Source {
    let faults = error::of(api, &operation.faults);
    let about = format!("The operation `{}`.", operation.wire);
    Source::new(
        &["operation", operation.module.as_str()],
        Visibility::Public,
        &about,
    )
    .defines([
        &operation.name,
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    ])
    .items(marker(operation))
    .item(implementation(api, operation, &faults))
    .items(record::structure(
        &operation.input,
        Role::Input,
        quote!(builders),
    ))
    .items(record::structure(
        &operation.output,
        Role::Output,
        quote!(builders),
    ))
    .item(request_id(&operation.output))
    .items(error_enum(operation, &faults))
}

/// The type that stands for the operation.
fn marker(operation: &Operation) -> [TokenStream; 2] {
    let (name, method) = (&operation.name, operation.module.plain());
    let called = format!(
        "Called by [`Client::{method}`](crate::Client::{method}); this type only stands for the operation."
    );
    let text = doc::doc_and(&operation.doc.summary(), &called);
    let allow = (name.as_str() == "New").then(
        || quote!(#[allow(clippy::self_named_constructors, reason = "the operation is called so")]),
    );
    [
        template! { [text, name] =>
            #text
            #[derive(Clone, Debug, Default)]
            #[non_exhaustive]
            pub struct #name;
        },
        template! { [name, allow] =>
            impl #name {
                /// Makes the value that stands for the operation.
                #allow
                #[inline]
                pub fn new() -> Self {
                    Self
                }
            }
        },
    ]
}

/// ```text
/// impl Operation for ListKeys {
///     type Input = ListKeysInput;       type Output = ListKeysOutput;       type Error = ListKeysError;
///     const METADATA: &'static OperationMetadata = &OperationMetadata { ... };
///     fn write_input(..)       fn read_output(..)       fn read_error(..)
/// }
/// ```
fn implementation(api: &Api, operation: &Operation, faults: &[&Fault]) -> TokenStream {
    let (name, wire) = (&operation.name, &operation.wire);
    let (input, output, error) = (
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let target = format!("{}.{}", api.service.target_prefix, wire);
    let allow = doc::allow_deprecated(
        operation.input.deprecated.is_some()
            || operation.output.deprecated.is_some()
            || operation.input.holds_deprecated()
            || operation.output.holds_deprecated()
            || error::deprecated(faults),
    );
    let (demands, complete, address) = (
        demands::demands(operation.demands),
        demands::complete(operation),
        demands::address(operation),
    );
    let endpoint_params = context::endpoint_params(operation);
    let write = json::write_fields(&operation.input, &quote!(input));
    let from = if operation.input.fields.is_empty() {
        quote!(_input)
    } else {
        quote!(input)
    };
    let read_output = read_output(operation);
    let read_error = read_error(operation, faults);
    template! {
        [
            allow, name, input, output, error, wire, target, demands, complete, address, from, write,
            endpoint_params, read_output, read_error,
        ] =>
        #allow
        impl ::farrier_runtime::internal::Operation for #name {
            type Input = #input;
            type Output = #output;
            type Error = #error;
            const METADATA: &'static ::farrier_runtime::internal::OperationMetadata = &::farrier_runtime::internal::OperationMetadata {
                name: #wire,
                target: #target,
                service: crate::config::SERVICE,
            };
            #demands
            #complete
            #address
            #[inline]
            fn write_input(#from: &#input, writer: &mut ::farrier_runtime::json::Writer) {
                #write
            }
            #endpoint_params
            #read_output
            #read_error
        }
    }
}

/// What an output without fields is read from does not matter.
fn read_output(operation: &Operation) -> TokenStream {
    let record = &operation.output;
    let (output, builder, made) = (&record.name, &record.builder, json::made(record));
    let within = builder::within(record, Role::Output);
    let (body, read) = if Role::Output.reads(record) {
        let read = template! { [builder] =>
            ::farrier_runtime::json::read(body, &mut builder, builders::#builder::read_member)?;
        };
        (quote!(body), Some(read))
    } else {
        (quote!(_body), None)
    };
    template! { [body, output, read, within, made] =>
        #[inline]
        fn read_output(
            #body: &[u8],
            request_id: ::std::option::Option<::std::string::String>,
        ) -> ::std::result::Result<#output, ::farrier_runtime::json::Error> {
            let mut builder = #output::builder();
            #read
            builder #within._request_id = request_id;
            ::std::result::Result::Ok(builder.#made())
        }
    }
}

fn read_error(operation: &Operation, faults: &[&Fault]) -> TokenStream {
    let error = &operation.error;
    let generic = quote!(#error::generic(response.metadata()));
    let arms = faults.iter().map(|fault| {
        let (code, name) = (&fault.code, &fault.record.name);
        template! { [code, error, name] =>
            ::std::option::Option::Some(#code) => #error::#name(crate::types::error::#name::from_response(&response)),
        }
    });
    let body = if faults.is_empty() {
        generic
    } else {
        quote! {
            match response.code() {
                #(#arms)*
                _ => #generic,
            }
        }
    };
    template! { [error, body] =>
        #[inline]
        fn read_error(response: ::farrier_runtime::internal::ErrorResponse<'_>) -> #error {
            #body
        }
    }
}

fn request_id(output: &Record) -> TokenStream {
    let name = &output.name;
    let allow = doc::allow_deprecated(output.deprecated.is_some());
    template! { [allow, name] =>
        #allow
        impl ::farrier_runtime::error::RequestId for #name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self._request_id.as_deref()
            }
        }
    }
}

fn error_enum(operation: &Operation, faults: &[&Fault]) -> Vec<TokenStream> {
    let error = &operation.error;
    let name = quote!(#error);
    let link = lint::link_to_struct(operation.name.as_str());
    let about = format!("What {link} can fail with.");
    let mut items = error::enumeration(&name, &about, faults, error_methods(faults));
    items.push(error::source(
        &name,
        quote!(self.fault().source_of_variant()),
    ));
    items.push(error_kinds(&name, faults));
    items.push(template! { [error] =>
        #[allow(deprecated)]
        impl ::farrier_runtime::error::CreateUnhandledError for #error {
            #[inline]
            fn create_unhandled_error(
                source: crate::error::BoxError,
                meta: ::std::option::Option<crate::error::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled(::farrier_runtime::internal::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }
    });
    items.extend(into_any(operation, faults));
    items
}

/// `unhandled`, `generic`, `meta` and an `is_x` for each fault.
fn error_methods(faults: &[&Fault]) -> TokenStream {
    let is = joined(faults.iter().map(|fault| {
        let name = &fault.record.name;
        let method = format_ident!("is_{}", fault.snake.plain());
        let text = doc::text(&format!("Whether this is [`{name}`](Self::{name})."));
        template! { [text, method, name] =>
            #text
            #[inline]
            pub fn #method(&self) -> bool {
                matches!(self, Self::#name(_))
            }
        }
    }));
    template! { [is] =>
        /// An error that the model does not describe, from any other.
        #[inline]
        pub fn unhandled(
            error: impl ::std::convert::Into<
                ::std::boxed::Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static>,
            >,
        ) -> Self {
            Self::Unhandled(::farrier_runtime::internal::Unhandled::new(error, crate::error::ErrorMetadata::default()))
        }
        /// An error that the model does not describe, from what the service says about it.
        #[inline]
        pub fn generic(meta: crate::error::ErrorMetadata) -> Self {
            Self::Unhandled(meta.into())
        }
        /// What the service says about the error: code, message and request id.
        #[inline]
        pub fn meta(&self) -> &crate::error::ErrorMetadata {
            self.fault().meta()
        }
        #is
    }
}

/// `From<XError>` and `From<SdkError<XError, R>>` for the error of all operations.
fn into_any(operation: &Operation, faults: &[&Fault]) -> [TokenStream; 2] {
    let error = &operation.error;
    let names = faults.iter().map(|fault| &fault.record.name);
    let arms = joined(names.map(|name| quote!(#error::#name(fault) => Self::#name(fault),)));
    [
        template! { [error, arms] =>
            #[allow(deprecated)]
            impl ::std::convert::From<#error> for crate::Error {
                #[inline]
                fn from(error: #error) -> Self {
                    match error {
                        #arms
                        #error::Unhandled(unhandled) => Self::Unhandled(unhandled),
                    }
                }
            }
        },
        template! { [error] =>
            impl<R> ::std::convert::From<crate::error::SdkError<#error, R>> for crate::Error
            where
                R: ::std::fmt::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
            {
                #[inline]
                fn from(error: crate::error::SdkError<#error, R>) -> Self {
                    Self::from(error.into_service_error())
                }
            }
        },
    ]
}

fn error_kinds(name: &TokenStream, faults: &[&Fault]) -> TokenStream {
    let arms = joined(faults.iter().filter_map(|fault| {
        let (name, kind) = (&fault.record.name, error_kind(fault.retryable?));
        Some(template! { [name, kind] => Self::#name(_) => ::std::option::Option::Some(#kind), })
    }));
    let kind = if arms.is_empty() {
        quote!(::std::option::Option::None)
    } else {
        template! { [arms] =>
            match self {
                #arms
                _ => ::std::option::Option::None,
            }
        }
    };
    template! { [name, kind] =>
        impl ::farrier_runtime::error::ProvideErrorKind for #name {
            #[inline]
            fn retryable_error_kind(&self) -> ::std::option::Option<::farrier_runtime::error::ErrorKind> {
                #kind
            }
            #[inline]
            fn code(&self) -> ::std::option::Option<&str> {
                self.meta().code()
            }
        }
    }
}

fn error_kind(kind: RetryKind) -> TokenStream {
    let kind = match kind {
        RetryKind::Client => quote!(ClientError),
        RetryKind::Server => quote!(ServerError),
        RetryKind::Throttling => quote!(ThrottlingError),
    };
    quote!(::farrier_runtime::error::ErrorKind::#kind)
}
