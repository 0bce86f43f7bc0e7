//! Paginators: an operation page after page, or item after item.

use quote::quote;

use super::record::Role;
use super::{Source, Visibility, builder, doc, lint, path, template, ty};
use crate::api::{Operation, Paginator};

/// ```text
/// pub struct ListKeysPaginator { handle, builder, stop_on_duplicate_token }
/// impl ListKeysPaginator { page_size(..), stop_on_duplicate_token(..), items(), send() }
/// pub struct ListKeysPaginatorItems(ListKeysPaginator);
/// impl ListKeysPaginatorItems { send() }
/// ```
pub(super) fn paginator(operation: &Operation) -> Source {
    let about = format!(
        "The pages of [`{0}`](super::{0}), one after the other.",
        operation.name
    );
    let module = ["operation", operation.module.as_str(), "paginator"];
    let source = Source::new(&module, Visibility::Public, &about);
    let Some(paginator) = &operation.paginator else {
        return source;
    };
    let source = source.defines([&paginator.name, &paginator.items_name]);
    let source = pages(source, operation, paginator);
    if paginator.items.is_some() {
        items(source, operation, paginator)
    } else {
        source
    }
}

fn pages(source: Source, operation: &Operation, paginator: &Paginator) -> Source {
    let (name, builder, op) = (&paginator.name, &operation.input.builder, &operation.name);
    let (output, error) = (&operation.output.name, &operation.error);
    let about = doc::text(&format!(
        "Calls [`{op}`](super::{op}) as often as there are pages.\n\nMade by `into_paginator` of the operation's builder."
    ));
    let token = &paginator.input_token.name;
    let next = path::borrowed(quote!(output), &paginator.output_token);
    let advance = if matches!(paginator.input_token.ty, crate::api::Ty::String) {
        template! { [op, next, token] =>
            ::farrier_runtime::pagination::pages::<super::#op>(
                self.handle,
                ::std::option::Option::None,
                input,
                |output| #next,
                |input, token| input.#token = token,
                |input| input.#token.as_deref(),
                self.stop_on_duplicate_token,
            )
        }
    } else {
        // Services end a list with an empty token as well as with none.
        let next = match &paginator.input_token.ty {
            crate::api::Ty::List { .. } => {
                template! { [next] => #next.filter(|token| !token.is_empty()).map(<[_]>::to_vec) }
            }
            crate::api::Ty::Map { .. } => {
                quote!(#next.filter(|token| !token.is_empty()).cloned())
            }
            copied if ty::is_copy(copied) => next,
            _ => quote!(#next.cloned()),
        };
        template! { [op, next, token] =>
            {
                let stop_on_duplicate_token = self.stop_on_duplicate_token;
                ::farrier_runtime::pagination::pages_with::<super::#op>(
                    self.handle,
                    ::std::option::Option::None,
                    input,
                    move |output, input| {
                        let token = #next;
                        if token.is_none() || (stop_on_duplicate_token && token == input.#token) {
                            return false;
                        }
                        input.#token = token;
                        true
                    },
                )
            }
        }
    };
    let allow = doc::allow_deprecated(
        operation.input.deprecates(&paginator.input_token)
            || operation.output.deprecated.is_some()
            || paginator.output_token.is_deprecated(),
    );
    let sdk_error = super::error::sdk_error(&quote!(super::#error));
    let page_size = paginator.page_size.as_ref().map(|field| {
        let (name, ty) = (&field.name, ty::owned(&field.ty));
        let within = builder::within(&operation.input, Role::Input);
        let allow = doc::allow_deprecated(operation.input.deprecates(field));
        template! { [allow, ty, within, name] =>
            /// Sets how many items a page holds at most.
            ///
            /// Pages may hold fewer items, and none at all.
            #allow
            #[inline]
            pub fn page_size(mut self, limit: #ty) -> Self {
                self.builder #within.#name = ::std::option::Option::Some(limit);
                self
            }
        }
    });
    let flatten = paginator.items.as_ref().map(|_| {
        let items = &paginator.items_name;
        template! { [items] =>
            /// Goes through the items of all pages instead of the pages.
            #[inline]
            pub fn items(self) -> #items {
                #items(self)
            }
        }
    });
    source
        .item(template! { [about, name, builder] =>
            #about
            #[derive(Debug)]
            pub struct #name {
                handle: ::farrier_runtime::internal::Handle,
                builder: super::builders::#builder,
                stop_on_duplicate_token: bool,
            }
        })
        .item(template! { [name, builder, page_size, flatten, allow, output, sdk_error, advance] =>
            impl #name {
                #[inline]
                pub(crate) fn new(handle: ::farrier_runtime::internal::Handle, builder: super::builders::#builder) -> Self {
                    Self { handle, builder, stop_on_duplicate_token: true }
                }
                #page_size
                #flatten
                /// Sets whether the pages end when a token comes twice in a row. Default: yes.
                ///
                /// Without it a service that repeats a token is asked for ever.
                #[inline]
                pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                    self.stop_on_duplicate_token = stop_on_duplicate_token;
                    self
                }
                /// Makes the stream of pages.
                ///
                /// Nothing is sent before the stream is asked for its first page, and it ends after the first error.
                #allow
                #[inline]
                pub fn send(self) -> ::farrier_runtime::pagination::PaginationStream<::std::result::Result<super::#output, #sdk_error>> {
                    match self.builder.build() {
                        ::std::result::Result::Ok(input) => #advance,
                        ::std::result::Result::Err(error) => ::farrier_runtime::pagination::failed(error),
                    }
                }
            }
        })
}

fn items(source: Source, operation: &Operation, paginator: &Paginator) -> Source {
    let Some(at) = &paginator.items else {
        return source;
    };
    let (name, items, error) = (&paginator.name, &paginator.items_name, &operation.error);
    let about = doc::text(&format!(
        "The items of all pages of [`{0}`](super::{0}).",
        operation.name
    ));
    let item = path::item(at);
    let sdk_error = super::error::sdk_error(&quote!(super::#error));
    let taken = path::taken_list(quote!(page), at);
    let nested = lint::nested_in_pages(&at.ty);
    let allow = doc::allow_deprecated(at.is_deprecated() || at.ty.is_deprecated());
    source
        .item(quote! {
            #about
            #[derive(Debug)]
            pub struct #items(#name);
        })
        .item(template! { [items, allow, nested, item, sdk_error, taken] =>
            impl #items {
                /// Makes the stream of items; it asks for a page when the items of the one before are used up.
                ///
                /// To collect them: `.collect::<Result<Vec<_>, _>>().await`.
                #allow
                #nested
                #[inline]
                pub fn send(self) -> ::farrier_runtime::pagination::PaginationStream<::std::result::Result<#item, #sdk_error>> {
                    ::farrier_runtime::pagination::items(self.0.send(), |page| #taken)
                }
            }
        })
}
