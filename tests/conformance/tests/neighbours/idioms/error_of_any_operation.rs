// Turns the error of an operation into the error of all.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Error;
use aws_sdk_kms::error::ProvideErrorMetadata;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        400,
        r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
    ),
    Answer::Broken,
    Answer::Broken,
    Answer::Broken,
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    for _ in 0..2 {
        let error: Error = client
            .describe_key()
            .key_id("k-1")
            .send()
            .await
            .expect_err("refused")
            .into();
        match &error {
            Error::NotFoundException(inner) => println!("not found: {:?}", inner.message()),
            other => println!("{:?} {:?}", other.code(), other.message()),
        }
    }
    Ok(())
}
