// Stands in for a service that refuses.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::types::error::NotFoundException;
use aws_smithy_mocks::{RuleMode, mock, mock_client};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let rule = mock!(Client::decrypt).then_error(|| {
        DecryptError::NotFoundException(NotFoundException::builder().message("no").build())
    });
    let client = mock_client!(aws_sdk_kms, RuleMode::MatchAny, [&rule]);
    let error = client.decrypt().send().await.expect_err("refused");
    println!("{:?}", error.into_service_error());
    Ok(())
}
