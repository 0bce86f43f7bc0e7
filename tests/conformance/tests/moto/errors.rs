//! What moto refuses comes back as a typed error, or as one that says its code.

use crate::server::{client, key, key_for};
use farrier_kms as kms;
use kms::error::{ProvideErrorMetadata, SdkError};
use kms::primitives::Blob;
use kms::types::{DataKeySpec, KeySpec, KeyUsageType, MacAlgorithmSpec};

#[tokio::test]
async fn a_key_that_is_not_there_is_not_found() {
    let id = "00000000-0000-0000-0000-000000000000";
    let error = client()
        .describe_key()
        .key_id(id)
        .send()
        .await
        .expect_err("refused");
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(
        error.raw_response().map(|answer| answer.status().as_u16()),
        Some(400)
    );
    assert_eq!(error.code(), Some("NotFoundException"));
    let error = error.into_service_error();
    assert!(error.is_not_found_exception());
    assert!(error.to_string().contains("does not exist"), "{error}");
    let error = kms::Error::from(error);
    assert!(
        matches!(&error, kms::Error::NotFoundException(inner) if inner.message().is_some()),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_key_of_another_usage_makes_no_mac() {
    let client = client();
    let key = key(&client).await;
    let call = client.generate_mac().key_id(&key).message(Blob::new("m"));
    let error = call
        .mac_algorithm(MacAlgorithmSpec::HmacSha256)
        .send()
        .await
        .expect_err("refused");
    assert!(error.into_service_error().is_invalid_key_usage_exception());
}

#[tokio::test]
async fn what_the_model_does_not_declare_says_its_code() {
    let client = client();
    let key = key(&client).await;
    let call = client
        .generate_data_key()
        .key_id(&key)
        .key_spec(DataKeySpec::Aes256)
        .number_of_bytes(8);
    let error = call.send().await.expect_err("refused").into_service_error();
    assert_eq!(error.code(), Some("ValidationException"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("key spec")),
        "{error:?}"
    );
    assert!(error.to_string().contains("ValidationException"), "{error}");
    let error = client
        .sign()
        .key_id(&key)
        .message(Blob::new("m"))
        .send()
        .await
        .expect_err("refused");
    assert_eq!(error.code(), Some("ValidationException"));
}

#[tokio::test]
async fn values_the_model_does_not_know_are_sent_and_read() {
    let client = client();
    let call = client
        .create_key()
        .key_spec(KeySpec::from("ROT13"))
        .key_usage(KeyUsageType::EncryptDecrypt);
    let error = call.send().await.expect_err("refused").into_service_error();
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("ROT13")),
        "{error:?}"
    );
    let key = key_for(
        &client,
        KeyUsageType::from("DAYDREAM"),
        KeySpec::SymmetricDefault,
    )
    .await;
    let described = client
        .describe_key()
        .key_id(&key)
        .send()
        .await
        .expect("the key");
    let usage = described.key_metadata().and_then(|key| key.key_usage());
    assert_eq!(usage.map(KeyUsageType::as_str), Some("DAYDREAM"));
}

#[tokio::test]
async fn an_operation_that_moto_lacks_is_an_error() {
    let error = client()
        .describe_custom_key_stores()
        .send()
        .await
        .expect_err("refused");
    assert!(
        matches!(
            error,
            SdkError::ServiceError(_) | SdkError::ResponseError(_)
        ),
        "{error:?}"
    );
}
