//! What the application's shared configuration says.

use super::{Fields, SettingsBuilder};
use crate::config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

impl SettingsBuilder {
    /// Takes over what the application's shared configuration says for one service.
    ///
    /// An address from the environment or a profile that is meant for this service (`AWS_ENDPOINT_URL_KMS`) goes before the
    /// one for all services; one that was set in code goes before both.
    pub fn from_sdk_config(config: &SdkConfig, service_id: &str) -> Self {
        let mut builder = Self::from(config);
        if !config.get_origin("endpoint_url").is_client_config() {
            let url = service_setting(config, service_id)
                .or_else(|| config.endpoint_url().map(str::to_owned));
            builder.set_endpoint_url(url);
        }
        builder
    }
}

fn service_setting(config: &SdkConfig, service_id: &str) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    config.service_config()?.load_config(key)
}

impl From<&SdkConfig> for SettingsBuilder {
    fn from(config: &SdkConfig) -> Self {
        Self(Fields {
            behavior_version: config.behavior_version(),
            region: config.region().cloned(),
            credentials_provider: config.credentials_provider(),
            endpoint_url: config.endpoint_url().map(str::to_owned),
            use_fips: config.use_fips(),
            use_dual_stack: config.use_dual_stack(),
            account_id_endpoint_mode: config.account_id_endpoint_mode().cloned(),
            http_client: config.http_client(),
            retry_config: config.retry_config().cloned(),
            timeout_config: config.timeout_config().cloned(),
            sleep_impl: config.sleep_impl(),
            time_source: config.time_source(),
            app_name: config.app_name().cloned(),
            identity_cache: config.identity_cache(),
            stalled_stream_protection: config.stalled_stream_protection(),
            auth_scheme_preference: config.auth_scheme_preference().cloned(),
            disable_clock_skew_correction: config.disable_clock_skew_correction(),
            disable_request_compression: config.disable_request_compression(),
            request_min_compression_size_bytes: config.request_min_compression_size_bytes(),
            framework_metadata: config.framework_metadata().to_vec(),
            ..Fields::default()
        })
    }
}
