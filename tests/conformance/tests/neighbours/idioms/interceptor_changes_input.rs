// Changes what is sent before it is written.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_sdk_kms::operation::describe_key::DescribeKeyInput;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    200,
    r#"{"KeyMetadata":{"KeyId":"k-1","Arn":"arn:k-1","CreationDate":1.7e9,"Enabled":true,"KeyState":"Enabled","KeySpec":"SYMMETRIC_DEFAULT","KeyUsage":"ENCRYPT_DECRYPT","Origin":"AWS_KMS","Description":"","MultiRegion":false}}"#,
)];

#[derive(Debug)]
struct Prefix;

impl Intercept for Prefix {
    fn name(&self) -> &'static str {
        "Prefix"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut().downcast_mut::<DescribeKeyInput>();
        let input = input.ok_or("another operation")?;
        input.key_id = input.key_id.take().map(|id| format!("alias/{id}"));
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .interceptor(Prefix)
        .build();
    let output = Client::from_conf(conf)
        .describe_key()
        .key_id("app")
        .send()
        .await?;
    println!("{output:?}");
    Ok(())
}
