// Gives up after the attempts that are set.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
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
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
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
    let conf = aws_sdk_kms::config::Builder::from(config)
        .retry_config(RetryConfig::standard().with_max_attempts(5))
        .build();
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("down");
    println!("{:?}", error.into_service_error());
    Ok(())
}
