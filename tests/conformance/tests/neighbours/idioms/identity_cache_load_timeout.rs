// Does not wait for ever for credentials.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::IdentityCache;
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .credentials_provider(crate::run::Counting::never())
        .identity_cache(
            IdentityCache::lazy()
                .load_timeout(Duration::from_secs(2))
                .build(),
        )
        .build();
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("no credentials");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
