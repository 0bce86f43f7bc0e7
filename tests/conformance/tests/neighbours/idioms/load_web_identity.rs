// Trades the token of a pod for credentials.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::{Env, Fs};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIAPOD</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>of the pod</SessionToken><Expiration>2026-03-14T10:26:53Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/token"),
            ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r"),
            ("AWS_ROLE_SESSION_NAME", "s"),
            ("AWS_REGION", "us-east-1"),
        ]))
        .fs(Fs::from_slice(&[("/var/token", "a token")]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    client.list_keys().send().await?;
    println!("traded");
    Ok(())
}
