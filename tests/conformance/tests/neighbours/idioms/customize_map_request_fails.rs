// Refuses to send a request.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client
        .list_keys()
        .customize()
        .map_request(|_| Err(std::io::Error::other("not today")))
        .send()
        .await
        .expect_err("it was refused");
    println!("{}", crate::run::kind(&error));
    println!("{:?}", error.as_service_error().is_some());
    Ok(())
}
