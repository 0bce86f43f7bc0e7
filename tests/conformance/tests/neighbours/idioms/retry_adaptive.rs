// Repeats in adaptive mode.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::{RetryConfig, RetryMode};

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        400,
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let retries = RetryConfig::adaptive();
    println!("{}", retries.mode() == RetryMode::Adaptive);
    let conf = aws_sdk_kms::config::Builder::from(config)
        .retry_config(retries)
        .build();
    println!(
        "{:?}",
        Client::from_conf(conf).list_keys().send().await?.keys()
    );
    Ok(())
}
