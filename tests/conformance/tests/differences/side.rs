// Included once for each client, as `kms`.

use farrier_conformance::{Canned, now};
use kms::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use kms::config::{BehaviorVersion, Builder, Credentials, Region};
use std::error::Error;

/// What errors say of themselves.
pub(crate) struct Texts {
    /// The error of the call.
    pub(crate) of_call: String,
    /// Its sources.
    pub(crate) chain: Vec<String>,
    /// The error of the operation.
    pub(crate) of_operation: String,
    /// The error of any operation.
    pub(crate) of_all: String,
}

fn config(transport: Canned) -> Builder {
    kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        // Its own, as the official client shares a quota among those of a region.
        .region(Region::new("eu-west-3"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "conformance"))
        .time_source(aws_smithy_async::time::StaticTimeSource::new(now()))
        .http_client(transport)
}

pub(crate) fn texts(transport: Canned) -> Texts {
    let config = config(transport).retry_config(RetryConfig::disabled());
    let client = kms::Client::from_conf(config.build());
    let call = || crate::block_on(client.list_keys().send()).expect_err("refused");
    let error = call();
    let mut chain = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        chain.push(error.to_string());
        source = error.source();
    }
    Texts {
        of_call: error.to_string(),
        chain,
        of_operation: call().into_service_error().to_string(),
        of_all: kms::Error::from(call()).to_string(),
    }
}

pub(crate) fn build_error() -> String {
    let tag = kms::types::Tag::builder().tag_key("a").build();
    tag.expect_err("no value").to_string()
}

pub(crate) fn call_without_behavior_version(transport: Canned) {
    let config = kms::Config::builder()
        .region(Region::new("eu-west-3"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "conformance"))
        .http_client(transport);
    let client = kms::Client::from_conf(config.build());
    crate::block_on(client.list_keys().send()).expect("an answer");
}

/// A failing call of a new client, when another one, which is still there, has failed many times; how often it was tried.
pub(crate) fn attempts_beside_a_failing_client(transport: Canned) -> usize {
    let client = || kms::Client::from_conf(config(transport.clone()).build());
    let (failing, fresh) = (client(), client());
    crate::block_on(async {
        for _ in 0..60 {
            failing.list_keys().send().await.expect_err("down");
        }
        transport.seen();
        fresh.list_keys().send().await.expect_err("down");
    });
    transport.seen().len()
}

/// How often three calls are tried, the second of which succeeds, with a quota for one retry.
pub(crate) fn attempts_around_a_success(answers: [farrier_conformance::Answer; 3]) -> [usize; 3] {
    let transport = Canned::new(answers[0].clone());
    let bucket = TokenBucket::builder().capacity(10).timeout_retry_cost(10).build();
    let partition = RetryPartition::custom("small").token_bucket(bucket).build();
    let config = config(transport.clone()).retry_partition(partition);
    let client = kms::Client::from_conf(config.build());
    answers.map(|answer| {
        transport.answer(answer);
        // Whether it fails is the answer's doing.
        let _ = crate::block_on(client.list_keys().send());
        transport.seen().len()
    })
}
