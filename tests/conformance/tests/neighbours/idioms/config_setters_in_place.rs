// Sets in place what is shared: transport, clocks, caches, quotas, and what finds the endpoint.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::endpoint::{DefaultResolver, ResolveEndpoint};
use aws_sdk_kms::config::retry::RetryPartition;
use aws_sdk_kms::config::{BehaviorVersion, Config, Credentials, IdentityCache, Region};
use aws_sdk_kms::config::{FrameworkMetadata, SharedCredentialsProvider};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut builder = Config::builder();
    let provider = Credentials::new("AKIDINPLACE", "secret", None, None, "static");
    builder
        .set_behavior_version(Some(BehaviorVersion::latest()))
        .set_region(Some(Region::new("eu-west-3")))
        .set_credentials_provider(Some(SharedCredentialsProvider::new(provider)))
        .set_http_client(config.http_client())
        .set_sleep_impl(config.sleep_impl())
        .set_time_source(config.time_source())
        .set_identity_cache(IdentityCache::lazy().build())
        .set_retry_partition(Some(RetryPartition::new("in place")))
        .set_endpoint_resolver(Some(DefaultResolver::new().into_shared_resolver()))
        .push_framework_metadata(FrameworkMetadata::new("rocket", Some("1.2"))?);
    let conf = builder.build();
    println!(
        "{} {} {} {}",
        conf.http_client().is_some(),
        conf.sleep_impl().is_some(),
        conf.time_source().is_some(),
        conf.identity_cache().is_some()
    );
    println!("{:?}", conf.framework_metadata());
    let client = Client::from_conf(conf);
    client
        .list_keys()
        .customize()
        .interceptor(crate::run::Agent("lib/rocket/1.2"))
        .send()
        .await?;
    Ok(())
}
