//! What is decided once for all calls with the same settings.

use crate::config::{
    AccountIdEndpointMode, ConfigBag, RetryConfig, RuntimeComponents, SharedAsyncSleep,
    SharedTimeSource, StalledStreamProtectionConfig, TimeoutConfig,
};
use crate::endpoint::{SharedEndpointResolver, is_valid_host_label};
use crate::error::BoxError;
use crate::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use crate::internal::components;
use crate::internal::credentials::{CredentialsCache, Identities};
use crate::internal::endpoints::Target;
use crate::internal::handle::Shared;
use crate::internal::{BuiltIns, Service, Settings, connect, user_agent};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

/// How long connecting may take unless set.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// How long a response body may stand still unless set.
const STALL_GRACE: Duration = Duration::from_secs(5);

/// Settings with their defaults, and what follows from them.
pub(super) struct Plan {
    pub(super) service: &'static Service,
    pub(super) settings: Settings,
    pub(super) retry: RetryConfig,
    pub(super) timeouts: TimeoutConfig,
    pub(super) sleep: Option<SharedAsyncSleep>,
    pub(super) time: SharedTimeSource,
    pub(super) identities: Identities,
    pub(super) user_agent: String,
    /// How long a response body may stand still; `None` when it may for ever.
    pub(super) stall: Option<Duration>,
    resolver: OnceLock<SharedEndpointResolver>,
    target: OnceLock<Arc<Target>>,
    /// Where the last call went.
    last: RwLock<Option<Arc<Target>>>,
    components: OnceLock<RuntimeComponents>,
    bag: OnceLock<ConfigBag>,
    connector: OnceLock<SharedHttpConnector>,
}

impl Plan {
    pub(super) fn new(
        service: &'static Service,
        settings: Settings,
        credentials: Arc<CredentialsCache>,
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
            timeouts,
            stall,
            settings,
            resolver: OnceLock::new(),
            target: OnceLock::new(),
            last: RwLock::default(),
            components: OnceLock::new(),
            bag: OnceLock::new(),
            connector: OnceLock::new(),
        }
    }

    /// Refuses a region that could make another host of an endpoint's, and an endpoint that is none.
    pub(super) fn check(&self) -> Result<(), BoxError> {
        if self.settings.endpoint_url().is_some_and(String::is_empty) {
            return Err("the endpoint URL is empty: leave it unset, or name an address".into());
        }
        match self.settings.region() {
            Some(region) if !is_valid_host_label(region.as_ref(), true) => Err(format!(
                "the region `{region}` cannot be part of a host name: it may hold letters, digits and hyphens"
            )
            .into()),
            _ => Ok(()),
        }
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

    /// Whether a call has to go the long way, on which others look in.
    pub(super) fn hooked(&self) -> bool {
        !self.settings.interceptors().is_empty() || !self.settings.retry_classifiers().is_empty()
    }

    /// What the official traits want to know of a client.
    pub(super) fn components(&self, shared: &Shared) -> Result<&RuntimeComponents, BoxError> {
        if let Some(components) = self.components.get() {
            return Ok(components);
        }
        let built = components::build(self, self.http_client(shared))?;
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

    /// How long loading credentials may take: as long as a provider that calls a service needs for all its attempts.
    pub(super) fn load_timeout(&self) -> Duration {
        let attempts = self.retry.max_attempts().max(1);
        let connect = self
            .timeouts
            .connect_timeout()
            .unwrap_or_default()
            .max(CONNECT_TIMEOUT);
        let attempt = self
            .timeouts
            .operation_attempt_timeout()
            .unwrap_or_default()
            .max(connect * 2);
        let pauses: Duration = (0..attempts.min(32) - 1)
            .map(|step| {
                self.retry
                    .initial_backoff()
                    .saturating_mul(1 << step)
                    .min(self.retry.max_backoff())
            })
            .sum();
        attempt.saturating_mul(attempts).saturating_add(pauses)
    }

    fn http_client(&self, shared: &Shared) -> Option<SharedHttpClient> {
        let own = self.settings.http_client().cloned();
        own.or_else(|| {
            shared
                .default_http
                .get_or_init(connect::default_client)
                .clone()
        })
    }

    /// What sends requests with these settings.
    pub(super) fn connector(&self, shared: &Shared) -> Result<&SharedHttpConnector, BoxError> {
        if let Some(connector) = self.connector.get() {
            return Ok(connector);
        }
        let components = self.components(shared)?;
        let client = components.http_client().ok_or(
            "no HTTP client: enable the feature `https` of farrier-runtime, or set `http_client` in the client's configuration",
        )?;
        let mut settings = HttpConnectorSettings::builder();
        settings.set_connect_timeout(self.timeouts.connect_timeout());
        settings.set_read_timeout(self.timeouts.read_timeout());
        let connector = client.http_connector(&settings.build(), components);
        Ok(self.connector.get_or_init(|| connector))
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

fn stall_of(protection: &StalledStreamProtectionConfig) -> Option<Duration> {
    (protection.is_enabled() && protection.download_enabled()).then(|| protection.grace_period())
}

fn default_sleep() -> Option<SharedAsyncSleep> {
    aws_smithy_async::rt::sleep::default_async_sleep()
}
