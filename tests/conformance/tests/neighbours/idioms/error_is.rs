// Asks an error what it is.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    400,
    r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client
        .describe_key()
        .key_id("alias/x")
        .send()
        .await
        .expect_err("not there");
    let error = error.as_service_error().ok_or("no answer")?;
    println!(
        "{} {} {}",
        error.is_not_found_exception(),
        error.is_invalid_arn_exception(),
        error.is_kms_internal_exception()
    );
    Ok(())
}
