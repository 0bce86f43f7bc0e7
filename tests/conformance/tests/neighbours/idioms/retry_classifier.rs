// Repeats what only this program knows to be worth it.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::InterceptorContext;
use aws_sdk_kms::config::retry::{ClassifyRetry, RetryAction};

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(418, r#"{}"#), Answer::Http(418, r#"{}"#)];

#[derive(Debug)]
struct Teapot;

impl ClassifyRetry for Teapot {
    fn name(&self) -> &'static str {
        "Teapot"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if response.status().as_u16() == 418 => RetryAction::server_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .retry_classifier(Teapot)
        .build();
    let client = Client::from_conf(conf);
    client.list_keys().send().await?;
    println!("{}", client.config().retry_classifiers().count());
    Ok(())
}
