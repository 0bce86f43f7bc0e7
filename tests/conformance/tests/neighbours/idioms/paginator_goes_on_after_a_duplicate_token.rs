// Goes on when the service repeats itself, on request.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"1","KeyArn":"arn:1"},{"KeyId":"2","KeyArn":"arn:2"}],"Truncated":true,"NextMarker":"m1"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"1","KeyArn":"arn:1"},{"KeyId":"2","KeyArn":"arn:2"}],"Truncated":true,"NextMarker":"m1"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"1","KeyArn":"arn:1"},{"KeyId":"2","KeyArn":"arn:2"}],"Truncated":true,"NextMarker":"m1"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let mut pages = client
        .list_keys()
        .into_paginator()
        .stop_on_duplicate_token(false)
        .send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page?.keys().len();
    }
    println!("{count}");
    Ok(())
}
