// Included once for each client, with its crate as `kms`.

use crate::setup::{PinHeaders, Setup};
use farrier_conformance::{self as support, Call, LeftOut, Outcome};
pub(super) use kms::Client;
use std::collections::HashMap;

/// A client that sends through the transport of the setup.
pub(super) fn client(setup: &Setup) -> kms::Client {
    let credentials = kms::config::Credentials::new(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        setup.session_token.map(String::from),
        None,
        "conformance",
    );
    let mut config = kms::Config::builder()
        .behavior_version(kms::config::BehaviorVersion::latest())
        .credentials_provider(credentials)
        .time_source(aws_smithy_async::time::StaticTimeSource::new(support::now()))
        .retry_config(kms::config::retry::RetryConfig::disabled())
        .http_client(setup.transport.clone());
    config.set_region(setup.region.map(kms::config::Region::new));
    config.set_use_fips(setup.use_fips);
    config.set_use_dual_stack(setup.use_dual_stack);
    config.set_endpoint_url(setup.endpoint_url.map(String::from));
    if setup.pins_headers {
        config.push_interceptor(kms::config::SharedInterceptor::new(PinHeaders));
    }
    kms::Client::from_conf(config.build())
}
