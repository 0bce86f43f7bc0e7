// Connects and disconnects a custom key store.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::types::ConnectionStateType;

pub(crate) const ANSWERS: &[Answer] = &[
    Answer::Http(200, r#"{}"#),
    Answer::Http(
        200,
        r#"{"CustomKeyStores":[{"CustomKeyStoreId":"cks-1","ConnectionState":"FAILED","ConnectionErrorCode":"INVALID_CREDENTIALS"}]}"#,
    ),
    Answer::Http(
        400,
        r#"{"__type":"CustomKeyStoreInvalidStateException","message":"not now"}"#,
    ),
];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    client
        .connect_custom_key_store()
        .custom_key_store_id("cks-1")
        .send()
        .await?;
    let stores = client
        .describe_custom_key_stores()
        .custom_key_store_id("cks-1")
        .send()
        .await?;
    for store in stores.custom_key_stores() {
        if store.connection_state() == Some(&ConnectionStateType::Failed) {
            println!("failed: {:?}", store.connection_error_code());
        }
    }
    let error = client
        .disconnect_custom_key_store()
        .custom_key_store_id("cks-1")
        .send()
        .await
        .expect_err("not now");
    println!("{:?}", error.into_service_error());
    Ok(())
}
