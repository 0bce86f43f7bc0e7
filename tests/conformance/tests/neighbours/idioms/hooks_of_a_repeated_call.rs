// Every hook in a call whose first attempt fails.

use crate::diary::Diary;
use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::Http(
    500,
    r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .interceptor(Diary::new("first"))
            .build(),
    );
    client.list_keys().send().await?;
    println!("done");
    Ok(())
}
