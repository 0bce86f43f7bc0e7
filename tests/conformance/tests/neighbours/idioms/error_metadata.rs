// Reads code, message and request id of an error.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::error::ProvideErrorMetadata;
use aws_sdk_kms::operation::RequestId;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        400,
        r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
    ),
    Answer::Http(400, r#"{"__type":"SomethingNew","Message":"capital"}"#),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    for _ in 0..2 {
        let error = client
            .describe_key()
            .key_id("k-1")
            .send()
            .await
            .expect_err("refused");
        println!(
            "{:?} {:?} {:?}",
            error.code(),
            error.message(),
            error.request_id()
        );
        let error = error.into_service_error();
        println!(
            "{:?} {:?} {:?}",
            error.code(),
            error.message(),
            error.request_id()
        );
        println!("{:?}", error.meta());
    }
    Ok(())
}
