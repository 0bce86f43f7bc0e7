// An interceptor has each attempt signed for another region, and the last one for another service.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_kms::config::{ConfigBag, Intercept, Region, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(503, ""), Answer::Http(503, "")];

#[derive(Debug, Default)]
struct Traveller(AtomicUsize);

impl Intercept for Traveller {
    fn name(&self) -> &'static str {
        "Traveller"
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let attempt = self.0.fetch_add(1, Ordering::Relaxed);
        let region = Region::new(["eu-west-3", "sa-east-1", "us-west-2"][attempt]);
        bag.interceptor_state()
            .store_put(SigningRegion::from(region));
        if attempt == 2 {
            bag.interceptor_state()
                .store_put(SigningName::from_static("keys"));
        }
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .interceptor(Traveller::default())
            .build(),
    );
    println!("{:?}", client.list_keys().send().await?.keys);
    Ok(())
}
