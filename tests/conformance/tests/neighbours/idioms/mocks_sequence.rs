// Stands in for a service that recovers.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::list_keys::ListKeysOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let rule = mock!(Client::list_keys)
        .sequence()
        .http_status(503, None)
        .times(2)
        .output(|| ListKeysOutput::builder().truncated(true).build())
        .build();
    let client = mock_client!(aws_sdk_kms, RuleMode::Sequential, [&rule], |builder| {
        builder.sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
    });
    println!("{:?}", client.list_keys().send().await?);
    println!("{}", rule.num_calls());
    Ok(())
}
