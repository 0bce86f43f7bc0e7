// Makes a configuration of the shared one.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = Config::new(config);
    println!("{:?} {}", conf.region(), conf.signing_name());
    println!(
        "{} {}",
        conf.http_client().is_some(),
        conf.sleep_impl().is_some()
    );
    println!(
        "{} {}",
        conf.time_source().is_some(),
        conf.identity_cache().is_some()
    );
    println!("{:?}", conf.timeout_config().is_some());
    Client::from_conf(conf).list_keys().send().await?;
    Ok(())
}
