// Hands on settings that may not be there.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut builder = aws_sdk_kms::config::Builder::from(config)
        .timeout_config(
            TimeoutConfig::builder()
                .read_timeout(Duration::from_secs(5))
                .build(),
        )
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(1))
                .build(),
        );
    builder
        .set_credentials_provider(None)
        .set_retry_config(None)
        .set_timeout_config(None);
    let conf = builder.build();
    let timeouts = conf.timeout_config().ok_or("no timeouts")?;
    println!(
        "{:?} {:?}",
        timeouts.read_timeout(),
        timeouts.connect_timeout()
    );
    Client::from_conf(conf).list_keys().send().await?;
    Ok(())
}
