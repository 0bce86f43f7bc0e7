// Meets an error on the second page.

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
        400,
        r#"{"__type":"InvalidMarkerException","message":"too old"}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let mut pages = client.list_keys().into_paginator().send();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => println!("{} keys", page.keys().len()),
            Err(error) => println!("{:?}", error.into_service_error()),
        }
    }
    Ok(())
}
