// Takes credentials from the agent of a container.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::Env;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"AccessKeyId":"ASIACONTAINER","SecretAccessKey":"secret","Token":"of the container","Expiration":"2026-03-14T15:00:00Z"}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_REGION", "us-east-1"),
            (
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1/credentials",
            ),
        ]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    client.list_keys().send().await?;
    println!("sent");
    Ok(())
}
