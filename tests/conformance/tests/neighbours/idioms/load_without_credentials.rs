// Finds no credentials anywhere.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::Env;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    let error = client.list_keys().send().await.expect_err("no credentials");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
