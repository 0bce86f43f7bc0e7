// Sends one call to another address.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Builder;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    client
        .list_keys()
        .customize()
        .config_override(Builder::new().endpoint_url("http://localhost:4566/base"))
        .send()
        .await?;
    println!("sent");
    Ok(())
}
