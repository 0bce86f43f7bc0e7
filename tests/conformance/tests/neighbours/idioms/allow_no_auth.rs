// Calls unsigned, on purpose.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let builder = aws_sdk_kms::Config::builder()
        .behavior_version_latest()
        .region(config.region().cloned())
        .http_client(config.http_client().ok_or("a transport")?);
    Client::from_conf(builder.allow_no_auth().build())
        .list_keys()
        .send()
        .await?;
    println!("unsigned");
    Ok(())
}
