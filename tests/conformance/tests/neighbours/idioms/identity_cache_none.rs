// Asks the credentials provider for each call.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::IdentityCache;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let provider = crate::run::Counting::default();
    let conf = aws_sdk_kms::config::Builder::from(config)
        .credentials_provider(provider.clone())
        .identity_cache(IdentityCache::no_cache())
        .build();
    let client = Client::from_conf(conf);
    client.list_keys().send().await?;
    client.list_keys().send().await?;
    println!("{}", provider.asked());
    Ok(())
}
