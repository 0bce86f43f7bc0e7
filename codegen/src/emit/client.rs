//! The client, and how a single call is changed before it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, block, doc, lint, template};
use crate::api::{Api, Operation};

/// ```text
/// pub struct Client { handle, config }
/// impl Client { new(&SdkConfig), from_conf(Config), config(), one method an operation }
/// ```
pub(super) fn client(api: &Api) -> Source {
    let methods = block(api.operations.iter().map(method));
    let about = format!(
        "A client of {}.\n\nCloning it is cheap; clones share connections, credentials and the quota of retries.",
        api.service.called
    );
    let about = doc::text(&about);
    let waits = api
        .operations
        .iter()
        .any(|operation| !operation.waiters.is_empty());
    let waiters = waits.then(|| {
        quote!(
            pub use self::waiters::Waiters;
        )
    });
    Source::new(&["client"], Visibility::Public, "The client: one method an operation.")
        .items(waiters)
        .item(template! { [about] =>
            #about
            #[derive(Clone, Debug)]
            pub struct Client {
                pub(crate) handle: ::farrier_runtime::internal::Handle,
                config: ::std::sync::Arc<crate::Config>,
            }
        })
        .item(template! {
            impl Client {
                /// Makes a client with the application's shared configuration.
                ///
                /// Nothing is connected or loaded before the first call.
                #[inline]
                pub fn new(config: &::farrier_runtime::config::SdkConfig) -> Self {
                    Self::from_conf(crate::Config::new(config))
                }
                /// Makes a client with settings of its own.
                #[inline]
                pub fn from_conf(config: crate::Config) -> Self {
                    Self {
                        handle: ::farrier_runtime::internal::Handle::new(crate::config::SERVICE, config.settings.clone()),
                        config: ::std::sync::Arc::new(config),
                    }
                }
                /// The settings that the client was made with.
                #[inline]
                pub fn config(&self) -> &crate::Config {
                    &self.config
                }
            }
        })
        .item(quote! {
            impl Client #methods
        })
        .items(discovery(api))
}

/// ```text
/// impl Client { with_endpoint_discovery_enabled() }
/// ```
///
/// Where the endpoint depends on the call, there is nothing to ask for beforehand.
fn discovery(api: &Api) -> Option<TokenStream> {
    let is_same_for_all = api.discovery.as_ref()?.is_same_for_all();
    is_same_for_all.then(|| template! {
        impl Client {
            /// Asks the service now which endpoint to call, and returns a client that calls it and what keeps it fresh.
            ///
            /// Calls ask by themselves when they need to; this is for those that are not to wait for it. Where an endpoint
            /// is set, nobody is asked.
            ///
            /// # Errors
            ///
            /// When the service cannot be asked, or names no endpoint.
            pub async fn with_endpoint_discovery_enabled(
                self,
            ) -> ::std::result::Result<(Self, crate::endpoint_discovery::ReloadEndpoint), crate::error::BoxError> {
                let config = self.config.to_builder().endpoint_discovery_enabled(true).build();
                let client = Self::from_conf(config);
                let reload = ::farrier_runtime::internal::discover(&client.handle, crate::config::DISCOVERY).await?;
                ::std::result::Result::Ok((client, reload))
            }
        }
    })
}

fn method(operation: &Operation) -> TokenStream {
    let (module, fluent) = (&operation.module, &operation.fluent);
    let text = doc::doc(&operation.doc);
    let deprecated = doc::deprecated(operation.deprecated.as_deref());
    let allow = lint::operation(module.as_str());
    template! { [text, deprecated, allow, module, fluent] =>
        #text
        #deprecated
        #allow
        #[inline]
        pub fn #module(&self) -> crate::operation::#module::builders::#fluent {
            crate::operation::#module::builders::#fluent::new(self.handle.clone())
        }
    }
}

/// The module `client::customize`.
pub(super) fn customize() -> Source {
    Source::new(
        &["client", "customize"],
        Visibility::Public,
        "Changes to a single call before it is sent.",
    )
    .item(quote!(
        pub(crate) use self::internal::CustomizableSend;
    ))
    .items(customizable_operation())
}

/// The module `client::customize::internal`: what the builders of operations implement.
pub(super) fn customize_internal() -> Source {
    Source::new(
        &["client", "customize", "internal"],
        Visibility::Private,
        "How a customized call is sent.",
    )
    // Without a future of its own: to prove one `Send` for every operation takes a sixth of a check.
    .item(template! {
        /// A builder of a call that settings of its own can be laid over.
        pub trait CustomizableSend<T, E> {
            /// The operation that is called.
            type Operation: ::farrier_runtime::internal::Operation<Output = T, Error = E>;
            /// The client that calls, and what building the input gave.
            fn into_call(
                self,
            ) -> (
                ::farrier_runtime::internal::Handle,
                ::std::result::Result<
                    <Self::Operation as ::farrier_runtime::internal::Operation>::Input,
                    ::farrier_runtime::error::BuildError,
                >,
            );
        }
    })
}

fn customizable_operation() -> Vec<TokenStream> {
    let error = super::error::sdk_error(&quote!(E));
    vec![
        template! {
            /// A call with changes of its own, made by the method `customize` of an operation's builder.
            ///
            /// `T` is the operation's output, `E` its error, `B` its builder.
            #[derive(Debug)]
            pub struct CustomizableOperation<T, E, B> {
                call: B,
                config_override: crate::config::Builder,
                interceptors: ::std::vec::Vec<crate::config::SharedInterceptor>,
                result: ::std::marker::PhantomData<fn() -> (T, E)>,
            }
        },
        template! { [error] =>
            impl<T, E, B> CustomizableOperation<T, E, B> {
                #[inline]
                pub(crate) fn new(call: B) -> Self {
                    Self {
                        call,
                        config_override: crate::config::Builder::new(),
                        interceptors: ::std::vec::Vec::new(),
                        result: ::std::marker::PhantomData,
                    }
                }
                /// Adds an interceptor for this call; it runs after those of the client.
                #[inline]
                pub fn interceptor(mut self, interceptor: impl crate::config::Intercept + 'static) -> Self {
                    self.interceptors.push(crate::config::SharedInterceptor::new(interceptor));
                    self
                }
                /// Puts what `f` makes of the request in its place, before each signing; an error ends the call.
                #[inline]
                pub fn map_request<F, MapE>(mut self, f: F) -> Self
                where
                    F: Fn(crate::config::http::HttpRequest) -> ::std::result::Result<crate::config::http::HttpRequest, MapE>
                        + ::std::marker::Send
                        + ::std::marker::Sync
                        + 'static,
                    MapE: ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static,
                {
                    self.interceptors.push(::farrier_runtime::internal::map_request_interceptor(f));
                    self
                }
                /// Changes the request, before each signing.
                #[inline]
                pub fn mutate_request<F>(mut self, f: F) -> Self
                where
                    F: Fn(&mut crate::config::http::HttpRequest) + ::std::marker::Send + ::std::marker::Sync + 'static,
                {
                    self.interceptors.push(::farrier_runtime::internal::mutate_request_interceptor(f));
                    self
                }
                /// Lays settings over those of the client for this call: what is set here wins.
                #[inline]
                pub fn config_override(mut self, config_override: impl ::std::convert::Into<crate::config::Builder>) -> Self {
                    self.config_override = config_override.into();
                    self
                }
                /// Sends the request.
                ///
                /// # Errors
                ///
                /// As the method `send` of the operation's builder.
                #[inline]
                pub async fn send(self) -> ::std::result::Result<T, #error>
                where
                    E: ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static,
                    B: CustomizableSend<T, E>,
                {
                    let mut config_override = self.config_override;
                    for interceptor in self.interceptors {
                        config_override.push_interceptor(interceptor);
                    }
                    let (client, input) = self.call.into_call();
                    ::farrier_runtime::internal::send::<B::Operation>(&client, ::std::option::Option::Some(&config_override.settings), input)
                        .await
                }
            }
        },
    ]
}
