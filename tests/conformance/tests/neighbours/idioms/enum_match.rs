// Matches an enum, with an arm for what is to come.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::types::KeyState;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        200,
        r#"{"KeyMetadata":{"KeyId":"k-1","Arn":"arn:k-1","CreationDate":1.7e9,"Enabled":true,"KeyState":"Enabled","KeySpec":"SYMMETRIC_DEFAULT","KeyUsage":"ENCRYPT_DECRYPT","Origin":"AWS_KMS","Description":"","MultiRegion":false}}"#,
    ),
    Answer::Http(200, r#"{"KeyMetadata":{"KeyId":"k","KeyState":"Melting"}}"#),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    for _ in 0..2 {
        let output = client.describe_key().key_id("k").send().await?;
        let metadata = output.key_metadata().ok_or("no metadata")?;
        match metadata.key_state() {
            Some(KeyState::Enabled) => println!("ready"),
            Some(other) if other.as_str() == "Melting" => println!("melting: {other:?}"),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}
