// Configures a client without `aws_config`.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{BehaviorVersion, Config, Credentials, Region};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let http_client = config.http_client().ok_or("a transport")?;
    let conf = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("ap-southeast-2"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "static"))
        .time_source(config.time_source().ok_or("a clock")?)
        .http_client(http_client)
        .build();
    Client::from_conf(conf).list_keys().send().await?;
    println!("sent");
    Ok(())
}
