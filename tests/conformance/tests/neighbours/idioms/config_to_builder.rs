// Changes a configuration that is there.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Region;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let other = client
        .config()
        .to_builder()
        .region(Region::new("eu-west-3"))
        .build();
    Client::from_conf(other).list_keys().send().await?;
    client.list_keys().send().await?;
    println!("{:?}", client.config().region());
    Ok(())
}
