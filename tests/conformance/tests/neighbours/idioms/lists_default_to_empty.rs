// Reads lists that are not there.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    println!(
        "{:?} {:?}",
        client.list_keys().send().await?.keys(),
        client.list_aliases().send().await?.aliases()
    );
    println!("{}", client.list_keys().send().await?.truncated());
    println!(
        "{:?}",
        client.list_resource_tags().key_id("k").send().await?.tags
    );
    Ok(())
}
