// Finds endpoints in a way of its own.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Tunnel;

impl ResolveEndpoint for Tunnel {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        println!(
            "{:?} {:?} {:?}",
            params.region(),
            params.use_fips(),
            params.endpoint()
        );
        let url = format!("http://tunnel.test/{}", params.region().unwrap_or("none"));
        EndpointFuture::ready(Ok(Endpoint::builder()
            .url(url)
            .header("x-tunnel", "1")
            .build()))
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .endpoint_resolver(Tunnel)
        .build();
    Client::from_conf(conf).list_keys().send().await?;
    Ok(())
}
