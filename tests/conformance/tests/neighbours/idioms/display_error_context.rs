// Prints an error with all its causes.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::error::DisplayErrorContext;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    400,
    r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client
        .describe_key()
        .key_id("k-1")
        .send()
        .await
        .expect_err("refused");
    let text = DisplayErrorContext(&error).to_string();
    // The answer comes after it, with its body: too much for a log.
    let (error, _) = text.split_once(", raw: ").ok_or("the answer")?;
    println!("{error}");
    Ok(())
}
