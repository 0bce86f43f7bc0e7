//! Builders of an operation's input and output, and the one that sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{self, Target};
use super::record::{self, Role};
use super::{Source, Visibility, block, doc, template};
use crate::api::Operation;

/// The module `builders` of an operation:
///
/// ```text
/// pub struct ListKeysInputBuilder { ... }       impl ListKeysInputBuilder { ..., build(), send_with(&Client) }
/// pub struct ListKeysOutputBuilder { ... }      impl ListKeysOutputBuilder { ..., build() }
/// pub struct ListKeysFluentBuilder { handle, inner }
/// impl ListKeysFluentBuilder { pub(crate) new(..), as_input(), send(), customize(), into_paginator(), setters }
/// impl CustomizableSend<ListKeysOutput, ListKeysError> for ListKeysFluentBuilder { ... }
/// ```
pub(super) fn builders(operation: &Operation) -> Source {
    let about = format!(
        "Builders of the call [`{0}`](super::{0}), its input and its output.",
        operation.name
    );
    Source::new(
        &["operation", operation.module.as_str(), "builders"],
        Visibility::Public,
        &about,
    )
    .defines([
        &operation.input.builder,
        &operation.output.builder,
        &operation.fluent,
    ])
    .items(builder::builder(&operation.input, Role::Input))
    .item(send_with(operation))
    .items(builder::builder(&operation.output, Role::Output))
    .item(definition(operation))
    .item(methods(operation))
    .item(customizable(operation))
}

/// `Result<XOutput, SdkError<XError>>`
fn result(operation: &Operation) -> TokenStream {
    let (output, error) = (&operation.output.name, &operation.error);
    let error = super::error::sdk_error(&quote!(super::#error));
    quote!(::std::result::Result<super::#output, #error>)
}

fn send_with(operation: &Operation) -> TokenStream {
    let (name, builder, fluent) = (&operation.name, &operation.input.builder, &operation.fluent);
    let result = result(operation);
    let text = doc::text(&format!(
        "Calls the service with this input.\n\n# Errors\n\nAs [`send`]({fluent}::send)."
    ));
    let allow = doc::allow_deprecated(operation.output.deprecated.is_some());
    template! { [allow, builder, text, result, name] =>
        #allow
        impl #builder {
            #text
            #[inline]
            pub async fn send_with(self, client: &crate::Client) -> #result {
                ::farrier_runtime::internal::send::<super::#name>(&client.handle, ::std::option::Option::None, self.build()).await
            }
        }
    }
}

fn definition(operation: &Operation) -> TokenStream {
    let (fluent, builder, method) = (
        &operation.fluent,
        &operation.input.builder,
        operation.module.plain(),
    );
    let made = format!(
        "Made by [`Client::{method}`](crate::Client::{method}); nothing happens before [`send`](Self::send)."
    );
    let text = doc::doc_and(&operation.doc.summary(), &made);
    template! { [text, fluent, builder] =>
        #text
        #[derive(Clone, Debug)]
        pub struct #fluent {
            handle: ::farrier_runtime::internal::Handle,
            inner: #builder,
        }
    }
}

fn methods(operation: &Operation) -> TokenStream {
    let (fluent, builder) = (&operation.fluent, &operation.input.builder);
    let (output, error) = (&operation.output.name, &operation.error);
    let send = send(operation);
    let into_paginator = operation.paginator.as_ref().map(|paginator| {
        let name = &paginator.name;
        template! { [name] =>
            /// Calls the service as often as there are pages, each with the token of the one before.
            #[inline]
            pub fn into_paginator(self) -> super::paginator::#name {
                super::paginator::#name::new(self.handle, self.inner)
            }
        }
    });
    let setters = operation
        .input
        .fields
        .iter()
        .map(|field| builder::setters(field, Target::Inner));
    let allow = doc::allow_deprecated(
        operation.input.deprecated.is_some()
            || operation.input.holds_deprecated()
            || operation.output.deprecated.is_some(),
    );
    let own = template! { [builder, send, output, error] =>
            #[inline]
            pub(crate) fn new(handle: ::farrier_runtime::internal::Handle) -> Self {
                Self {
                    handle,
                    inner: #builder::default(),
                }
            }
            /// The input as it is so far.
            #[inline]
            pub fn as_input(&self) -> &#builder {
                &self.inner
            }
            #send
            /// Changes settings, the request or who looks in, for this call alone.
            #[inline]
            pub fn customize(self) -> crate::client::customize::CustomizableOperation<super::#output, super::#error, Self> {
                crate::client::customize::CustomizableOperation::new(self)
            }
    };
    let methods = block([own].into_iter().chain(into_paginator).chain(setters));
    let nested = record::nested(&operation.input);
    quote! {
        #allow
        #nested
        impl #fluent #methods
    }
}

/// Fills what is filled on sending, then sends.
fn send(operation: &Operation) -> TokenStream {
    let (name, error) = (&operation.name, &operation.error);
    let result = result(operation);
    let text = doc::text(&format!(
        "Calls the service and waits for its answer.\n\n\
        Failures that may pass are repeated as the client's retry settings say.\n\n\
        # Errors\n\n\
        [`ServiceError`](crate::error::SdkError::ServiceError) holds the [`{error}`](super::{error})\n\
        that the service answered with. The others say that the call was not sent, took too long, or had an answer\n\
        that could not be received."
    ));
    template! { [text, result, name] =>
        #text
        #[inline]
        pub async fn send(self) -> #result {
            ::farrier_runtime::internal::send::<super::#name>(&self.handle, ::std::option::Option::None, self.inner.build()).await
        }
    }
}

fn customizable(operation: &Operation) -> TokenStream {
    let (fluent, output, error) = (&operation.fluent, &operation.output.name, &operation.error);
    let (name, input) = (&operation.name, &operation.input.name);
    let allow = doc::allow_deprecated(
        operation.input.deprecated.is_some() || operation.output.deprecated.is_some(),
    );
    template! { [allow, output, error, fluent, name, input] =>
        #allow
        impl crate::client::customize::CustomizableSend<super::#output, super::#error> for #fluent {
            type Operation = super::#name;
            #[inline]
            fn into_call(
                self,
            ) -> (
                ::farrier_runtime::internal::Handle,
                ::std::result::Result<super::#input, ::farrier_runtime::error::BuildError>,
            ) {
                (self.handle, self.inner.build())
            }
        }
    }
}
