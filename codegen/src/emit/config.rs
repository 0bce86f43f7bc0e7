//! The module `config`: the settings of a client.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Source, Visibility, doc};
use crate::api::{Api, BuiltIn, ClientParam, Operation, ParamType, Protocol};

/// One setting: what it is called, its type, how it is given and how it is shown.
struct Setting {
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
        doc: "From how many bytes on a body is compressed. Default: 10240.",
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

/// Whether the rules ask how to treat the account of the credentials.
fn has_account_mode(api: &Api) -> bool {
    let mut params = api.endpoint.params.iter();
    params.any(|param| param.built_in == Some(BuiltIn::AccountIdEndpointMode))
}

/// The settings that clients of this service have in common with others.
fn settings(api: &Api) -> impl Iterator<Item = &'static Setting> {
    let tokens = api.operations.iter().any(Operation::has_token);
    let compresses = api.operations.iter().any(|one| one.demands.compression);
    let when = |used: bool, settings: &'static [Setting]| if used { settings } else { &[] };
    SETTINGS
        .iter()
        .chain(when(tokens, TOKEN))
        .chain(when(compresses, COMPRESSION))
        .chain(when(has_account_mode(api), ACCOUNT))
}

/// `x` and `set_x` of the builder, for a setting that only clients of this service have.
fn client_setters(param: &ClientParam) -> TokenStream {
    let (name, set, wire) = (&param.name, &param.setter, &param.wire);
    let (ty, _) = client_type(param);
    let text = doc::doc(&param.doc);
    let set_text = doc::text(&format!(
        "As [`{0}`](Self::{0}), on a builder that stays where it is.",
        name.plain()
    ));
    quote! {
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

fn client_getter(param: &ClientParam) -> TokenStream {
    let (name, wire) = (&param.name, &param.wire);
    let (_, (ty, read)) = client_type(param);
    let text = doc::doc(&param.doc);
    quote! {
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

fn ident(name: &str) -> Ident {
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
    fn setters(&self) -> TokenStream {
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
        quote! {
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

    fn getter(&self) -> TokenStream {
        let (name, ty) = (ident(self.name), self.path());
        let text = doc::text(self.doc);
        let (result, value) = match self.show {
            Show::Hidden => return TokenStream::new(),
            Show::Borrowed => (quote!(&#ty), quote!(self.settings.#name())),
            Show::Defaulted => {
                return quote! {
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
        quote! {
            #text
            #[inline]
            pub fn #name(&self) -> ::std::option::Option<#result> {
                #value
            }
        }
    }
}

/// ```text
/// pub struct Config { settings }      impl Config { getters, builder(), new(&SdkConfig), to_builder() }
/// pub struct Builder { settings }     impl Builder { setters, build() }
/// pub(crate) const SERVICE: &Service
/// ```
pub(super) fn config(api: &Api) -> Source {
    let mut names = CONFIG.to_vec();
    if api.operations.iter().any(Operation::has_token) {
        names.push(("config", "IdempotencyTokenProvider"));
    }
    if has_account_mode(api) {
        names.push(("config", "AccountIdEndpointMode"));
    }
    names.sort_unstable();
    let source = Source::new(
        &["config"],
        Visibility::Public,
        "The settings of a client, and the types they are made of.",
    );
    source
        .items(reexports(&names))
        .items(the_config(api))
        .items(the_builder(api))
        .item(service(api))
}

fn the_config(api: &Api) -> Vec<TokenStream> {
    let getters = settings(api).map(Setting::getter);
    let own = api.endpoint.client_params.iter().map(client_getter);
    let signing_name = &api.service.signing_name;
    let id = &api.service.sdk_id;
    vec![
        quote! {
            /// The settings of a [`Client`](crate::Client).
            ///
            /// Made by [`Config::builder`], or from the application's shared configuration by [`Config::new`].
            #[derive(Clone, Debug)]
            pub struct Config {
                pub(crate) settings: ::farrier_runtime::internal::Settings,
            }
        },
        quote! {
            impl Config {
                /// A builder with nothing set.
                #[inline]
                pub fn builder() -> Builder {
                    Builder::default()
                }
                /// Takes over what the shared configuration says.
                #[inline]
                pub fn new(config: &::farrier_runtime::config::SdkConfig) -> Self {
                    Builder::from(config).build()
                }
                /// A builder that starts from these settings.
                #[inline]
                pub fn to_builder(&self) -> Builder {
                    Builder { settings: self.settings.to_builder() }
                }
                /// The name of the service in signatures.
                #[inline]
                pub fn signing_name(&self) -> &'static str {
                    #signing_name
                }
                /// What finds the endpoint: the user's resolver, or the rules of the model.
                #[inline]
                pub fn endpoint_resolver(&self) -> endpoint::SharedEndpointResolver {
                    use endpoint::ResolveEndpoint as _;
                    match self.settings.endpoint_resolver() {
                        ::std::option::Option::Some(resolver) => resolver.clone(),
                        ::std::option::Option::None => endpoint::DefaultResolver::new().into_shared_resolver(),
                    }
                }
                /// The kinds of signature that were added.
                #[inline]
                pub fn auth_schemes(&self) -> impl Iterator<Item = ::farrier_runtime::config::SharedAuthScheme> + '_ {
                    self.settings.auth_schemes().iter().cloned()
                }
                /// What decides how calls are signed, where it is not the model.
                #[inline]
                pub fn auth_scheme_resolver(&self) -> ::std::option::Option<::farrier_runtime::config::SharedAuthSchemeOptionResolver> {
                    self.settings.auth_scheme_resolver().cloned()
                }
                /// The interceptors of all calls, in the order they run.
                #[inline]
                pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
                    self.settings.interceptors().iter().cloned()
                }
                /// The retry classifiers of all calls.
                #[inline]
                pub fn retry_classifiers(&self) -> impl Iterator<Item = ::farrier_runtime::config::SharedRetryClassifier> + '_ {
                    self.settings.retry_classifiers().iter().cloned()
                }
                /// The frameworks named in the user agent.
                #[inline]
                pub fn framework_metadata(&self) -> ::std::vec::Vec<&FrameworkMetadata> {
                    self.settings.framework_metadata().iter().collect()
                }
                #(#getters)*
                #(#own)*
            }
        },
        quote! {
            impl ::std::convert::From<&::farrier_runtime::config::SdkConfig> for Config {
                #[inline]
                fn from(config: &::farrier_runtime::config::SdkConfig) -> Self {
                    Self::new(config)
                }
            }
        },
        quote! {
            impl ::std::convert::From<&::farrier_runtime::config::SdkConfig> for Builder {
                #[inline]
                fn from(config: &::farrier_runtime::config::SdkConfig) -> Self {
                    Self { settings: ::farrier_runtime::internal::SettingsBuilder::from_sdk_config(config, #id) }
                }
            }
        },
    ]
}

fn the_builder(api: &Api) -> Vec<TokenStream> {
    let setters = settings(api).map(Setting::setters);
    let own = api.endpoint.client_params.iter().map(client_setters);
    let more = more_setters();
    let test_setters = test_setters();
    vec![
        quote! {
            /// Collects the settings of a client, or those that one call changes.
            #[derive(Clone, Debug, Default)]
            pub struct Builder {
                pub(crate) settings: ::farrier_runtime::internal::SettingsBuilder,
            }
        },
        quote! {
            impl Builder {
                /// A builder with nothing set.
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }
                #(#setters)*
                #(#own)*
                #more
                #test_setters
                /// Makes the [`Config`].
                #[inline]
                pub fn build(self) -> Config {
                    Config { settings: self.settings.build() }
                }
            }
        },
    ]
}

/// The setters that follow no pattern.
fn more_setters() -> TokenStream {
    let collections = collection_setters();
    quote! {
        /// Which defaults hold. Default: the latest.
        #[inline]
        pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
            self.settings.set_behavior_version(::std::option::Option::Some(behavior_version));
            self
        }
        /// As [`behavior_version`](Self::behavior_version), on a builder that stays where it is.
        #[inline]
        pub fn set_behavior_version(&mut self, behavior_version: ::std::option::Option<BehaviorVersion>) -> &mut Self {
            self.settings.set_behavior_version(behavior_version);
            self
        }
        /// Asks for the latest defaults, which is the default.
        #[inline]
        pub fn behavior_version_latest(self) -> Self {
            self.behavior_version(BehaviorVersion::latest())
        }
        /// What finds the endpoint in place of the rules of the model.
        #[inline]
        pub fn endpoint_resolver(mut self, endpoint_resolver: impl endpoint::ResolveEndpoint + 'static) -> Self {
            self.settings.set_endpoint_resolver(::std::option::Option::Some(endpoint_resolver.into_shared_resolver()));
            self
        }
        /// As [`endpoint_resolver`](Self::endpoint_resolver), on a builder that stays where it is.
        #[inline]
        pub fn set_endpoint_resolver(&mut self, endpoint_resolver: ::std::option::Option<endpoint::SharedEndpointResolver>) -> &mut Self {
            self.settings.set_endpoint_resolver(endpoint_resolver);
            self
        }
        /// Adds a kind of signature; one with the id `sigv4` takes the place of the model's, others are used when an
        /// [`auth_scheme_resolver`](Self::auth_scheme_resolver) names them.
        #[inline]
        pub fn push_auth_scheme(mut self, auth_scheme: impl ::farrier_runtime::config::AuthScheme + 'static) -> Self {
            self.settings.push_auth_scheme(::farrier_runtime::config::SharedAuthScheme::new(auth_scheme));
            self
        }
        /// What decides how calls are signed in place of the model.
        #[inline]
        pub fn auth_scheme_resolver(mut self, auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static) -> Self {
            self.set_auth_scheme_resolver(auth_scheme_resolver);
            self
        }
        /// As [`auth_scheme_resolver`](Self::auth_scheme_resolver), on a builder that stays where it is.
        #[inline]
        pub fn set_auth_scheme_resolver(&mut self, auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static) -> &mut Self {
            self.settings.set_auth_scheme_resolver(::std::option::Option::Some(auth_scheme_resolver.into_shared_resolver()));
            self
        }
        /// Sends requests unsigned when there is no credentials provider. Default: such calls fail.
        #[inline]
        pub fn allow_no_auth(mut self) -> Self {
            self.settings.set_allow_no_auth(true);
            self
        }
        /// As [`allow_no_auth`](Self::allow_no_auth), on a builder that stays where it is.
        #[inline]
        pub fn set_allow_no_auth(&mut self) -> &mut Self {
            self.settings.set_allow_no_auth(true);
            self
        }
        #collections
    }
}

fn collection_setters() -> TokenStream {
    quote! {
        /// Adds an interceptor; it runs after those added before.
        #[inline]
        pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
            self.settings.push_interceptor(SharedInterceptor::new(interceptor));
            self
        }
        /// As [`interceptor`](Self::interceptor), on a builder that stays where it is.
        #[inline]
        pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
            self.settings.push_interceptor(interceptor);
            self
        }
        /// Replaces the interceptors.
        #[inline]
        pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) -> &mut Self {
            self.settings.set_interceptors(interceptors);
            self
        }
        /// Adds a classifier that says whether a failed attempt is repeated; the last one that has an opinion wins.
        #[inline]
        pub fn retry_classifier(mut self, retry_classifier: impl retry::ClassifyRetry + 'static) -> Self {
            self.settings.push_retry_classifier(::farrier_runtime::config::SharedRetryClassifier::new(retry_classifier));
            self
        }
        /// As [`retry_classifier`](Self::retry_classifier), on a builder that stays where it is.
        #[inline]
        pub fn push_retry_classifier(&mut self, retry_classifier: ::farrier_runtime::config::SharedRetryClassifier) -> &mut Self {
            self.settings.push_retry_classifier(retry_classifier);
            self
        }
        /// Replaces the retry classifiers.
        #[inline]
        pub fn set_retry_classifiers(&mut self, retry_classifiers: impl IntoIterator<Item = ::farrier_runtime::config::SharedRetryClassifier>) -> &mut Self {
            self.settings.set_retry_classifiers(retry_classifiers);
            self
        }
        /// Names a framework in the user agent.
        #[inline]
        pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
            self.settings.push_framework_metadata(framework_metadata);
            self
        }
        /// As [`framework_metadata`](Self::framework_metadata), on a builder that stays where it is.
        #[inline]
        pub fn push_framework_metadata(&mut self, framework_metadata: FrameworkMetadata) -> &mut Self {
            self.settings.push_framework_metadata(framework_metadata);
            self
        }
    }
}

/// What calls in tests go without; behind a feature, where the client is a crate.
fn test_setters() -> TokenStream {
    let setters = [
        (
            [
                "apply_test_defaults",
                "with_test_defaults",
                "set_test_defaults",
            ],
            "a clock that stands at 2009-02-13T23:31:30Z, credentials that are none, and the latest defaults",
        ),
        (
            [
                "apply_test_defaults_v2",
                "with_test_defaults_v2",
                "set_test_defaults_v2",
            ],
            "what [`apply_test_defaults`](Self::apply_test_defaults) sets, and the region `us-east-1` where none is set",
        ),
    ];
    let setters = setters.map(|([apply, with, set], what)| {
        let about = doc::text(&format!("For tests: {what}."));
        let with_about = doc::text(&format!(
            "As [`{apply}`](Self::{apply}), on a builder that is handed on."
        ));
        let [apply, with, set] = [apply, with, set].map(ident);
        quote! {
            #about
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn #apply(&mut self) -> &mut Self {
                self.settings.#set();
                self
            }
            #with_about
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn #with(mut self) -> Self {
                self.settings.#set();
                self
            }
        }
    });
    quote!(#(#setters)*)
}

/// The service as the runtime sees it.
fn service(api: &Api) -> TokenStream {
    let service = &api.service;
    let (id, signing_name, query_compatible) = (
        &service.sdk_id,
        &service.signing_name,
        service.query_compatible,
    );
    let endpoint_per_call = api.endpoint.per_call;
    let protocol = match service.protocol {
        Protocol::AwsJson10 => quote!(AwsJson10),
        Protocol::AwsJson11 => quote!(AwsJson11),
    };
    quote! {
        /// What the runtime needs to know of the service.
        pub(crate) const SERVICE: &::farrier_runtime::internal::Service = &::farrier_runtime::internal::Service {
            id: #id,
            signing_name: #signing_name,
            protocol: ::farrier_runtime::internal::Protocol::#protocol,
            version: crate::meta::PKG_VERSION,
            endpoint_params: endpoint::built_in_params,
            endpoint_rules: endpoint::endpoint_rules,
            endpoint_per_call: #endpoint_per_call,
            auth_params: auth::params,
            query_compatible: #query_compatible,
        };
    }
}

const CONFIG: &[(&str, &str)] = &[
    ("config", "AppName"),
    ("config", "AsyncSleep"),
    ("config", "BehaviorVersion"),
    ("config", "ConfigBag"),
    ("config", "Credentials"),
    ("config", "FrameworkMetadata"),
    ("config", "FrozenLayer"),
    ("config", "HttpClient"),
    ("config", "IdentityCache"),
    ("config", "Intercept"),
    ("config", "IntoShared"),
    ("config", "Layer"),
    ("config", "ProvideCredentials"),
    ("config", "Region"),
    ("config", "ResolveCachedIdentity"),
    ("config", "RuntimeComponents"),
    ("config", "RuntimeComponentsBuilder"),
    ("config", "RuntimePlugin"),
    ("config", "SharedAsyncSleep"),
    ("config", "SharedCredentialsProvider"),
    ("config", "SharedHttpClient"),
    ("config", "SharedIdentityCache"),
    ("config", "SharedInterceptor"),
    ("config", "SharedRuntimePlugin"),
    ("config", "Sleep"),
    ("config", "StalledStreamProtectionConfig"),
];

/// `pub use` of each, from a module of the runtime.
pub(super) fn reexports(names: &[(&str, &str)]) -> Vec<TokenStream> {
    let reexport = |(module, name): &(&str, &str)| {
        let (module, name) = (ident(module), ident(name));
        quote!(pub use ::farrier_runtime::#module::#name;)
    };
    names.iter().map(reexport).collect()
}

/// The module `config::http`.
pub(super) fn http() -> Source {
    Source::new(
        &["config", "http"],
        Visibility::Public,
        "The HTTP messages, as interceptors see them.",
    )
    .items(reexports(&[
        ("http", "HttpRequest"),
        ("http", "HttpResponse"),
    ]))
}

/// The module `config::interceptors`.
pub(super) fn interceptors() -> Source {
    let names = [
        "AfterDeserializationInterceptorContextRef",
        "BeforeDeserializationInterceptorContextMut",
        "BeforeDeserializationInterceptorContextRef",
        "BeforeSerializationInterceptorContextMut",
        "BeforeSerializationInterceptorContextRef",
        "BeforeTransmitInterceptorContextMut",
        "BeforeTransmitInterceptorContextRef",
        "FinalizerInterceptorContextMut",
        "FinalizerInterceptorContextRef",
        "InterceptorContext",
    ];
    Source::new(
        &["config", "interceptors"],
        Visibility::Public,
        "What interceptors are given at each hook.",
    )
    .items(reexports(&names.map(|name| ("config", name))))
}

/// The module `config::retry`.
pub(super) fn retry() -> Source {
    let names = [
        "ClassifyRetry",
        "ClientRateLimiter",
        "ReconnectMode",
        "RetryAction",
        "RetryConfig",
        "RetryConfigBuilder",
        "RetryMode",
        "RetryPartition",
        "ShouldAttempt",
        "TokenBucket",
    ];
    Source::new(
        &["config", "retry"],
        Visibility::Public,
        "How failed attempts are repeated.",
    )
    .items(reexports(&names.map(|name| ("config", name))))
}

/// The module `config::timeout`.
pub(super) fn timeout() -> Source {
    Source::new(
        &["config", "timeout"],
        Visibility::Public,
        "How long to wait.",
    )
    .items(reexports(&[
        ("config", "TimeoutConfig"),
        ("config", "TimeoutConfigBuilder"),
    ]))
}
