//! What is decided once for all calls with the same settings.

mod transport;

pub(super) use transport::Transport;

use crate::config::{
    AccountIdEndpointMode, ConfigBag, RetryConfig, RuntimeComponents, SharedAsyncSleep,
    SharedTimeSource, StalledStreamProtectionConfig, TimeoutConfig,
};
use crate::endpoint::{Endpoint, SharedEndpointResolver, is_valid_host_label};
use crate::error::BoxError;
use crate::internal::components;
use crate::internal::credentials::{CredentialsCache, Identities};
use crate::internal::endpoints::Target;
use crate::internal::handle::{ClockSkew, Shared};
use crate::internal::retry::Quota;
use crate::internal::settings::user_of;
use crate::internal::{BuiltIns, Service, Settings, user_agent};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

/// How long connecting may take unless set.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// How long a response body may stand still unless set.
const STALL_GRACE: Duration = Duration::from_secs(5);

/// Settings with their defaults, and what follows from them.
pub(super) struct Plan {
    pub(super) service: &'static Service,
    pub(super) settings: Settings,
    pub(super) retry: RetryConfig,
    pub(super) quota: Quota,
    pub(super) timeouts: TimeoutConfig,
    pub(super) sleep: Option<SharedAsyncSleep>,
    pub(super) time: SharedTimeSource,
    pub(super) identities: Identities,
    pub(super) user_agent: String,
    /// How long a response body may stand still; `None` when it may for ever.
    pub(super) stall: Option<Duration>,
    /// Set once the settings were found to be good.
    checked: OnceLock<()>,
    resolver: OnceLock<SharedEndpointResolver>,
    target: OnceLock<Arc<Target>>,
    /// Where the last call went.
    last: RwLock<Option<Arc<Target>>>,
    components: OnceLock<RuntimeComponents>,
    bag: OnceLock<ConfigBag>,
    transport: OnceLock<Transport>,
}

impl Plan {
    pub(super) fn new(
        service: &'static Service,
        settings: Settings,
        credentials: Arc<CredentialsCache>,
        quota: Quota,
    ) -> Self {
        let retry = settings
            .retry_config()
            .cloned()
            .unwrap_or_else(RetryConfig::standard);
        let mut timeouts = settings
            .timeout_config()
            .cloned()
            .unwrap_or_else(|| TimeoutConfig::builder().build());
        timeouts.take_defaults_from(
            &TimeoutConfig::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .build(),
        );
        let stall = match settings.stalled_stream_protection() {
            Some(protection) => stall_of(protection),
            None => Some(STALL_GRACE),
        };
        Self {
            service,
            sleep: settings.sleep_impl().cloned().or_else(default_sleep),
            time: settings.time_source().cloned().unwrap_or_default(),
            identities: Identities::new(&settings, credentials),
            user_agent: user_agent::value(service, &settings, retry.mode()),
            retry,
            quota,
            timeouts,
            stall,
            settings,
            checked: OnceLock::new(),
            resolver: OnceLock::new(),
            target: OnceLock::new(),
            last: RwLock::default(),
            components: OnceLock::new(),
            bag: OnceLock::new(),
            transport: OnceLock::new(),
        }
    }

    /// The plan of a call that the client makes by itself, on which no interceptor looks in.
    pub(super) fn without_interceptors(&self) -> Self {
        let mut settings = self.settings.clone();
        settings.0.interceptors.clear();
        let credentials = self.identities.cache().clone();
        Self::new(self.service, settings, credentials, self.quota.clone())
    }

    /// Refuses settings that no call can be made with.
    ///
    /// # Errors
    ///
    /// The region could make another host of an endpoint's, the endpoint URL is empty or names a user, or something needs to
    /// sleep and cannot.
    pub(super) fn check(&self) -> Result<(), BoxError> {
        if self.checked.get().is_some() {
            return Ok(());
        }
        match self.settings.endpoint_url() {
            // The URL may hold a password, so it is not shown.
            Some(url) if user_of(url).is_some() => {
                Err("`endpoint_url` names a user: remove what stands before the `@`")?
            }
            Some(url) if url.is_empty() => {
                Err("the endpoint URL is empty: leave it unset, or name an address")?
            }
            _ => self.check_region()?,
        }
        if self.sleep.is_none() {
            self.check_without_sleep()?;
        }
        let _ = self.checked.set(());
        Ok(())
    }

    fn check_region(&self) -> Result<(), BoxError> {
        match self.settings.region() {
            Some(region) if !is_valid_host_label(region.as_ref(), true) => Err(format!(
                "the region `{region}` cannot be part of a host name: it may hold letters, digits and hyphens"
            )
            .into()),
            _ => Ok(()),
        }
    }

    fn check_without_sleep(&self) -> Result<(), BoxError> {
        let limits = self.settings.timeout_config();
        let what = if self.retry.has_retry() {
            "to repeat failed attempts: set `sleep_impl`, or no repetitions in `retry_config`,"
        } else if limits.is_some_and(TimeoutConfig::has_timeouts) {
            "for timeouts: set `sleep_impl`, or no timeouts in `timeout_config`,"
        } else {
            return Ok(());
        };
        Err(format!("the client has no clock {what} in the client's configuration").into())
    }

    /// How far the service's clock is known to be ahead, in milliseconds; 0 when that is not to be corrected.
    pub(super) fn skew(&self, shared: &Shared) -> i64 {
        if self.corrects_clock() {
            shared.skew.millis()
        } else {
            0
        }
    }

    pub(super) fn corrects_clock(&self) -> bool {
        self.settings.disable_clock_skew_correction() != Some(&true)
    }

    pub(super) fn built_ins(&self) -> BuiltIns<'_> {
        built_ins(&self.settings)
    }

    /// What finds endpoints: the user's resolver, or the model's rules.
    pub(super) fn resolver(&self) -> &SharedEndpointResolver {
        let users = self.settings.endpoint_resolver();
        users.unwrap_or_else(|| self.resolver.get_or_init(self.service.endpoint_rules))
    }

    /// Whether all calls go to the same endpoint.
    pub(super) fn has_one_target(&self) -> bool {
        !self.service.endpoint_per_call && self.settings.endpoint_resolver().is_none()
    }

    /// Where the model's rules send all calls; asked once, unless they fail.
    pub(super) async fn target(&self) -> Result<Arc<Target>, BoxError> {
        if let Some(target) = self.target.get() {
            return Ok(target.clone());
        }
        let mut params = (self.service.endpoint_params)(&self.built_ins())?;
        let target = Target::from_resolver(self.resolver(), &mut params, None, self).await?;
        Ok(self.target.get_or_init(|| target).clone())
    }

    /// Where the last call went, of those that do not all go to the same endpoint.
    pub(super) fn last_target(&self) -> Option<Arc<Target>> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }

    pub(super) fn keep_target(&self, target: &Arc<Target>) {
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        *last = Some(target.clone());
    }

    /// Refuses an address without TLS, unless the user gave it, on purpose, or it does not leave this machine: DynamoDB's
    /// rules have such a one for a region `local`.
    pub(super) fn check_endpoint(&self, endpoint: &Endpoint) -> Result<(), BoxError> {
        let Some(rest) = endpoint.url().strip_prefix("http://") else {
            return Ok(());
        };
        let host = rest.split([':', '/']).next();
        let on_purpose =
            self.settings.endpoint_url().is_some() || self.settings.endpoint_resolver().is_some();
        if on_purpose || matches!(host, Some("localhost" | "127.0.0.1")) {
            return Ok(());
        }
        Err("the endpoint rules of the service lead to an address without TLS: set `endpoint_url` to call it nevertheless".into())
    }

    /// Whether a call has to go the long way, on which others look in.
    pub(super) fn hooked(&self) -> bool {
        !self.settings.interceptors().is_empty()
            || !self.settings.retry_classifiers().is_empty()
            || self.signed_by_user()
    }

    /// Whether the user has a say in how requests are signed.
    pub(super) fn signed_by_user(&self) -> bool {
        self.settings.auth_scheme_resolver().is_some() || !self.settings.auth_schemes().is_empty()
    }

    /// What the official traits want to know of a client.
    pub(super) fn components(&self, shared: &Shared) -> Result<&RuntimeComponents, BoxError> {
        if let Some(components) = self.components.get() {
            return Ok(components);
        }
        let skew = if self.corrects_clock() {
            shared.skew.clone()
        } else {
            ClockSkew::default()
        };
        let built = components::build(self, self.http_client(shared), &skew)?;
        Ok(self.components.get_or_init(|| built))
    }

    /// The settings as the official code looks them up.
    pub(super) fn bag(&self) -> &ConfigBag {
        self.bag.get_or_init(|| {
            let mut bag = ConfigBag::base();
            bag.push_shared_layer(components::layer(self));
            bag
        })
    }
}

/// The settings that endpoint rules can ask for.
pub(super) fn built_ins(settings: &Settings) -> BuiltIns<'_> {
    BuiltIns {
        region: settings.region().map(AsRef::as_ref),
        use_fips: settings.use_fips().copied().unwrap_or_default(),
        use_dual_stack: settings.use_dual_stack().copied().unwrap_or_default(),
        endpoint: settings.endpoint_url().map(String::as_str),
        account_id_endpoint_mode: match settings.account_id_endpoint_mode() {
            Some(AccountIdEndpointMode::Disabled) => "disabled",
            Some(AccountIdEndpointMode::Required) => "required",
            _ => "preferred",
        },
        client_params: settings.client_params(),
    }
}

pub(super) fn stall_of(protection: &StalledStreamProtectionConfig) -> Option<Duration> {
    (protection.is_enabled() && protection.download_enabled()).then(|| protection.grace_period())
}

fn default_sleep() -> Option<SharedAsyncSleep> {
    aws_smithy_async::rt::sleep::default_async_sleep()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint};
    use crate::internal::credentials::load_timeout;
    use crate::internal::{Protocol, SettingsBuilder};

    #[derive(Debug)]
    struct WithoutTls;

    impl ResolveEndpoint for WithoutTls {
        fn resolve_endpoint<'a>(
            &'a self,
            params: &'a EndpointResolverParams,
        ) -> EndpointFuture<'a> {
            let host = match params.get::<IsLocal>() {
                Some(IsLocal(true)) => "localhost:8000",
                _ => "example.com",
            };
            EndpointFuture::ready(Ok(Endpoint::builder()
                .url(format!("http://{host}"))
                .build()))
        }
    }

    #[derive(Debug)]
    struct IsLocal(bool);

    static SERVICE: Service = Service {
        id: "Test",
        signing_name: "test",
        protocol: Protocol::AwsJson11,
        version: "1.0.0",
        endpoint_params: |settings| {
            let is_local = IsLocal(settings.region == Some("local"));
            Ok(EndpointResolverParams::new(is_local))
        },
        endpoint_rules: || SharedEndpointResolver::new(WithoutTls),
        auth_params: crate::config::AuthSchemeOptionResolverParams::new,
        endpoint_per_call: false,
        account_id_endpoints: false,
        query_compatible: false,
    };

    fn plan(configure: impl FnOnce(&mut SettingsBuilder)) -> Plan {
        let mut settings = SettingsBuilder::new();
        configure(&mut settings);
        Plan::new(&SERVICE, settings.build(), Arc::default(), Quota::default())
    }

    #[tokio::test]
    async fn addresses_without_tls_are_called_on_purpose_only() {
        let error = plan(|_| {}).target().await.expect_err("not asked for");
        assert!(error.to_string().contains("without TLS"), "{error}");
        let plan = plan(|settings| {
            settings.set_endpoint_url(Some("http://example.com".into()));
        });
        assert!(plan.target().await.is_ok());
        let region = crate::config::Region::new("local");
        let local = self::plan(|settings| {
            settings.set_region(Some(region));
        });
        assert!(local.target().await.is_ok());
    }

    #[test]
    fn time_limits_without_end_are_no_fault() {
        let all = TimeoutConfig::builder()
            .connect_timeout(Duration::MAX)
            .operation_attempt_timeout(Duration::MAX);
        let retry = RetryConfig::standard()
            .with_max_attempts(50)
            .with_initial_backoff(Duration::MAX)
            .with_max_backoff(Duration::MAX);
        let plan = plan(|settings| {
            settings
                .set_timeout_config(Some(all.build()))
                .set_retry_config(Some(retry));
        });
        assert_eq!(load_timeout(&plan.retry, &plan.timeouts), Duration::MAX);
    }

    #[test]
    fn what_needs_a_clock_is_refused_without_one() {
        let refused = |configure: fn(&mut SettingsBuilder)| {
            let mut plan = plan(configure);
            plan.sleep = None;
            plan.check().err().map(|error| error.to_string())
        };
        let text = refused(|_| {}).expect("failed attempts are to be repeated");
        assert!(text.contains("`sleep_impl`, or no repetitions"), "{text}");
        let text = refused(|settings| {
            let second = Duration::from_secs(1);
            let timeouts = TimeoutConfig::builder().operation_timeout(second);
            settings
                .set_retry_config(Some(RetryConfig::disabled()))
                .set_timeout_config(Some(timeouts.build()));
        });
        assert!(text.is_some_and(|text| text.contains("`sleep_impl`, or no timeouts")));
        let text = refused(|settings| {
            settings.set_retry_config(Some(RetryConfig::disabled()));
        });
        assert_eq!(text, None);
    }
}
