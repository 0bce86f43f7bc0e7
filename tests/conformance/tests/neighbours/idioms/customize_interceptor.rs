// Looks into one call with an interceptor.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Spy;

impl Intercept for Spy {
    fn name(&self) -> &'static str {
        "Spy"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        println!(
            "{} {} signed: {}",
            context.request().method(),
            context.request().uri(),
            context.request().headers().contains_key("authorization")
        );
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    client
        .list_aliases()
        .customize()
        .interceptor(Spy)
        .send()
        .await?;
    client.list_aliases().send().await?;
    println!("once");
    Ok(())
}
