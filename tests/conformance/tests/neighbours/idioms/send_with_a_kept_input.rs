// Makes the input apart from any client.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::describe_key::DescribeKeyInput;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"KeyMetadata":{"KeyId":"k-1","Arn":"arn:k-1","CreationDate":1.7e9,"Enabled":true,"KeyState":"Enabled","KeySpec":"SYMMETRIC_DEFAULT","KeyUsage":"ENCRYPT_DECRYPT","Origin":"AWS_KMS","Description":"","MultiRegion":false}}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let input = DescribeKeyInput::builder()
        .key_id("alias/app")
        .grant_tokens("one")
        .grant_tokens("two");
    println!("{:?} {:?}", input.get_key_id(), input.get_grant_tokens());
    let output = input.send_with(&Client::new(config)).await?;
    println!("{:?}", output.key_metadata());
    Ok(())
}
