// Sees the output as its type, and the response beside it.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_sdk_kms::operation::list_keys::ListKeysOutput;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
)];

#[derive(Debug)]
struct Counter;

impl Intercept for Counter {
    fn name(&self) -> &'static str {
        "Counter"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(output) = context.output_or_error() {
            let output = output
                .downcast_ref::<ListKeysOutput>()
                .ok_or("another output")?;
            println!(
                "{} keys, status {}",
                output.keys().len(),
                context.response().status().as_u16()
            );
        }
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .interceptor(Counter)
        .build();
    Client::from_conf(conf).list_keys().send().await?;
    println!("done");
    Ok(())
}
