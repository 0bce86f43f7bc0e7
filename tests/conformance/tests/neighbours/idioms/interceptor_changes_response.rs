// Gives an answer another status before it is read.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeDeserializationInterceptorContextMut;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::{BoxError, ProvideErrorMetadata};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"__type":"InvalidMarkerException","message":"odd"}"#,
)];

#[derive(Debug)]
struct Downgrade;

impl Intercept for Downgrade {
    fn name(&self) -> &'static str {
        "Downgrade"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *context.response_mut().status_mut() = 400.try_into()?;
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .interceptor(Downgrade)
        .build();
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("it became an error");
    println!("{:?} {:?}", error.code(), error.message());
    Ok(())
}
