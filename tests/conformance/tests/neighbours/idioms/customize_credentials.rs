// Signs one call with the credentials of somebody else.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{Builder, Credentials};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let credentials = Credentials::new("AKIDOTHER", "secret", Some("token".into()), None, "other");
    client
        .list_keys()
        .customize()
        .config_override(Builder::new().credentials_provider(credentials))
        .send()
        .await?;
    client.list_keys().send().await?;
    println!("sent");
    Ok(())
}
