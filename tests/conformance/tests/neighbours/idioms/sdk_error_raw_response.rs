// Looks at the answer behind an error.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[Answer::With(
    400,
    ("x-amzn-errortype", "NotFoundException:http://x"),
    r#"{"message":"no"}"#,
)];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let error = client
        .describe_key()
        .key_id("k-1")
        .send()
        .await
        .expect_err("refused");
    let raw = error.raw_response().ok_or("no response")?;
    println!(
        "{} {:?} {:?}",
        raw.status().as_u16(),
        raw.headers().get("x-amzn-requestid"),
        raw.body().bytes().map(String::from_utf8_lossy)
    );
    println!("{:?}", error.into_service_error());
    Ok(())
}
