// Calls another region once.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{Config, Region};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    client
        .list_keys()
        .customize()
        .config_override(Config::builder().region(Region::new("us-west-2")))
        .send()
        .await?;
    client.list_keys().send().await?;
    println!("{:?}", client.config().region());
    Ok(())
}
