// Every hook in a call that never arrives.

use crate::diary::Diary;
use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Broken, Answer::Broken, Answer::Broken];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .interceptor(Diary::new("first"))
            .build(),
    );
    let error = client.list_keys().send().await.expect_err("nobody there");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
