// Carries a value from one hook to a later one.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_sdk_kms::config::{ConfigBag, Intercept, Layer, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Length(usize);

impl Storable for Length {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug)]
struct Numbering;

impl Intercept for Numbering {
    fn name(&self) -> &'static str {
        "Numbering"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut layer = Layer::new("numbering");
        layer.store_put(Length(format!("{:?}", context.input()).len().min(1)));
        cfg.push_layer(layer);
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let length = cfg.load::<Length>().ok_or("nothing was kept")?.0;
        context
            .request_mut()
            .headers_mut()
            .insert("x-length", length.to_string());
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .interceptor(Numbering)
        .build();
    let client = Client::from_conf(conf);
    client.list_keys().send().await?;
    client.generate_random().number_of_bytes(8).send().await?;
    println!("done");
    Ok(())
}
