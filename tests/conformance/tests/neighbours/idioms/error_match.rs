// Matches the errors of an operation.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::decrypt::DecryptError;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    400,
    r#"{"__type":"InvalidCiphertextException"}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client.decrypt().send().await.expect_err("refused");
    match error.into_service_error() {
        DecryptError::InvalidCiphertextException(error) => {
            println!("damaged: {:?}", error.message())
        }
        DecryptError::NotFoundException(_) => println!("no key"),
        error => println!("{error:?}"),
    }
    Ok(())
}
