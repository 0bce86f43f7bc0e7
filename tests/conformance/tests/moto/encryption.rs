//! Bytes encrypted, decrypted and re-encrypted; data keys and random bytes.

use crate::server::{client, key};
use farrier_kms::primitives::Blob;
use farrier_kms::types::DataKeySpec;

#[tokio::test]
async fn what_is_encrypted_decrypts_to_the_same_bytes() {
    let client = client();
    let key = key(&client).await;
    let bytes: Vec<u8> = (0..=255).collect();
    let encrypted = client
        .encrypt()
        .key_id(&key)
        .plaintext(Blob::new(bytes.clone()));
    let encrypted = encrypted
        .encryption_context("order", "10482 \"é\"")
        .send()
        .await
        .expect("encrypted");
    assert!(encrypted.key_id().is_some_and(|arn| arn.ends_with(&key)));
    let ciphertext = encrypted.ciphertext_blob.expect("a ciphertext");
    let decrypted = client
        .decrypt()
        .ciphertext_blob(ciphertext)
        .encryption_context("order", "10482 \"é\"");
    let decrypted = decrypted.send().await.expect("decrypted");
    assert_eq!(decrypted.plaintext().map(Blob::as_ref), Some(&bytes[..]));
    let shown = format!("{decrypted:?}");
    assert!(shown.contains("*** Sensitive Data Redacted ***"), "{shown}");
}

#[tokio::test]
async fn another_context_does_not_decrypt() {
    let client = client();
    let key = key(&client).await;
    let encrypted = client.encrypt().key_id(&key).plaintext(Blob::new("secret"));
    let encrypted = encrypted
        .encryption_context("order", "1")
        .send()
        .await
        .expect("encrypted");
    let decrypted = client
        .decrypt()
        .key_id(&key)
        .encryption_context("order", "2");
    let decrypted = decrypted
        .ciphertext_blob(encrypted.ciphertext_blob.expect("a ciphertext"))
        .send()
        .await;
    let error = decrypted.expect_err("refused").into_service_error();
    assert!(error.is_invalid_ciphertext_exception(), "{error:?}");
}

#[tokio::test]
async fn a_ciphertext_moves_to_another_key() {
    let client = client();
    let (from, to) = (key(&client).await, key(&client).await);
    let encrypted = client
        .encrypt()
        .key_id(&from)
        .plaintext(Blob::new("secret"))
        .send()
        .await;
    let moved = client
        .re_encrypt()
        .ciphertext_blob(
            encrypted
                .expect("encrypted")
                .ciphertext_blob
                .expect("a ciphertext"),
        )
        .destination_key_id(&to)
        .destination_encryption_context("order", "2")
        .send()
        .await
        .expect("re-encrypted");
    assert!(
        moved
            .source_key_id()
            .is_some_and(|arn| arn.ends_with(&from))
    );
    assert!(moved.key_id().is_some_and(|arn| arn.ends_with(&to)));
    let decrypted = client
        .decrypt()
        .key_id(&to)
        .encryption_context("order", "2");
    let decrypted = decrypted
        .ciphertext_blob(moved.ciphertext_blob.expect("a ciphertext"))
        .send()
        .await;
    assert_eq!(
        decrypted
            .expect("decrypted")
            .plaintext
            .map(Blob::into_inner),
        Some(b"secret".to_vec())
    );
}

#[tokio::test]
async fn a_data_key_decrypts() {
    let client = client();
    let key = key(&client).await;
    for (spec, length) in [(DataKeySpec::Aes128, 16), (DataKeySpec::Aes256, 32)] {
        let made = client
            .generate_data_key()
            .key_id(&key)
            .key_spec(spec.clone())
            .send()
            .await;
        let made = made.expect("a data key");
        let plaintext = made.plaintext.expect("its bytes").into_inner();
        assert_eq!(plaintext.len(), length);
        let decrypted = client
            .decrypt()
            .ciphertext_blob(made.ciphertext_blob.expect("a ciphertext"));
        let decrypted = decrypted.send().await.expect("decrypted");
        assert_eq!(decrypted.plaintext.map(Blob::into_inner), Some(plaintext));
        let sealed = client
            .generate_data_key_without_plaintext()
            .key_id(&key)
            .key_spec(spec);
        let sealed = sealed
            .send()
            .await
            .expect("a data key")
            .ciphertext_blob
            .expect("a ciphertext");
        let decrypted = client
            .decrypt()
            .ciphertext_blob(sealed)
            .send()
            .await
            .expect("decrypted");
        assert_eq!(
            decrypted.plaintext.map(|bytes| bytes.as_ref().len()),
            Some(length)
        );
    }
}

#[tokio::test]
async fn random_bytes_have_the_length_asked_for() {
    let output = client()
        .generate_random()
        .number_of_bytes(24)
        .send()
        .await
        .expect("bytes");
    assert_eq!(output.plaintext.map(|bytes| bytes.as_ref().len()), Some(24));
}
