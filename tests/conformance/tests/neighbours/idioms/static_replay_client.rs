// Replays traffic, and checks what was sent.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Config;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let event = ReplayEvent::new(
        http::Request::builder()
            .method("POST")
            .uri("https://kms.us-east-1.amazonaws.com/")
            .header("x-amz-target", "TrentService.ListKeys")
            .body(SdkBody::from("{}"))?,
        http::Response::builder()
            .status(200)
            .body(SdkBody::from(r#"{"Truncated":true}"#))?,
    );
    let replay = StaticReplayClient::new(vec![event]);
    let conf = Config::builder()
        .with_test_defaults_v2()
        .http_client(replay.clone())
        .build();
    println!(
        "{:?}",
        Client::from_conf(conf)
            .list_keys()
            .send()
            .await?
            .truncated()
    );
    println!("{}", replay.actual_requests().count());
    replay.relaxed_requests_match();
    replay.assert_requests_match(&[
        "authorization",
        "user-agent",
        "x-amz-user-agent",
        "amz-sdk-invocation-id",
    ]);
    Ok(())
}
