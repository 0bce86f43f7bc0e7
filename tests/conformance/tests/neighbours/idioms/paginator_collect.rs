// Collects the items of all pages.

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
        r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let keys: Vec<_> = client
        .list_keys()
        .into_paginator()
        .page_size(2)
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    println!("{keys:?}");
    Ok(())
}
