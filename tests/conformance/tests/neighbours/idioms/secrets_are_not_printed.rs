// Prints what holds secrets.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"Plaintext":"aGVsbG8=","KeyId":"arn:k-1","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let call = client.encrypt().key_id("k").plaintext(Blob::new("secret"));
    println!("{:?}", call.as_input());
    println!("{:?}", call.as_input().clone().build()?);
    println!("{:?}", client.decrypt().send().await?);
    Ok(())
}
