//! The module `config::auth`: who decides how requests are signed.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, template};
use crate::api::{Api, Auth};
use crate::list::List as _;

/// ```text
/// pub trait ResolveAuthScheme { fn resolve_auth_scheme(...); fn into_shared_resolver(self) }
/// pub struct DefaultAuthSchemeResolver     pub struct Params { operation_name }
/// pub struct ParamsBuilder                 pub struct BuildError
/// pub(crate) fn params(operation_name)
/// ```
pub(super) fn auth(api: &Api) -> Source {
    Source::new(
        &["config", "auth"],
        Visibility::Public,
        "Which kinds of signature a call may have, and in which order they are tried.",
    )
    .items(resolver())
    .items(default_resolver(api))
    .items(params())
    .items(builder())
    .items(build_error())
}

fn resolver() -> [TokenStream; 3] {
    [
        template! {
            /// Decides how a call is signed; for a client that does not follow the model.
            pub trait ResolveAuthScheme: ::std::marker::Send + ::std::marker::Sync + ::std::fmt::Debug {
                /// Names the kinds of signature to try, the best first.
                fn resolve_auth_scheme<'a>(
                    &'a self,
                    params: &'a Params,
                    cfg: &'a crate::config::ConfigBag,
                    runtime_components: &'a crate::config::RuntimeComponents,
                ) -> ::farrier_runtime::config::AuthSchemeOptionsFuture<'a>;
                /// The resolver as the settings keep it.
                fn into_shared_resolver(self) -> ::farrier_runtime::config::SharedAuthSchemeOptionResolver
                where
                    Self: Sized + 'static,
                {
                    ::farrier_runtime::config::SharedAuthSchemeOptionResolver::new(Shared(self))
                }
            }
        },
        template! {
            /// A resolver of this service behind the interface that all services share.
            #[derive(Debug)]
            struct Shared<T>(T);
        },
        template! {
            impl<T: ResolveAuthScheme> ::farrier_runtime::config::ResolveAuthSchemeOptions for Shared<T> {
                fn resolve_auth_scheme_options_v2<'a>(
                    &'a self,
                    params: &'a ::farrier_runtime::config::AuthSchemeOptionResolverParams,
                    cfg: &'a crate::config::ConfigBag,
                    runtime_components: &'a crate::config::RuntimeComponents,
                ) -> ::farrier_runtime::config::AuthSchemeOptionsFuture<'a> {
                    match params.get::<Params>() {
                        ::std::option::Option::Some(params) => self.0.resolve_auth_scheme(params, cfg, runtime_components),
                        ::std::option::Option::None => ::farrier_runtime::internal::auth_params_of_another_service(),
                    }
                }
            }
        },
    ]
}

fn default_resolver(api: &Api) -> [TokenStream; 2] {
    let (params, options) = default_options(api);
    [
        template! {
            /// Signs as the model says: with AWS Signature Version 4, or not at all where it asks for no signature.
            #[derive(Debug)]
            pub struct DefaultAuthSchemeResolver {
                scheme_id: ::farrier_runtime::config::AuthSchemeId,
            }
        },
        template! { [params, options] =>
            impl ::std::default::Default for DefaultAuthSchemeResolver {
                #[inline]
                fn default() -> Self {
                    Self { scheme_id: ::farrier_runtime::config::AuthSchemeId::new("sigv4") }
                }
            }

            impl ResolveAuthScheme for DefaultAuthSchemeResolver {
                #[inline]
                fn resolve_auth_scheme<'a>(
                    &'a self,
                    #params: &'a Params,
                    _: &'a crate::config::ConfigBag,
                    _: &'a crate::config::RuntimeComponents,
                ) -> ::farrier_runtime::config::AuthSchemeOptionsFuture<'a> {
                    let signed = ::farrier_runtime::config::AuthSchemeOption::from(self.scheme_id.clone());
                    #options
                    ::farrier_runtime::config::AuthSchemeOptionsFuture::ready(::std::result::Result::Ok(options))
                }
            }
        },
    ]
}

/// The name of the parameters where the answer depends on them, and the answer: `vec![signed]`, but for operations that need
/// no signature.
fn default_options(api: &Api) -> (TokenStream, TokenStream) {
    let arm = |auth: Auth, options: TokenStream| {
        let operations = api.operations.iter();
        let operations = operations.filter(|operation| operation.demands.auth == auth);
        let names: Vec<_> = operations.map(|operation| &operation.wire).list();
        (!names.is_empty()).then(|| quote!(#(#names)|* => #options,))
    };
    let unsigned = arm(Auth::Unsigned, quote!(vec![unsigned]));
    let optional = arm(Auth::Optional, quote!(vec![signed, unsigned]));
    if unsigned.is_none() && optional.is_none() {
        return (quote!(_), quote!(let options = vec![signed];));
    }
    let options = template! { [unsigned, optional] =>
        let unsigned = ::farrier_runtime::config::AuthSchemeOption::from(::farrier_runtime::config::AuthSchemeId::new("noAuth"));
        let options = match params.operation_name() {
            #unsigned
            #optional
            _ => vec![signed],
        };
    };
    (quote!(params), options)
}

fn params() -> [TokenStream; 3] {
    [
        template! {
            /// What a resolver may decide by.
            #[derive(Clone, PartialEq, Debug)]
            pub struct Params {
                operation_name: ::std::borrow::Cow<'static, str>,
            }
        },
        template! {
            impl Params {
                /// Starts an empty builder.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ParamsBuilder::default()
                }
                /// The name of the operation, as the model writes it.
                #[inline]
                pub fn operation_name(&self) -> &str {
                    &self.operation_name
                }
            }
        },
        template! {
            /// The parameters of a call.
            #[inline]
            pub(crate) fn params(operation_name: &'static str) -> ::farrier_runtime::config::AuthSchemeOptionResolverParams {
                ::farrier_runtime::config::AuthSchemeOptionResolverParams::new(Params { operation_name: operation_name.into() })
            }
        },
    ]
}

fn builder() -> [TokenStream; 2] {
    [
        template! {
            /// Builds [`Params`].
            #[derive(Clone, PartialEq, Default, Debug)]
            pub struct ParamsBuilder {
                operation_name: ::std::option::Option<::std::borrow::Cow<'static, str>>,
            }
        },
        template! {
            impl ParamsBuilder {
                /// The name of the operation, as the model writes it.
                #[inline]
                pub fn operation_name(self, operation_name: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>) -> Self {
                    self.set_operation_name(::std::option::Option::Some(operation_name.into()))
                }
                /// Sets [`operation_name`](Self::operation_name), or unsets it with `None`.
                #[inline]
                pub fn set_operation_name(mut self, operation_name: ::std::option::Option<::std::borrow::Cow<'static, str>>) -> Self {
                    self.operation_name = operation_name;
                    self
                }
                /// Makes the [`Params`].
                ///
                /// # Errors
                ///
                /// When the name of the operation is not set.
                #[inline]
                pub fn build(self) -> ::std::result::Result<Params, BuildError> {
                    match self.operation_name {
                        ::std::option::Option::Some(operation_name) => ::std::result::Result::Ok(Params { operation_name }),
                        ::std::option::Option::None => ::std::result::Result::Err(BuildError { field: "operation_name" }),
                    }
                }
            }
        },
    ]
}

fn build_error() -> [TokenStream; 3] {
    [
        template! {
            /// A parameter that a resolver needs is missing.
            #[derive(Debug)]
            pub struct BuildError {
                field: &'static str,
            }
        },
        template! {
            impl ::std::fmt::Display for BuildError {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    write!(f, "a required field was missing: `{}`", self.field)
                }
            }
        },
        quote!(
            impl ::std::error::Error for BuildError {}
        ),
    ]
}
