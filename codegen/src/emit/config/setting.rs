//! The settings of a client: what they are called, how they are given and shown.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::api::{Api, BuiltIn, ClientParam, Operation, ParamType};
use crate::emit::{doc, template};

/// One setting: what it is called, its type, how it is given and how it is shown.
pub(super) struct Setting {
    name: &'static str,
    /// Its type under `farrier_runtime::config`.
    ty: &'static str,
    give: Give,
    show: Show,
    doc: &'static str,
}

/// The argument of the setter that takes the builder by value.
#[derive(Clone, Copy)]
enum Give {
    /// The value itself.
    Value,
    /// `impl Into<T>`
    Into,
    /// `impl Into<Option<T>>`
    IntoOption,
    /// An implementor of this trait, which is shared; `set_x` takes an `Option` of the shared one.
    Shared(&'static str),
    /// As `Shared`; `set_x` takes an implementor as well.
    SharedOnly(&'static str),
}

/// The result of the getter.
#[derive(Clone, Copy)]
enum Show {
    /// `Option<&T>`
    Borrowed,
    /// `Option<T>`
    Owned,
    /// `T`, its default where it is not set.
    Defaulted,
    /// There is none.
    Hidden,
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "region",
        ty: "Region",
        give: Give::IntoOption,
        show: Show::Borrowed,
        doc: "The region that is called, which requests are also signed for. Default: none, and calls fail without one.",
    },
    Setting {
        name: "credentials_provider",
        ty: "SharedCredentialsProvider",
        give: Give::Shared("ProvideCredentials"),
        show: Show::Owned,
        doc: "Where credentials come from. Default: none, and calls fail.",
    },
    Setting {
        name: "endpoint_url",
        ty: "String",
        give: Give::Into,
        show: Show::Hidden,
        doc: "The address to call in place of the one that the endpoint rules give. Default: none.",
    },
    Setting {
        name: "use_fips",
        ty: "bool",
        give: Give::Into,
        show: Show::Hidden,
        doc: "Whether to call FIPS endpoints. Default: no.",
    },
    Setting {
        name: "use_dual_stack",
        ty: "bool",
        give: Give::Into,
        show: Show::Hidden,
        doc: "Whether to call endpoints that have IPv6 addresses too. Default: no.",
    },
    Setting {
        name: "retry_config",
        ty: "RetryConfig",
        give: Give::Value,
        show: Show::Borrowed,
        doc: "How often and when a failed attempt is repeated. Default: standard mode, 3 attempts.",
    },
    Setting {
        name: "retry_partition",
        ty: "RetryPartition",
        give: Give::Value,
        show: Show::Borrowed,
        doc: "Who shares the retry quota and the rate limit of adaptive mode. Default: the client and its clones.",
    },
    Setting {
        name: "timeout_config",
        ty: "TimeoutConfig",
        give: Give::Value,
        show: Show::Borrowed,
        doc: "How long to wait for what. Default: 3.1 s for a connection, otherwise without end.",
    },
    Setting {
        name: "http_client",
        ty: "SharedHttpClient",
        give: Give::Shared("HttpClient"),
        show: Show::Owned,
        doc: "Sends the requests. Default: the runtime's client, over HTTPS.",
    },
    Setting {
        name: "sleep_impl",
        ty: "SharedAsyncSleep",
        give: Give::Shared("AsyncSleep"),
        show: Show::Owned,
        doc: "Waits, for timeouts and between attempts. Default: tokio's clock.",
    },
    Setting {
        name: "time_source",
        ty: "SharedTimeSource",
        give: Give::Shared("TimeSource"),
        show: Show::Owned,
        doc: "Tells the time, for signatures and expiry. Default: the system's clock.",
    },
    Setting {
        name: "app_name",
        ty: "AppName",
        give: Give::Value,
        show: Show::Borrowed,
        doc: "Names the application in the user agent. Default: none.",
    },
    Setting {
        name: "identity_cache",
        ty: "SharedIdentityCache",
        give: Give::SharedOnly("ResolveCachedIdentity"),
        show: Show::Owned,
        doc: "Keeps credentials between calls. Default: a cache of the client's own.",
    },
    Setting {
        name: "stalled_stream_protection",
        ty: "StalledStreamProtectionConfig",
        give: Give::Value,
        show: Show::Borrowed,
        doc: "Whether and when a response that does not move ends the call. Default: after 5 s.",
    },
    Setting {
        name: "auth_scheme_preference",
        ty: "AuthSchemePreference",
        give: Give::Into,
        show: Show::Borrowed,
        doc: "Which kinds of signature to prefer. Default: the order of the model.",
    },
    Setting {
        name: "disable_clock_skew_correction",
        ty: "bool",
        give: Give::IntoOption,
        show: Show::Owned,
        doc: "Whether to sign with the local clock even when the service's differs. Default: no.",
    },
    Setting {
        name: "meter",
        ty: "SharedMeter",
        give: Give::Shared("Meter"),
        show: Show::Owned,
        doc: "Told of each call and each attempt when it ends, for metrics. Default: none.",
    },
];

/// Of services in which an operation has an idempotency token.
const TOKEN: &[Setting] = &[Setting {
    name: "idempotency_token_provider",
    ty: "IdempotencyTokenProvider",
    give: Give::Into,
    show: Show::Defaulted,
    doc: "Makes the idempotency tokens of calls that set none. Default: random ones.",
}];

/// Of services that take compressed bodies.
const COMPRESSION: &[Setting] = &[
    Setting {
        name: "disable_request_compression",
        ty: "bool",
        give: Give::IntoOption,
        show: Show::Owned,
        doc: "Whether to send large bodies as they are, in place of compressed. Default: no.",
    },
    Setting {
        name: "request_min_compression_size_bytes",
        ty: "u32",
        give: Give::IntoOption,
        show: Show::Owned,
        doc: "From how many bytes on a body is compressed: 0 to 10485760. Default: 10240.",
    },
];

/// Of services whose endpoint rules ask for it.
const ACCOUNT: &[Setting] = &[Setting {
    name: "account_id_endpoint_mode",
    ty: "AccountIdEndpointMode",
    give: Give::Value,
    show: Show::Hidden,
    doc: "Whether to call endpoints that belong to the account of the credentials. Default: where the account is known.",
}];

/// Of services that name endpoints to call.
const DISCOVERY: &[Setting] = &[Setting {
    name: "endpoint_discovery_enabled",
    ty: "bool",
    give: Give::IntoOption,
    show: Show::Owned,
    doc: "Whether to ask the service which endpoint to call. Default: for calls that no other endpoint answers; with `false` they are refused. An endpoint that is set is called without asking.",
}];

/// Whether the rules ask how to treat the account of the credentials.
pub(super) fn has_account_mode(api: &Api) -> bool {
    let mut params = api.endpoint.params.iter();
    params.any(|param| param.built_in == Some(BuiltIn::AccountIdEndpointMode))
}

/// The settings that clients of this service have in common with others.
pub(super) fn settings(api: &Api) -> impl Iterator<Item = &'static Setting> {
    let tokens = api.operations.iter().any(Operation::has_token);
    let compresses = api.operations.iter().any(|one| one.demands.compression);
    let when = |used: bool, settings: &'static [Setting]| if used { settings } else { &[] };
    SETTINGS
        .iter()
        .chain(when(tokens, TOKEN))
        .chain(when(compresses, COMPRESSION))
        .chain(when(has_account_mode(api), ACCOUNT))
        .chain(when(api.discovery.is_some(), DISCOVERY))
}

/// `x` and `set_x` of the builder, for a setting that only clients of this service have.
pub(super) fn client_setters(param: &ClientParam) -> TokenStream {
    let (name, set, wire) = (&param.name, &param.setter, &param.wire);
    let (ty, _) = client_type(param);
    let text = doc::doc(&param.doc);
    let set_text = doc::text(&format!(
        "As [`{0}`](Self::{0}), on a builder that stays where it is.",
        name.plain()
    ));
    template! { [text, name, ty, wire, set_text, set] =>
        #text
        #[inline]
        pub fn #name(mut self, #name: impl ::std::convert::Into<#ty>) -> Self {
            self.settings.set_client_param(#wire, ::std::option::Option::Some(#name.into()));
            self
        }
        #set_text
        #[inline]
        pub fn #set(&mut self, #name: ::std::option::Option<#ty>) -> &mut Self {
            self.settings.set_client_param(#wire, #name);
            self
        }
    }
}

pub(super) fn client_getter(param: &ClientParam) -> TokenStream {
    let (name, wire) = (&param.name, &param.wire);
    let (_, (ty, read)) = client_type(param);
    let text = doc::doc(&param.doc);
    template! { [text, name, ty, wire, read] =>
        #text
        #[inline]
        pub fn #name(&self) -> ::std::option::Option<#ty> {
            self.settings.client_param(#wire)?.#read()
        }
    }
}

/// The type of a setting; the type as it is shown, and what reads it.
fn client_type(param: &ClientParam) -> (TokenStream, (TokenStream, TokenStream)) {
    match param.ty {
        ParamType::Boolean => (quote!(bool), (quote!(bool), quote!(as_bool))),
        _ => (
            quote!(::std::string::String),
            (quote!(&str), quote!(as_string)),
        ),
    }
}

pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

impl Setting {
    fn path(&self) -> TokenStream {
        match self.ty {
            "String" => quote!(::std::string::String),
            "bool" => quote!(bool),
            "u32" => quote!(u32),
            other => {
                let name = ident(other);
                quote!(::farrier_runtime::config::#name)
            }
        }
    }

    /// `x` and `set_x` of the builder.
    pub(super) fn setters(&self) -> TokenStream {
        let (name, set, ty) = (
            ident(self.name),
            ident(&format!("set_{}", self.name)),
            self.path(),
        );
        let text = doc::text(self.doc);
        let set_text = doc::text(&format!(
            "As [`{0}`](Self::{0}), on a builder that stays where it is.",
            self.name
        ));
        let some = quote!(::std::option::Option::Some);
        let shared = |name: &str| {
            let name = ident(name);
            quote!(impl ::farrier_runtime::config::#name + 'static)
        };
        let option = quote!(::std::option::Option<#ty>);
        let (argument, value, set_argument, set_value) = match self.give {
            Give::Value => (quote!(#ty), quote!(#some(#name)), option, quote!(#name)),
            Give::Into => (
                quote!(impl ::std::convert::Into<#ty>),
                quote!(#some(#name.into())),
                option,
                quote!(#name),
            ),
            Give::IntoOption => (
                quote!(impl ::std::convert::Into<#option>),
                quote!(#name.into()),
                option,
                quote!(#name),
            ),
            Give::Shared(name_of) => (
                shared(name_of),
                quote!(#some(#ty::new(#name))),
                option,
                quote!(#name),
            ),
            Give::SharedOnly(name_of) => (
                shared(name_of),
                quote!(#some(#ty::new(#name))),
                shared(name_of),
                quote!(#some(#ty::new(#name))),
            ),
        };
        template! { [text, name, argument, set, value, set_text, set_argument, set_value] =>
            #text
            #[inline]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.settings.#set(#value);
                self
            }
            #set_text
            #[inline]
            pub fn #set(&mut self, #name: #set_argument) -> &mut Self {
                self.settings.#set(#set_value);
                self
            }
        }
    }

    pub(super) fn getter(&self) -> TokenStream {
        let (name, ty) = (ident(self.name), self.path());
        let text = doc::text(self.doc);
        let (result, value) = match self.show {
            Show::Hidden => return TokenStream::new(),
            Show::Borrowed => (quote!(&#ty), quote!(self.settings.#name())),
            Show::Defaulted => {
                return template! { [text, name, ty] =>
                    #text
                    #[inline]
                    pub fn #name(&self) -> #ty {
                        self.settings.#name().cloned().unwrap_or_default()
                    }
                };
            }
            Show::Owned if matches!(self.ty, "bool" | "u32") => {
                (ty, quote!(self.settings.#name().copied()))
            }
            Show::Owned => (ty, quote!(self.settings.#name().cloned())),
        };
        template! { [text, name, result, value] =>
            #text
            #[inline]
            pub fn #name(&self) -> ::std::option::Option<#result> {
                #value
            }
        }
    }
}
