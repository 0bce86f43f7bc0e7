// Encrypts a text under a key with an encryption context, and decrypts it again.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        200,
        r#"{"CiphertextBlob":"AQID","KeyId":"arn:k-1","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Plaintext":"aGVsbG8=","KeyId":"arn:k-1","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let encrypted = client
        .encrypt()
        .key_id("alias/app")
        .plaintext(Blob::new("hello"))
        .encryption_context("purpose", "example")
        .send()
        .await?;
    let ciphertext = encrypted.ciphertext_blob().ok_or("no ciphertext")?;
    println!("{:?} under {:?}", ciphertext, encrypted.key_id());
    let decrypted = client
        .decrypt()
        .ciphertext_blob(ciphertext.clone())
        .encryption_context("purpose", "example")
        .send()
        .await?;
    let plaintext = decrypted.plaintext.ok_or("no plaintext")?.into_inner();
    println!("{}", String::from_utf8(plaintext)?);
    Ok(())
}
