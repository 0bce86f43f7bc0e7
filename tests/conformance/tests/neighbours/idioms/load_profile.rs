// Takes credentials and region from a profile.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::{Env, Fs};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[("HOME", "/home"), ("AWS_PROFILE", "dev")]))
        .fs(Fs::from_slice(&[("/home/.aws/config", "[profile dev]\nregion = sa-east-1\nretry_mode = adaptive\nmax_attempts = 7\nsdk_ua_app_id = app-of-a-profile"), ("/home/.aws/credentials", "[dev]\naws_access_key_id = AKIDFILE\naws_secret_access_key = secret")]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    client.list_keys().send().await?;
    println!(
        "{:?} {:?}",
        client.config().region(),
        client.config().app_name()
    );
    println!(
        "{:?}",
        client
            .config()
            .retry_config()
            .map(|retries| (retries.mode(), retries.max_attempts()))
    );
    Ok(())
}
