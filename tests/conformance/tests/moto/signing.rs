//! Signatures, public keys and MACs.

use crate::server::{client, key_for};
use farrier_kms::primitives::Blob;
use farrier_kms::types::{
    KeySpec, KeyUsageType, MacAlgorithmSpec, MessageType, SigningAlgorithmSpec,
};

#[tokio::test]
async fn what_is_signed_is_verified() {
    let client = client();
    let cases = [
        (KeySpec::Rsa2048, SigningAlgorithmSpec::RsassaPssSha256),
        (KeySpec::EccNistP384, SigningAlgorithmSpec::EcdsaSha384),
    ];
    for (spec, algorithm) in cases {
        let key = key_for(&client, KeyUsageType::SignVerify, spec).await;
        let signed = client
            .sign()
            .key_id(&key)
            .message(Blob::new("a message"))
            .message_type(MessageType::Raw)
            .signing_algorithm(algorithm.clone())
            .send()
            .await
            .expect("signed");
        assert_eq!(signed.signing_algorithm(), Some(&algorithm));
        let signature = signed.signature.expect("a signature");
        for (message, valid) in [("a message", true), ("another message", false)] {
            let verified = client.verify().key_id(&key).message(Blob::new(message));
            let verified = verified
                .signature(signature.clone())
                .signing_algorithm(algorithm.clone());
            let verified = verified.send().await.expect("an answer");
            assert_eq!(verified.signature_valid(), valid, "{message}");
        }
    }
}

#[tokio::test]
async fn a_public_key_is_der() {
    let client = client();
    let key = key_for(&client, KeyUsageType::SignVerify, KeySpec::EccNistP256).await;
    let output = client
        .get_public_key()
        .key_id(&key)
        .send()
        .await
        .expect("a public key");
    assert_eq!(output.key_usage(), Some(&KeyUsageType::SignVerify));
    assert_eq!(
        output.signing_algorithms(),
        [SigningAlgorithmSpec::EcdsaSha256]
    );
    let der = output.public_key.expect("bytes").into_inner();
    assert_eq!(
        (der[0], der.len()),
        (0x30, 91),
        "a SubjectPublicKeyInfo on P-256"
    );
}

#[tokio::test]
async fn a_mac_is_verified() {
    let client = client();
    let key = key_for(&client, KeyUsageType::GenerateVerifyMac, KeySpec::Hmac256).await;
    let made = client
        .generate_mac()
        .key_id(&key)
        .message(Blob::new("a message"));
    let made = made
        .mac_algorithm(MacAlgorithmSpec::HmacSha256)
        .send()
        .await
        .expect("a MAC");
    let mac = made.mac.expect("a MAC");
    let verify = client
        .verify_mac()
        .key_id(&key)
        .mac_algorithm(MacAlgorithmSpec::HmacSha256)
        .mac(mac);
    let verified = verify
        .clone()
        .message(Blob::new("a message"))
        .send()
        .await
        .expect("verified");
    assert!(verified.mac_valid());
    let refused = verify
        .message(Blob::new("another message"))
        .send()
        .await
        .expect_err("refused");
    let error = refused.into_service_error();
    assert!(error.is_kms_invalid_mac_exception(), "{error:?}");
}
