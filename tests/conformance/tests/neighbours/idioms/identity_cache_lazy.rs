// Shares a cache of credentials between two clients.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{IdentityCache, SharedCredentialsProvider};
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let provider = crate::run::Counting::default();
    let cache = IdentityCache::lazy()
        .load_timeout(Duration::from_secs(7))
        .buffer_time(Duration::from_secs(30))
        .build();
    let conf = aws_sdk_kms::config::Builder::from(config)
        .credentials_provider(SharedCredentialsProvider::new(provider.clone()))
        .identity_cache(cache)
        .build();
    let (one, other) = (Client::from_conf(conf.clone()), Client::from_conf(conf));
    one.list_keys().send().await?;
    other.list_keys().send().await?;
    one.list_keys().send().await?;
    println!("{}", provider.asked());
    Ok(())
}
