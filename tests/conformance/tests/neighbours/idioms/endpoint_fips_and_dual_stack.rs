// Calls FIPS and dual-stack endpoints.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{Builder, Region};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    for (fips, dual) in [(false, false), (true, false), (false, true), (true, true)] {
        let conf = Builder::from(config)
            .region(Region::new("us-east-2"))
            .use_fips(fips)
            .use_dual_stack(dual)
            .build();
        Client::from_conf(conf).list_keys().send().await?;
    }
    println!("four");
    Ok(())
}
