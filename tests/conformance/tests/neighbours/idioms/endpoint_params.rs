// Asks the rules for an endpoint.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let resolver = DefaultResolver::new();
    for region in ["eu-central-1", "cn-north-1", "us-iso-east-1"] {
        let params = Params::builder().region(region.to_owned()).build()?;
        let endpoint = resolver.resolve_endpoint(&params).await?;
        println!("{}", endpoint.url());
    }
    println!(
        "{}",
        resolver
            .resolve_endpoint(&Params::builder().build()?)
            .await
            .is_err()
    );
    Ok(())
}
