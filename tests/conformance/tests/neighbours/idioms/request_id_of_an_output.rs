// Keeps the id of a request that succeeded.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::RequestId;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let output = Client::new(config).list_keys().send().await?;
    println!("{:?}", output.request_id());
    Ok(())
}
