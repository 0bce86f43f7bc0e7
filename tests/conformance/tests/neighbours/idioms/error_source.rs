// Finds the modelled error in the chain of sources.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::types::error::NotFoundException;
use std::error::Error;

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
    let mut source: Option<&dyn Error> = Some(&error);
    let mut found = false;
    while let Some(error) = source {
        println!("{error}");
        found |= error.downcast_ref::<NotFoundException>().is_some();
        source = error.source();
    }
    println!("{found}");
    Ok(())
}
