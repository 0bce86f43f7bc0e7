// The interceptors of a client beside those of one call, whose hooks come after theirs.

use crate::diary::Diary;
use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Builder;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        Builder::from(config)
            .interceptor(Diary::new("client's first"))
            .interceptor(Diary::new("client's second"))
            .build(),
    );
    client
        .list_keys()
        .customize()
        .interceptor(Diary::new("call's first"))
        .interceptor(Diary::new("call's second"))
        .send()
        .await?;
    println!("the next call is looked at by the client's alone");
    client.list_keys().send().await?;
    println!("one of the call's fails at the start");
    let error = client
        .list_keys()
        .customize()
        .config_override(
            Builder::new().interceptor(Diary::failing("call's first", "read_before_execution")),
        )
        .interceptor(Diary::new("call's second"))
        .send()
        .await
        .expect_err("the diary is full");
    println!("{}", crate::run::kind(&error));
    println!("one of the client's fails there");
    let client = Client::from_conf(
        Builder::from(config)
            .interceptor(Diary::failing("client's", "read_before_execution"))
            .build(),
    );
    let error = client
        .list_keys()
        .customize()
        .interceptor(Diary::new("call's"))
        .send()
        .await
        .expect_err("the diary is full");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
