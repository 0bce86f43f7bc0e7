// Included once for each client, with its crate as `kms`.

use crate::counted::Counted;
use crate::onlooker::{Onlooker, Way};
use crate::sequences::{Clock, Mode};
use crate::told::{self, Called, Told};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use farrier_faults::catalogue::{CONNECT_LIMIT, LIMIT};
use farrier_faults::{Authority, Fault, Limits, Service};
use kms::config::retry::RetryConfig;
use kms::config::timeout::TimeoutConfig;
use kms::config::{BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig};
use kms::error::ProvideErrorMetadata;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Meets a fault; what the caller is told.
pub(crate) async fn meet(
    fault: Fault,
    authority: Arc<Authority>,
    transport: SharedHttpClient,
    way: Way,
) -> Told {
    let service = Service::start(&fault, &authority).await.expect("a port");
    let transport = Counted::new(transport);
    let client = client(&service, &transport, fault.limits, way);
    for _ in 1..fault.calls {
        client.list_keys().send().await.expect("an output at first");
        // The service may do something to the idle connection.
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    let before = transport.attempts();
    let began = Instant::now();
    let call = client.list_keys().send();
    let (is_output, sees, says) = match told::unless_given_up(fault.limits, call).await {
        None => (false, "nothing, until it gives up".to_owned(), Vec::new()),
        Some(Ok(output)) => (true, format!("{output:?}"), Vec::new()),
        Some(Err(error)) => {
            let (code, message) = (error.code(), error.message());
            (false, told::sees(&error, code, message), told::says(&error))
        }
    };
    let took = began.elapsed();
    let left_open = if fault.holds() && !is_output {
        told::left_open(&service).await
    } else {
        0
    };
    Told {
        is_output,
        sees,
        says,
        attempts: transport.attempts() - before,
        took,
        left_open,
    }
}

fn client(service: &Service, transport: &Counted, limits: Limits, way: Way) -> kms::Client {
    let mut timeouts = TimeoutConfig::builder();
    if !matches!(limits, Limits::Caller) {
        timeouts = timeouts.read_timeout(LIMIT);
        // Looking a name up takes as long as the resolver pleases, and is a part of connecting.
        timeouts = timeouts.connect_timeout(if service.url().contains("invalid") {
            10 * LIMIT
        } else {
            CONNECT_LIMIT
        });
    }
    if matches!(limits, Limits::Attempt) {
        timeouts = timeouts.operation_attempt_timeout(2 * LIMIT);
    }
    if matches!(limits, Limits::Operation) {
        timeouts = timeouts.operation_timeout(2 * LIMIT);
    }
    let stalled = StalledStreamProtectionConfig::enabled().grace_period(LIMIT);
    let mut config = kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "faults"))
        .endpoint_url(service.url())
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        // The quota of the official client is that of the whole process.
        .retry_partition(kms::config::retry::RetryPartition::new(service.url().to_owned()))
        .timeout_config(timeouts.build())
        .stalled_stream_protection(stalled.build())
        .http_client(transport.clone());
    if way == Way::Hooked {
        config = config.interceptor(Onlooker);
    }
    kms::Client::from_conf(config.build())
}

/// A client whose pauses take no time and have no random part.
pub(crate) async fn called(
    service: &Service,
    transport: &Counted,
    clock: &Clock,
    mode: Mode,
) -> Box<dyn Called> {
    let retries = if mode.adaptive {
        RetryConfig::adaptive()
    } else {
        RetryConfig::standard()
    };
    let retries = retries
        .with_max_attempts(mode.attempts)
        .with_initial_backoff(mode.first_pause)
        .with_max_backoff(mode.longest_pause)
        .with_use_static_exponential_base(true);
    let mut config = kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "faults"))
        .endpoint_url(service.url())
        .retry_config(retries)
        .retry_partition(kms::config::retry::RetryPartition::new(service.url().to_owned()))
        // Pauses are then all that anyone sleeps.
        .identity_cache(kms::config::IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .time_source(clock.clone())
        .sleep_impl(clock.clone())
        .http_client(transport.clone());
    if mode.way == Way::Hooked {
        config = config.interceptor(Onlooker);
    }
    Box::new(kms::Client::from_conf(config.build()))
}

impl Called for kms::Client {
    fn call(&self) -> Pin<Box<dyn Future<Output = String> + '_>> {
        Box::pin(async {
            match self.list_keys().send().await {
                Ok(output) => format!("{output:?}"),
                Err(error) => told::sees(&error, error.code(), error.message()),
            }
        })
    }
}
