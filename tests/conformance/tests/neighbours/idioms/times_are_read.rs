// Reads points in time.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::{DateTime, DateTimeFormat};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"KeyMetadata":{"KeyId":"k-1","Arn":"arn:k-1","CreationDate":1.7e9,"Enabled":true,"KeyState":"Enabled","KeySpec":"SYMMETRIC_DEFAULT","KeyUsage":"ENCRYPT_DECRYPT","Origin":"AWS_KMS","Description":"","MultiRegion":false}}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let output = Client::new(config)
        .describe_key()
        .key_id("k")
        .send()
        .await?;
    let created = output
        .key_metadata()
        .and_then(|metadata| metadata.creation_date())
        .ok_or("no date")?;
    println!(
        "{} {:?}",
        created.fmt(DateTimeFormat::DateTime)?,
        created.secs()
    );
    println!("{}", *created < DateTime::from_secs(2_000_000_000));
    Ok(())
}
