// Sets everything by the setters that take an option.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{AppName, Builder, Region, StalledStreamProtectionConfig};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut builder = Builder::from(config);
    builder
        .set_region(Some(Region::new("us-gov-west-1")))
        .set_use_fips(Some(true))
        .set_use_dual_stack(Some(false))
        .set_endpoint_url(None)
        .set_retry_config(Some(RetryConfig::disabled()))
        .set_timeout_config(Some(TimeoutConfig::disabled()))
        .set_app_name(Some(AppName::new("example")?))
        .set_stalled_stream_protection(Some(StalledStreamProtectionConfig::disabled()))
        .set_disable_clock_skew_correction(Some(true));
    let conf = builder.build();
    println!(
        "{:?} {:?} {:?}",
        conf.region(),
        conf.app_name(),
        conf.disable_clock_skew_correction()
    );
    println!(
        "{:?}",
        conf.retry_config().map(|retries| retries.max_attempts())
    );
    Client::from_conf(conf).list_keys().send().await?;
    Ok(())
}
