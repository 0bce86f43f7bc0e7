// Keeps calls in boxes, as trait objects do.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use std::future::Future;
use std::pin::Pin;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let call: Pin<Box<dyn Future<Output = usize> + Send>> = Box::pin(async move {
        client
            .list_keys()
            .send()
            .await
            .map_or(0, |output| output.keys().len() + 1)
    });
    println!("{}", call.await);
    Ok(())
}
