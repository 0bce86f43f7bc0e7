// Assumes a role that a profile names.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::{Env, Fs};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>of the role</SessionToken><Expiration>2026-03-14T10:26:53Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[("HOME", "/home"), ("AWS_REGION", "us-east-1")]))
        .fs(Fs::from_slice(&[("/home/.aws/config", "[default]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nrole_session_name = s\n\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = secret")]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    client.list_keys().send().await?;
    client.list_keys().send().await?;
    println!("assumed");
    Ok(())
}
