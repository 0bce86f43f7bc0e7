//! The module `config`: the settings of a client.

mod modules;
mod setting;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, doc, joined, template, validation};
use crate::api::{Api, Operation, Protocol};
use crate::order;
use modules::CONFIG;
pub(super) use modules::{http, interceptors, reexports, retry, timeout};
use setting::{Setting, client_getter, client_setters, has_account_mode, ident, settings};

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
    order::sort(&mut names);
    let source = Source::new(
        &["config"],
        Visibility::Public,
        "The settings of a client, and the types they are made of.",
    );
    source
        .items(reexports(&names))
        .items(validation::reexports(api, "config", &["InputValidation"]))
        .items(the_config(api))
        .items(the_builder(api))
        .item(service(api))
        .items(discovery(api))
}

fn the_config(api: &Api) -> Vec<TokenStream> {
    let own = api.endpoint.client_params.iter().map(client_getter);
    let getters = settings(api).map(Setting::getter).chain(own);
    let getters = joined(getters.chain(validation::getter(api)));
    let signing_name = &api.service.signing_name;
    let id = &api.service.sdk_id;
    vec![
        template! {
            /// The settings of a [`Client`](crate::Client).
            ///
            /// Made by [`Config::builder`], or from the application's shared configuration by [`Config::new`].
            #[derive(Clone, Debug)]
            pub struct Config {
                pub(crate) settings: ::farrier_runtime::internal::Settings,
            }
        },
        template! { [signing_name, getters] =>
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
                #getters
            }
        },
        template! {
            impl ::std::convert::From<&::farrier_runtime::config::SdkConfig> for Config {
                #[inline]
                fn from(config: &::farrier_runtime::config::SdkConfig) -> Self {
                    Self::new(config)
                }
            }
        },
        template! { [id] =>
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
    let setters = joined(settings(api).map(Setting::setters));
    let own = joined(api.endpoint.client_params.iter().map(client_setters));
    let validate_input = validation::setters(api);
    let more = more_setters();
    let test_setters = test_setters();
    vec![
        template! {
            /// Collects the settings of a client, or those that one call changes.
            #[derive(Clone, Debug, Default)]
            pub struct Builder {
                pub(crate) settings: ::farrier_runtime::internal::SettingsBuilder,
            }
        },
        template! { [setters, own, validate_input, more, test_setters] =>
            impl Builder {
                /// A builder with nothing set.
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }
                #setters
                #own
                #validate_input
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
    template! { [collections] =>
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
    template! {
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
        template! { [about, apply, set, with_about, with] =>
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
    joined(setters)
}

/// The service as the runtime sees it.
fn service(api: &Api) -> TokenStream {
    let service = &api.service;
    let (id, signing_name, query_compatible) = (
        &service.sdk_id,
        &service.signing_name,
        service.query_compatible,
    );
    let (endpoint_per_call, account_id_endpoints) = (api.endpoint.per_call, has_account_mode(api));
    let protocol = match service.protocol {
        Protocol::AwsJson10 => quote!(AwsJson10),
        Protocol::AwsJson11 => quote!(AwsJson11),
    };
    template! { [id, signing_name, protocol, endpoint_per_call, account_id_endpoints, query_compatible] =>
        /// What the runtime needs to know of the service.
        pub(crate) const SERVICE: &::farrier_runtime::internal::Service = &::farrier_runtime::internal::Service {
            id: #id,
            signing_name: #signing_name,
            protocol: ::farrier_runtime::internal::Protocol::#protocol,
            version: crate::meta::PKG_VERSION,
            endpoint_params: endpoint::built_in_params,
            auth_params: auth::params,
            endpoint_rules: endpoint::endpoint_rules,
            endpoint_per_call: #endpoint_per_call,
            account_id_endpoints: #account_id_endpoints,
            query_compatible: #query_compatible,
        };
    }
}

/// How the service names endpoints, where it does.
fn discovery(api: &Api) -> Option<TokenStream> {
    let discovery = api.discovery.as_ref()?;
    let operation = &discovery.operation;
    let target = format!("{}.{operation}", api.service.target_prefix);
    let error = match &discovery.error {
        Some(error) => quote!(::std::option::Option::Some(#error)),
        None => quote!(::std::option::Option::None),
    };
    let (by_operation, by_identifiers) = (discovery.by_operation, discovery.by_identifiers);
    Some(
        template! { [operation, target, error, by_operation, by_identifiers] =>
            /// How the service names the endpoints to call.
            pub(crate) const DISCOVERY: &::farrier_runtime::internal::Discovery = &::farrier_runtime::internal::Discovery {
                operation: &::farrier_runtime::internal::OperationMetadata {
                    name: #operation,
                    target: #target,
                    service: SERVICE,
                },
                error: #error,
                by_operation: #by_operation,
                by_identifiers: #by_identifiers,
            };
        },
    )
}
