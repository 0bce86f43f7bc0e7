//! The settings of a client or of one call, without anything that a service adds.

mod builder;
mod sdk_config;

pub use builder::SettingsBuilder;

use crate::config::{
    AccountIdEndpointMode, AppName, AuthSchemePreference, BehaviorVersion, FrameworkMetadata,
    IdempotencyTokenProvider, Region, RetryConfig, RetryPartition, SharedAsyncSleep,
    SharedAuthScheme, SharedAuthSchemeOptionResolver, SharedCredentialsProvider, SharedHttpClient,
    SharedIdentityCache, SharedInterceptor, SharedMeter, SharedRetryClassifier, SharedTimeSource,
    StalledStreamProtectionConfig, TimeoutConfig,
};
use crate::endpoint::SharedEndpointResolver;
use crate::internal::InputCheck;
use crate::primitives::Document;
use std::fmt;
use std::ops::Range;

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident, $set:ident: $type:ty $(, $kept:ident)?;)+) => {
        /// What is set, and nothing else; defaults are applied where a setting is used.
        #[derive(Clone, Default)]
        pub(crate) struct Fields {
            $(pub(crate) $name: Option<$type>,)+
            /// The settings that were set to `None`.
            cleared: Vec<&'static str>,
            pub(crate) allow_no_auth: bool,
            pub(crate) client_params: Vec<(&'static str, Document)>,
            pub(crate) framework_metadata: Vec<FrameworkMetadata>,
            pub(crate) auth_schemes: Vec<SharedAuthScheme>,
            pub(crate) interceptors: Vec<SharedInterceptor>,
            pub(crate) retry_classifiers: Vec<SharedRetryClassifier>,
        }

        impl Fields {
            /// Lays `over` on top: what it sets wins, what it adds is added at the end.
            fn overlay(&mut self, over: &Fields) {
                $(if over.$name.is_some() || over.clears(stringify!($name)) {
                    self.$name.clone_from(&over.$name);
                })+
                self.allow_no_auth |= over.allow_no_auth;
                for (name, value) in &over.client_params {
                    self.set_client_param(name, Some(value.clone()));
                }
                self.framework_metadata.extend_from_slice(&over.framework_metadata);
                self.auth_schemes.extend_from_slice(&over.auth_schemes);
                self.interceptors.extend_from_slice(&over.interceptors);
                self.retry_classifiers.extend_from_slice(&over.retry_classifiers);
            }
        }

        impl fmt::Debug for Fields {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let url = self.endpoint_url.as_deref().map(without_user);
                let mut shown = f.debug_struct("Fields");
                $(shown.field(stringify!($name), match stringify!($name) {
                    "endpoint_url" => &url,
                    _ => &self.$name,
                });)+
                shown
                    .field("allow_no_auth", &self.allow_no_auth)
                    .field("framework_metadata", &self.framework_metadata)
                    .field("interceptors", &self.interceptors)
                    .field("retry_classifiers", &self.retry_classifiers)
                    .finish()
            }
        }

        impl Settings {
            $($(#[doc = $doc])+
            pub fn $name(&self) -> Option<&$type> {
                self.0.$name.as_ref()
            })+
        }

        impl SettingsBuilder {
            $($(#[doc = $doc])+
            pub fn $set(&mut self, value: Option<$type>) -> &mut Self {
                // What is kept is not unset: `None` stands for "as before" there.
                $(let $kept = self.0.$name.take();
                let value = value.or($kept);)?
                self.0.note(stringify!($name), value.is_none());
                self.0.$name = value;
                self
            })+
        }
    };
}

/// Settings that a call can take away from a client by setting them to `None`. For the others `None` says nothing, as in the
/// official clients.
const CLEARABLE: [&str; 10] = [
    "region",
    "endpoint_url",
    "use_fips",
    "use_dual_stack",
    "endpoint_discovery_enabled",
    "app_name",
    "stalled_stream_protection",
    "auth_scheme_preference",
    "disable_clock_skew_correction",
    "input_check",
];

impl Fields {
    fn note(&mut self, name: &'static str, cleared: bool) {
        self.cleared.retain(|noted| *noted != name);
        if cleared {
            self.cleared.push(name);
        }
    }

    fn clears(&self, name: &str) -> bool {
        self.cleared.contains(&name) && CLEARABLE.contains(&name)
    }
}

/// An address as it may be shown: a user and a password in it, which no call can be made with, are not.
fn without_user(url: &str) -> String {
    match user_of(url) {
        Some(user) => format!("{}***{}", &url[..user.start], &url[user.end..]),
        None => url.to_owned(),
    }
}

/// Where an address has a user, and perhaps a password, before its host.
pub(super) fn user_of(url: &str) -> Option<Range<usize>> {
    let start = url.find("://").map_or(0, |scheme| scheme + 3);
    let length = url[start..].find(['/', '?', '#']);
    let authority = &url[start..length.map_or(url.len(), |length| start + length)];
    authority.rfind('@').map(|end| start..start + end)
}

/// The settings of a client. Made by [`SettingsBuilder`].
#[derive(Clone, Debug, Default)]
pub struct Settings(pub(crate) Fields);

settings! {
    /// Which defaults hold. There is one set of them so far, so any version means the same. Default: the latest.
    behavior_version, set_behavior_version: BehaviorVersion;
    /// The region that is called and signed for. Default: none, and calls fail unless the endpoint rules can do without.
    region, set_region: Region;
    /// Where credentials come from. Default: none, and calls that need a signature fail.
    credentials_provider, set_credentials_provider: SharedCredentialsProvider, kept;
    /// The address to call in place of the one the endpoint rules give. Default: none.
    endpoint_url, set_endpoint_url: String;
    /// Asked for the endpoint of every call in place of the model's rules. Default: the rules.
    endpoint_resolver, set_endpoint_resolver: SharedEndpointResolver;
    /// Whether to call FIPS endpoints. Default: no.
    use_fips, set_use_fips: bool;
    /// Whether to call endpoints that have IPv6 addresses too. Default: no.
    use_dual_stack, set_use_dual_stack: bool;
    /// Whether to ask the service for its endpoint. Default: for calls that only such an endpoint answers; with `false` they are
    /// refused.
    endpoint_discovery_enabled, set_endpoint_discovery_enabled: bool;
    /// Sends the requests. Default: with the feature `https` the client of this crate, else none.
    http_client, set_http_client: SharedHttpClient;
    /// How often and when a failed attempt is repeated. Default: standard mode, 3 attempts.
    retry_config, set_retry_config: RetryConfig, kept;
    /// Who shares the retry quota. Default: the client and its clones.
    retry_partition, set_retry_partition: RetryPartition, kept;
    /// How long to wait for what. Default: 3.1 s to connect, otherwise without end.
    timeout_config, put_timeout_config: TimeoutConfig, kept;
    /// Waits. Default: with the feature `rt-tokio` tokio's clock, else none.
    sleep_impl, set_sleep_impl: SharedAsyncSleep;
    /// Tells the time for signatures and expiry. Default: the system's clock.
    time_source, set_time_source: SharedTimeSource;
    /// Names the application in the user agent. Default: none.
    app_name, set_app_name: AppName;
    /// Keeps credentials between calls. Default: a cache of the client's own.
    identity_cache, set_identity_cache: SharedIdentityCache;
    /// Whether endpoints that belong to the account of the credentials are called, where a service has them. Default:
    /// preferred.
    account_id_endpoint_mode, set_account_id_endpoint_mode: AccountIdEndpointMode;
    /// Whether and when a response body that does not move ends the call. Default: after 5 s.
    stalled_stream_protection, set_stalled_stream_protection: StalledStreamProtectionConfig;
    /// Which kinds of signature to prefer. The only kind there is so far is SigV4, so the preference changes nothing. Default:
    /// the order of the model.
    auth_scheme_preference, set_auth_scheme_preference: AuthSchemePreference;
    /// Asked for the kinds of signature to try, and their order. Default: the model's.
    auth_scheme_resolver, set_auth_scheme_resolver: SharedAuthSchemeOptionResolver;
    /// Whether to sign with the local clock even when the service's differs. Default: no.
    disable_clock_skew_correction, set_disable_clock_skew_correction: bool;
    /// Told of each call and each attempt when it ends. Default: none.
    meter, set_meter: SharedMeter;
    /// Makes idempotency tokens. Default: random ones.
    idempotency_token_provider, set_idempotency_token_provider: IdempotencyTokenProvider;
    /// Whether to send large bodies as they are, where the model asks for compression. Default: no.
    disable_request_compression, set_disable_request_compression: bool;
    /// From how many bytes on a body is compressed: 0 to 10485760. Default: 10240.
    request_min_compression_size_bytes, set_request_min_compression_size_bytes: u32;
    /// Checks inputs before they are sent. Default: the service does.
    input_check, set_input_check: InputCheck;
}

impl Fields {
    fn set_client_param(&mut self, name: &'static str, value: Option<Document>) {
        self.client_params.retain(|(known, _)| *known != name);
        self.client_params.extend(value.map(|value| (name, value)));
    }
}

impl Settings {
    /// Whether a call without a credentials provider is sent unsigned. Default: no.
    pub fn allow_no_auth(&self) -> bool {
        self.0.allow_no_auth
    }

    /// The settings that only one service has, by their names in the model. Default: none.
    pub(crate) fn client_params(&self) -> &[(&'static str, Document)] {
        &self.0.client_params
    }

    /// A setting that only one service has, by its name in the model. Default: none.
    pub fn client_param(&self, name: &str) -> Option<&Document> {
        let mut params = self.0.client_params.iter();
        params
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Frameworks to name in the user agent, in order. Default: none.
    pub fn framework_metadata(&self) -> &[FrameworkMetadata] {
        &self.0.framework_metadata
    }

    /// The user's kinds of signature. Default: none.
    pub fn auth_schemes(&self) -> &[SharedAuthScheme] {
        &self.0.auth_schemes
    }

    /// The user's interceptors, in the order they run. Default: none.
    pub fn interceptors(&self) -> &[SharedInterceptor] {
        &self.0.interceptors
    }

    /// The user's retry classifiers. Default: none.
    pub fn retry_classifiers(&self) -> &[SharedRetryClassifier] {
        &self.0.retry_classifiers
    }

    /// A builder that starts from these settings.
    pub fn to_builder(&self) -> SettingsBuilder {
        SettingsBuilder(self.0.clone())
    }

    /// These settings with those of one call on top.
    pub(crate) fn overlaid(&self, over: &SettingsBuilder) -> Settings {
        let mut fields = self.0.clone();
        fields.overlay(&over.0);
        // Timeouts are laid over one by one, so that a call can change one and keep the others.
        if let (Some(timeouts), Some(base)) = (&mut fields.timeout_config, &self.0.timeout_config) {
            timeouts.take_defaults_from(base);
        }
        Settings(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_in_an_address_is_found_and_not_shown() {
        for (url, shown) in [
            ("https://a:b@host", "https://***@host"),
            ("http://a@host:1/path", "http://***@host:1/path"),
            ("a:b@c@host", "***@host"),
            ("https://@host", "https://***@host"),
        ] {
            assert!(user_of(url).is_some(), "{url}");
            let mut settings = SettingsBuilder::new();
            settings.set_endpoint_url(Some(url.into()));
            let debug = format!("{settings:?}");
            assert!(debug.contains(&format!("{shown:?}")), "{debug}");
        }
        for url in [
            "https://host",
            "http://host:1/a@b",
            "https://host?a@b",
            "https://host#@",
            "",
        ] {
            assert_eq!((user_of(url), without_user(url).as_str()), (None, url));
        }
    }

    #[test]
    fn a_call_takes_a_setting_away_by_none() {
        let mut client = SettingsBuilder::new();
        client
            .set_endpoint_url(Some("https://example.com".into()))
            .set_use_fips(Some(true))
            .set_retry_config(Some(RetryConfig::disabled()));
        let client = client.build();
        let mut over = SettingsBuilder::new();
        over.set_endpoint_url(None).set_retry_config(None);
        let call = client.overlaid(&over);
        assert_eq!((call.endpoint_url(), call.use_fips()), (None, Some(&true)));
        assert!(call.retry_config().is_some());
        over.set_endpoint_url(Some("https://example.org".into()));
        let call = client.overlaid(&over);
        assert_eq!(
            call.endpoint_url().map(String::as_str),
            Some("https://example.org")
        );
    }
}
