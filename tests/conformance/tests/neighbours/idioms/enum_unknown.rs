// Meets a value that the crate is too old to know, and sends it on.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::types::{KeySpec, KeyState};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"KeyMetadata":{"KeyId":"k","KeyState":"Melting","KeySpec":"RSA_9999"}}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let output = client.describe_key().key_id("k").send().await?;
    let metadata = output.key_metadata.ok_or("no metadata")?;
    let state = metadata.key_state.ok_or("no state")?;
    #[allow(deprecated)]
    match &state {
        KeyState::Unknown(value) => println!("unknown: {value} {state}"),
        known => println!("{known:?}"),
    }
    let spec = metadata.key_spec.ok_or("no spec")?;
    println!(
        "{} {}",
        spec == KeySpec::from("RSA_9999"),
        spec < KeySpec::from("RSA_9998")
    );
    client.create_key().key_spec(spec).send().await?;
    Ok(())
}
