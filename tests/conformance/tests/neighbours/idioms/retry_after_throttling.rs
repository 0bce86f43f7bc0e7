// Repeats what was throttled.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        400,
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
    ),
    Answer::Http(
        400,
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
    ),
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let output = Client::new(config).list_keys().send().await?;
    println!("{:?}", output.keys());
    Ok(())
}
