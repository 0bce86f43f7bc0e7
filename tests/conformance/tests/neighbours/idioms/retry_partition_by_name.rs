// Shares a retry quota between two clients by a name.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryPartition;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(503, r#"{}"#), Answer::Http(503, r#"{}"#)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let partition = RetryPartition::new("shared by two");
    let client = || {
        let conf = aws_sdk_kms::config::Builder::from(config)
            .retry_partition(partition.clone())
            .build();
        Client::from_conf(conf)
    };
    println!("{:?}", client().list_keys().send().await.is_ok());
    println!("{:?}", client().list_keys().send().await.is_ok());
    println!("{}", partition == RetryPartition::new("shared by two"));
    Ok(())
}
