// Stands in for the service with a rule.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::decrypt::DecryptOutput;
use aws_sdk_kms::primitives::Blob;
use aws_smithy_mocks::{mock, mock_client};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let rule = mock!(Client::decrypt)
        .match_requests(|input| input.key_id() == Some("k"))
        .then_output(|| {
            DecryptOutput::builder()
                .plaintext(Blob::new("hello"))
                .build()
        });
    let client = mock_client!(aws_sdk_kms, [&rule]);
    println!("{:?}", client.decrypt().key_id("k").send().await?);
    println!("{}", rule.num_calls());
    Ok(())
}
