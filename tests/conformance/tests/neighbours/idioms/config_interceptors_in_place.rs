// Adds interceptors and retry classifiers in place, and replaces those that are there.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::{BeforeTransmitInterceptorContextRef, InterceptorContext};
use aws_sdk_kms::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use aws_sdk_kms::error::BoxError;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(418, r#"{}"#), Answer::Http(418, r#"{}"#)];

#[derive(Debug)]
struct Say(&'static str);

impl Intercept for Say {
    fn name(&self) -> &'static str {
        "Say"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        println!("{}", self.0);
        Ok(())
    }
}

#[derive(Debug)]
struct Teapot(bool);

impl ClassifyRetry for Teapot {
    fn name(&self) -> &'static str {
        "Teapot"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if self.0 && response.status().as_u16() == 418 => {
                RetryAction::server_error()
            }
            _ => RetryAction::NoActionIndicated,
        }
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let mut builder = aws_sdk_kms::config::Builder::from(config).interceptor(Say("gone"));
    builder.set_interceptors([SharedInterceptor::new(Say("one"))]);
    builder.push_interceptor(SharedInterceptor::new(Say("two")));
    builder.push_retry_classifier(SharedRetryClassifier::new(Teapot(false)));
    builder.set_retry_classifiers([SharedRetryClassifier::new(Teapot(true))]);
    let client = Client::from_conf(builder.build());
    client.list_keys().send().await?;
    println!(
        "{} {}",
        client.config().interceptors().count(),
        client.config().retry_classifiers().count()
    );
    Ok(())
}
