// Asks a broken connection what it was.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Broken, Answer::Broken, Answer::Broken];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client.list_keys().send().await.expect_err("broken");
    println!(
        "{} {:?}",
        crate::run::kind(&error),
        error.raw_response().is_some()
    );
    if let aws_sdk_kms::error::SdkError::DispatchFailure(failure) = &error {
        println!(
            "{:?}",
            failure.as_connector_error().map(|error| error.is_io())
        );
    }
    Ok(())
}
