// Hands errors of several operations on with `?`.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::Error;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(
        200,
        r#"{"Keys":[{"KeyId":"3","KeyArn":"arn:3"}],"Truncated":false}"#,
    ),
    Answer::Http(
        400,
        r#"{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-central-1:111122223333:alias/x is not found."}"#,
    ),
];

async fn both(client: &Client) -> Result<usize, Error> {
    let keys = client.list_keys().send().await?.keys.unwrap_or_default();
    for key in &keys {
        client
            .describe_key()
            .set_key_id(key.key_id.clone())
            .send()
            .await?;
    }
    Ok(keys.len())
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    match both(&Client::new(config)).await {
        Ok(count) => println!("{count}"),
        Err(Error::NotFoundException(error)) => println!("{:?}", error.message()),
        Err(error) => println!("{error:?}"),
    }
    Ok(())
}
