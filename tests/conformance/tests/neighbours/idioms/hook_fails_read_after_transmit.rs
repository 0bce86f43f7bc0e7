// An interceptor whose hook read_after_transmit fails, between two others.

use crate::diary::Diary;
use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use std::error::Error;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .interceptor(Diary::new("first"))
            .interceptor(Diary::failing("second", "read_after_transmit"))
            .interceptor(Diary::new("third"))
            .build(),
    );
    let error = client
        .list_keys()
        .send()
        .await
        .expect_err("the diary is full");
    println!("{}", crate::run::kind(&error));
    let mut source: Option<&dyn Error> = Some(&error);
    while let Some(error) = source {
        println!("{error}");
        source = error.source();
    }
    Ok(())
}
