// An interceptor that stops a call before it is made.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Stop;

impl Intercept for Stop {
    fn name(&self) -> &'static str {
        "Stop"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("no calls on Sundays".into())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .interceptor(Stop)
        .build();
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("stopped");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
