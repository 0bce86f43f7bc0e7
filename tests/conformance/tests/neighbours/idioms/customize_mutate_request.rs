// Adds a header to one request.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let output = client
        .list_keys()
        .customize()
        .mutate_request(|request| {
            request.headers_mut().insert("x-example-header", "1");
        })
        .send()
        .await?;
    println!("{output:?}");
    Ok(())
}
