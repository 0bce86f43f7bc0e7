// Puts another request in the place of one.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use std::convert::Infallible;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    client
        .describe_key()
        .key_id("k-1")
        .customize()
        .map_request(|mut request| {
            request.headers_mut().append("x-mapped", "yes");
            Ok::<_, Infallible>(request)
        })
        .send()
        .await?;
    println!("sent");
    Ok(())
}
