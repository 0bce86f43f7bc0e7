// Configures clients for tests by the older defaults, and in place.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::config::{Builder, Region};
use aws_sdk_kms::{Client, Config};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut in_place = Config::builder();
    in_place.apply_test_defaults();
    let mut newer = Config::builder().region(Region::new("eu-west-1"));
    newer.apply_test_defaults_v2();
    let by_value = Config::builder().with_test_defaults();
    for builder in [in_place, newer, by_value] {
        let region = builder.clone().build().region().cloned();
        println!("{region:?}");
        let somewhere = Builder::region(builder, region.or(Some(Region::new("us-west-2"))));
        let somewhere = somewhere.http_client(config.http_client().ok_or("a transport")?);
        Client::from_conf(somewhere.build())
            .list_keys()
            .send()
            .await?;
    }
    Ok(())
}
