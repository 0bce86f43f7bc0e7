// Captures a request.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;
use aws_smithy_http_client::test_util::capture_request;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let (transport, captured) = capture_request(None);
    let conf = Config::builder()
        .with_test_defaults_v2()
        .http_client(transport)
        .build();
    let sent = Client::from_conf(conf)
        .generate_random()
        .number_of_bytes(4)
        .send()
        .await;
    println!("{}", sent.is_ok());
    let request = captured.expect_request();
    println!(
        "{} {:?}",
        request.uri(),
        request.headers().get("x-amz-target")
    );
    println!("{:?}", request.body().bytes().map(String::from_utf8_lossy));
    Ok(())
}
