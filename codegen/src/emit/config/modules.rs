//! The modules below `config`, which hold types of the runtime under their usual paths.

use proc_macro2::TokenStream;
use quote::quote;

use super::setting::ident;
use crate::emit::{Source, Visibility};
use crate::list::List as _;

pub(super) const CONFIG: &[(&str, &str)] = &[
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
    ("config", "MeasuredAttempt"),
    ("config", "MeasuredCall"),
    ("config", "Meter"),
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
    ("config", "SharedMeter"),
    ("config", "SharedRuntimePlugin"),
    ("config", "Sleep"),
    ("config", "StalledStreamProtectionConfig"),
];

/// `pub use` of each, from a module of the runtime.
pub(in crate::emit) fn reexports(names: &[(&str, &str)]) -> Vec<TokenStream> {
    let reexport = |(module, name): &(&str, &str)| {
        let (module, name) = (ident(module), ident(name));
        quote!(pub use ::farrier_runtime::#module::#name;)
    };
    names.iter().map(reexport).list()
}

/// The module `config::http`.
pub(in crate::emit) fn http() -> Source {
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
pub(in crate::emit) fn interceptors() -> Source {
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
pub(in crate::emit) fn retry() -> Source {
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
pub(in crate::emit) fn timeout() -> Source {
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
