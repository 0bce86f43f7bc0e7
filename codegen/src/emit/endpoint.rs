//! The module `config::endpoint`: the endpoint rules, compiled.

pub(super) mod cases;
mod expr;
mod rules;
mod used;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, config, doc, joined, template};
use crate::api::{Api, BuiltIn, Param, ParamType, ParamValue};

/// ```text
/// pub struct Params { .. }  pub struct ParamsBuilder { .. }  pub struct InvalidParams { .. }
/// pub struct DefaultResolver;  pub trait ResolveEndpoint { .. }
/// pub(crate) fn built_in_params(..)  pub(crate) fn endpoint_rules()
/// fn resolve(params: &Params) -> Result<Endpoint, BoxError> { the rules }
/// ```
pub(super) fn endpoint(api: &Api) -> Source {
    let params = &api.endpoint.params;
    let whole = cases::gives_more(&api.endpoint.rules);
    Source::new(
        &["config", "endpoint"],
        Visibility::Public,
        "How the address of the service is found.",
    )
    .items(config::reexports(&[
        ("endpoint", "Endpoint"),
        ("endpoint", "EndpointFuture"),
        ("endpoint", "SharedEndpointResolver"),
    ]))
    .items(params_struct(params))
    .items(params_builder(params))
    .items(invalid_params())
    .items(resolvers(params))
    .items(built_ins(params))
    .item(rules::resolve(api))
    .items(
        api.endpoint
            .tests
            .iter()
            .map(|test| cases::test(test, whole)),
    )
}

fn param_type(param: &Param) -> TokenStream {
    match param.ty {
        ParamType::String => quote!(::std::string::String),
        ParamType::Boolean => quote!(bool),
        ParamType::StringArray => quote!(::std::vec::Vec<::std::string::String>),
    }
}

fn params_struct(params: &[Param]) -> [TokenStream; 2] {
    let fields = joined(params.iter().map(|param| {
        let (name, ty) = (&param.name, param_type(param));
        let visibility = param.from_operation.then(|| quote!(pub(crate)));
        quote!(#visibility #name: ::std::option::Option<#ty>,)
    }));
    let getters = joined(params.iter().map(|param| {
        let name = &param.name;
        let text = doc::doc(&param.doc);
        let (result, value) = match param.ty {
            ParamType::String => (quote!(&str), quote!(self.#name.as_deref())),
            ParamType::Boolean => (quote!(bool), quote!(self.#name)),
            ParamType::StringArray => (
                quote!(&[::std::string::String]),
                quote!(self.#name.as_deref()),
            ),
        };
        template! { [text, name, result, value] =>
            #text
            #[inline]
            pub fn #name(&self) -> ::std::option::Option<#result> {
                #value
            }
        }
    }));
    [
        template! { [fields] =>
            /// What the endpoint rules may ask for.
            #[derive(Clone, PartialEq, Debug)]
            #[non_exhaustive]
            pub struct Params {
                #fields
            }
        },
        template! { [getters] =>
            impl Params {
                /// Starts an empty builder.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ParamsBuilder::default()
                }
                #getters
            }
        },
    ]
}

fn params_builder(params: &[Param]) -> [TokenStream; 2] {
    let fields = joined(params.iter().map(|param| {
        let (name, ty) = (&param.name, param_type(param));
        quote!(#name: ::std::option::Option<#ty>,)
    }));
    let setters = joined(params.iter().map(|param| {
        let (name, set, ty) = (&param.name, &param.setter, param_type(param));
        let text = doc::doc(&param.doc);
        let set_text = doc::text(&format!(
            "Sets [`{0}`](Self::{0}), or unsets it with `None`.",
            name.plain()
        ));
        template! { [text, name, ty, set_text, set] =>
            #text
            #[inline]
            pub fn #name(mut self, value: impl ::std::convert::Into<#ty>) -> Self {
                self.#name = ::std::option::Option::Some(value.into());
                self
            }
            #set_text
            #[inline]
            pub fn #set(mut self, value: ::std::option::Option<#ty>) -> Self {
                self.#name = value;
                self
            }
        }
    }));
    let values = joined(params.iter().map(|param| {
        let name = &param.name;
        match &param.default {
            Some(default @ ParamValue::Boolean(_)) => {
                let default = param_value(default);
                template! { [name, default] =>
                    #name: self.#name.or(::std::option::Option::Some(#default)),
                }
            }
            Some(default) => {
                let default = param_value(default);
                template! { [name, default] =>
                    #name: self.#name.or_else(|| ::std::option::Option::Some(#default)),
                }
            }
            None => quote!(#name: self.#name,),
        }
    }));
    let checks = joined(
        params
            .iter()
            .filter(|param| param.required && param.default.is_none())
            .map(|param| {
                let (name, text) = (&param.name, param.name.as_str());
                template! { [name, text] =>
                    if self.#name.is_none() {
                        return ::std::result::Result::Err(InvalidParams { field: #text });
                    }
                }
            }),
    );
    [
        template! { [fields] =>
            /// Builds [`Params`].
            #[derive(Clone, PartialEq, Default, Debug)]
            pub struct ParamsBuilder {
                #fields
            }
        },
        template! { [setters, checks, values] =>
            impl ParamsBuilder {
                #setters
                /// Makes the [`Params`]; what is not set has its default.
                ///
                /// # Errors
                ///
                /// When a required parameter has no default and is not set.
                #[inline]
                pub fn build(self) -> ::std::result::Result<Params, InvalidParams> {
                    #checks
                    ::std::result::Result::Ok(Params { #values })
                }
            }
        },
    ]
}

fn invalid_params() -> [TokenStream; 3] {
    [
        template! {
            /// A parameter that the rules require is missing.
            #[derive(Debug)]
            pub struct InvalidParams {
                field: &'static str,
            }
        },
        template! {
            impl ::std::fmt::Display for InvalidParams {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    write!(f, "the endpoint parameter `{}` is missing", self.field)
                }
            }
        },
        quote!(
            impl ::std::error::Error for InvalidParams {}
        ),
    ]
}

fn resolvers(params: &[Param]) -> [TokenStream; 6] {
    let finalize = finalize(params);
    [
        template! {
            /// Finds the endpoint of a call; for a client that does not follow the rules of the model.
            pub trait ResolveEndpoint: ::std::marker::Send + ::std::marker::Sync + ::std::fmt::Debug {
                /// Finds it.
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;
                /// The resolver as the settings keep it.
                fn into_shared_resolver(self) -> SharedEndpointResolver
                where
                    Self: Sized + 'static,
                {
                    SharedEndpointResolver::new(Shared(self))
                }
            }
        },
        template! {
            /// A resolver of this service behind the interface that all services share.
            #[derive(Debug)]
            struct Shared<T>(T);
        },
        template! { [finalize] =>
            impl<T: ResolveEndpoint> ::farrier_runtime::endpoint::ResolveEndpoint for Shared<T> {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a ::farrier_runtime::endpoint::EndpointResolverParams) -> EndpointFuture<'a> {
                    match params.get::<Params>() {
                        ::std::option::Option::Some(params) => self.0.resolve_endpoint(params),
                        ::std::option::Option::None => EndpointFuture::ready(::std::result::Result::Err("the parameters are those of another service".into())),
                    }
                }
                #finalize
            }
        },
        template! {
            /// Follows the rules of the model.
            #[derive(Debug, Default)]
            pub struct DefaultResolver {
                _private: (),
            }
        },
        template! {
            impl DefaultResolver {
                /// Makes one.
                #[inline]
                pub fn new() -> Self {
                    Self { _private: () }
                }
            }
        },
        template! {
            impl ResolveEndpoint for DefaultResolver {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                    EndpointFuture::ready(resolve(params))
                }
            }
        },
    ]
}

/// Where rules ask for the account of the credentials, it is filled in when these are there.
fn finalize(params: &[Param]) -> Option<TokenStream> {
    let account = params
        .iter()
        .find(|param| param.built_in == Some(BuiltIn::AccountId))?;
    let name = &account.name;
    Some(template! { [name] =>
        #[inline]
        fn finalize_params<'a>(
            &'a self,
            params: &'a mut ::farrier_runtime::endpoint::EndpointResolverParams,
        ) -> ::std::result::Result<(), crate::error::BoxError> {
            let account = ::farrier_runtime::internal::account_id(params);
            if let ::std::option::Option::Some(params) = params.get_mut::<Params>() {
                params.#name = account.or(params.#name.take());
            }
            ::std::result::Result::Ok(())
        }
    })
}

/// The value of a setting that only clients of this service have.
fn client_param(param: &Param) -> Option<TokenStream> {
    let wire = &param.wire;
    let value = match param.ty {
        _ if !param.from_client => return None,
        ParamType::Boolean => quote!(|value| value.as_bool()),
        _ => template! { |value| value.as_string().map(::std::string::String::from) },
    };
    Some(quote!(settings.client_param(#wire).and_then(#value)))
}

/// The value of a setting that all clients have.
fn built_in(param: &Param) -> Option<TokenStream> {
    let some = quote!(::std::option::Option::Some);
    Some(match param.built_in? {
        BuiltIn::Region => quote!(settings.region.map(::std::string::String::from)),
        BuiltIn::UseFips => quote!(#some(settings.use_fips)),
        BuiltIn::UseDualStack => quote!(#some(settings.use_dual_stack)),
        BuiltIn::Endpoint => quote!(settings.endpoint.map(::std::string::String::from)),
        BuiltIn::AccountIdEndpointMode => {
            quote!(#some(settings.account_id_endpoint_mode.to_owned()))
        }
        // It comes with the credentials, see `finalize`.
        BuiltIn::AccountId => return None,
    })
}

fn built_ins(params: &[Param]) -> [TokenStream; 3] {
    let setters = joined(params.iter().filter_map(|param| {
        let set = &param.setter;
        let value = match (client_param(param), built_in(param)) {
            (Some(client), Some(built_in)) => quote!(#client.or(#built_in)),
            (client, built_in) => client.or(built_in)?,
        };
        Some(quote!(.#set(#value)))
    }));
    let settings = if setters.is_empty() {
        quote!(_)
    } else {
        quote!(settings)
    };
    [
        template! { [settings, setters] =>
            /// The parameters that a client's settings give.
            #[inline]
            fn params_of(#settings: &::farrier_runtime::internal::BuiltIns<'_>) -> ::std::result::Result<Params, InvalidParams> {
                Params::builder() #setters .build()
            }
        },
        template! {
            /// The parameters for a resolver that the user set.
            #[inline]
            pub(crate) fn built_in_params(
                settings: &::farrier_runtime::internal::BuiltIns<'_>,
            ) -> ::std::result::Result<::farrier_runtime::endpoint::EndpointResolverParams, crate::error::BoxError> {
                ::std::result::Result::Ok(::farrier_runtime::endpoint::EndpointResolverParams::new(params_of(settings)?))
            }
        },
        template! {
            /// The rules of the model, as the runtime asks them.
            #[inline]
            pub(crate) fn endpoint_rules() -> SharedEndpointResolver {
                DefaultResolver::new().into_shared_resolver()
            }
        },
    ]
}

pub(super) fn param_value(value: &ParamValue) -> TokenStream {
    match value {
        ParamValue::String(text) => quote!(::std::string::String::from(#text)),
        ParamValue::Boolean(value) => quote!(#value),
        ParamValue::StringArray(values) => {
            quote!(::std::vec![#(::std::string::String::from(#values)),*])
        }
    }
}
