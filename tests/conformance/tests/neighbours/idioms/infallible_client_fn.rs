// Answers by a function.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;
use aws_smithy_http_client::test_util::infallible_client_fn;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let transport = infallible_client_fn(|request| {
        let target = request.headers()["x-amz-target"]
            .to_str()
            .unwrap_or_default()
            .to_owned();
        let status = if target.ends_with("ListKeys") {
            200
        } else {
            400
        };
        http::Response::builder()
            .status(status)
            .body(r#"{"__type":"NotFoundException"}"#)
            .expect("a response")
    });
    let conf = Config::builder()
        .with_test_defaults_v2()
        .http_client(transport)
        .build();
    let client = Client::from_conf(conf);
    println!("{:?}", client.list_keys().send().await.is_ok());
    println!(
        "{:?}",
        client
            .describe_key()
            .key_id("k")
            .send()
            .await
            .expect_err("refused")
            .into_service_error()
    );
    Ok(())
}
