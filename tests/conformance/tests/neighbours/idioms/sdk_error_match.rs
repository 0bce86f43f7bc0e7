// Matches the ways in which a call can end.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::error::SdkError;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        400,
        r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
    ),
    Answer::Broken,
    Answer::Http(200, r#"not json"#),
    Answer::Http(503, r#"<html>"#),
    Answer::Http(400, r#""#),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .retry_config(RetryConfig::disabled())
        .build();
    let client = Client::from_conf(conf);
    for _ in 0..5 {
        match client.describe_key().key_id("k-1").send().await {
            Ok(_) => println!("ok"),
            Err(SdkError::ServiceError(error)) => println!(
                "service error {} {:?}",
                error.raw().status().as_u16(),
                error.err().meta().code()
            ),
            Err(SdkError::DispatchFailure(error)) => println!(
                "dispatch failure io {} timeout {} user {} other {}",
                error.is_io(),
                error.is_timeout(),
                error.is_user(),
                error.is_other()
            ),
            Err(SdkError::ResponseError(error)) => {
                println!("response error {}", error.raw().status().as_u16())
            }
            Err(SdkError::TimeoutError(_)) => println!("timeout"),
            Err(SdkError::ConstructionFailure(_)) => println!("construction failure"),
            Err(_) => println!("something new"),
        }
    }
    Ok(())
}
