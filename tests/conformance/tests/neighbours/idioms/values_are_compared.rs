// Clones and compares inputs and outputs.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::list_keys::ListKeysOutput;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let output = Client::new(config).list_keys().send().await?;
    println!("{}", output == output.clone());
    println!("{}", output == ListKeysOutput::builder().build());
    println!("{:?}", output.keys().first().map(|key| key.clone() == *key));
    Ok(())
}
