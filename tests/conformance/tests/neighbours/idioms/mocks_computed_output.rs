// Stands in for the service with an answer that depends on the input.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::describe_key::DescribeKeyOutput;
use aws_sdk_kms::types::KeyMetadata;
use aws_smithy_mocks::{mock, mock_client};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let rule = mock!(Client::describe_key).then_compute_output(|input| {
        let metadata = KeyMetadata::builder()
            .key_id(input.key_id().unwrap_or_default())
            .build();
        DescribeKeyOutput::builder()
            .set_key_metadata(metadata.ok())
            .build()
    });
    let client = mock_client!(aws_sdk_kms, [&rule]);
    println!("{:?}", client.describe_key().key_id("it").send().await?);
    Ok(())
}
