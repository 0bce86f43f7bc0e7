// Interceptors say how often a call is repeated: one before all, one before the attempts, one after an attempt.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::interceptors::*;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::BoxError;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(503, ""); 20];

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    BeforeAll,
    BeforeAttempts,
    AfterAttempt,
}

#[derive(Debug)]
struct Repeats(u32, When);

impl Repeats {
    fn put(&self, when: When, bag: &mut ConfigBag) -> Result<(), BoxError> {
        if self.1 == when {
            let retries = RetryConfig::standard().with_max_attempts(self.0);
            bag.interceptor_state().store_put(retries);
        }
        Ok(())
    }
}

impl Intercept for Repeats {
    fn name(&self) -> &'static str {
        "Repeats"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.put(When::BeforeAll, bag)
    }

    fn modify_before_retry_loop(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.put(When::BeforeAttempts, bag)
    }

    fn read_after_attempt(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.put(When::AfterAttempt, bag)
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    for repeats in [
        Repeats(5, When::BeforeAll),
        Repeats(2, When::BeforeAttempts),
        Repeats(4, When::AfterAttempt),
        Repeats(1, When::AfterAttempt),
    ] {
        let client = Client::from_conf(
            aws_sdk_kms::config::Builder::from(config)
                .interceptor(repeats)
                .build(),
        );
        let error = client.list_keys().send().await.expect_err("down");
        println!("{}", crate::run::kind(&error));
    }
    Ok(())
}
