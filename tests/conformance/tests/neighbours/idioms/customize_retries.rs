// Does not repeat one call.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Config;
use aws_sdk_kms::config::retry::RetryConfig;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client
        .list_keys()
        .customize()
        .config_override(Config::builder().retry_config(RetryConfig::disabled()))
        .send()
        .await
        .expect_err("the service is down");
    println!(
        "{:?}",
        error.into_service_error().is_kms_internal_exception()
    );
    client.list_keys().send().await?;
    println!("repeated");
    Ok(())
}
