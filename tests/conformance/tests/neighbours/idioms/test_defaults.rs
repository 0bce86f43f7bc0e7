// Configures a client for a test.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = Config::builder()
        .with_test_defaults_v2()
        .http_client(config.http_client().ok_or("a transport")?)
        .build();
    println!("{:?}", conf.region());
    Client::from_conf(conf).list_keys().send().await?;
    Ok(())
}
