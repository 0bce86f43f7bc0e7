// Every hook in a call that the service refuses.

use crate::diary::Diary;
use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    400,
    r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .interceptor(Diary::new("first"))
            .build(),
    );
    let error = client
        .describe_key()
        .key_id("alias/x")
        .send()
        .await
        .expect_err("refused");
    println!("{}", error.into_service_error().is_not_found_exception());
    Ok(())
}
