// Gives a client a small retry quota of its own.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::{RetryPartition, TokenBucket};

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
    Answer::Http(
        500,
        r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let bucket = TokenBucket::builder().capacity(5).retry_cost(5).build();
    let partition = RetryPartition::custom("small")
        .token_bucket(bucket.clone())
        .build();
    let conf = aws_sdk_kms::config::Builder::from(config)
        .retry_partition(partition.clone())
        .build();
    println!("{:?}", conf.retry_partition() == Some(&partition));
    let error = Client::from_conf(conf)
        .list_keys()
        .send()
        .await
        .expect_err("down");
    println!(
        "{:?} {partition} {} {}",
        error.into_service_error(),
        bucket.is_empty(),
        bucket.is_full()
    );
    Ok(())
}
