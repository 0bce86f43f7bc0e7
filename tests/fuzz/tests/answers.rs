//! The outputs of all operations of KMS are read from whatever comes, and from nothing but JSON objects where they have
//! members.

mod operations;

use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_kms::operation::list_keys::ListKeys;
use farrier_runtime::internal::Operation;
use farrier_runtime::json::Reader;
use operations::OPERATIONS;
use serde_json::Value;

const SEEDS: &[&[u8]] = &[
    b"",
    b"{}",
    br#"{"Keys":[{"KeyId":"1","KeyArn":"arn"},null,{}],"NextMarker":"n\u00e4chste","Truncated":true}"#,
    br#"{"CustomKeyStores":[{"CustomKeyStoreId":"cks-1","ConnectionState":"FAILED","ConnectionErrorCode":"new","CreationDate":1.5e9,"XksProxyConfiguration":{"Connectivity":"PUBLIC_ENDPOINT"}}],"Truncated":false}"#,
    br#"{"KeyMetadata":{"KeyId":"1","Enabled":true,"CreationDate":1700000000.25,"PendingDeletionWindowInDays":7,"MultiRegionConfiguration":{"ReplicaKeys":[{"Region":"eu-west-1"}]},"EncryptionAlgorithms":["RSAES_OAEP_SHA_1"]}}"#,
    br#"{"CiphertextBlob":"YWJjZA==","Plaintext":"AAECAw==","KeyId":"1","KeyMaterialId":"2"}"#,
    br#"{"Grants":[{"GrantId":"1","Operations":["Decrypt"],"Constraints":{"EncryptionContextSubset":{"a":"b","c":null}}}],"Unknown":[{"x":[1,2]}]}"#,
    br#"{"Aliases":[{"AliasName":"alias/a"}],"Tags":[{"TagKey":"a","TagValue":"b"}],"PolicyNames":["default"],"Rotations":[{"RotationDate":1e9,"KeyMaterialState":"CURRENT"}]}"#,
];

/// A list of empty objects, at three bytes each: the largest of KMS's lists have entries of some hundred bytes, and a
/// list that grows takes twice as much.
const PER_BYTE: usize = 400;

#[test]
fn answers() {
    let target = Target::new("answers", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, read_by_all));
    target.met_both();
}

/// Whether every operation takes it.
fn read_by_all(body: &[u8]) -> bool {
    let is_object = body.is_empty() || is_object(body);
    let mut taken = true;
    for operation in OPERATIONS {
        let read = bounded(PER_BYTE, body.len(), || (operation.output)(body));
        // Where no member is known, nothing of the body is asked for.
        let looks = (operation.output)(b"[").is_err();
        assert!(is_object || read.is_err() || !looks, "{read:?}");
        taken &= read.is_ok();
    }
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        compare(body, &value);
    }
    taken
}

fn is_object(body: &[u8]) -> bool {
    let mut reader = Reader::new(body);
    let is_whole = reader.skip_value().and_then(|()| reader.finish()).is_ok();
    is_whole && body.trim_ascii_start().starts_with(b"{")
}

/// Holds the output of `ListKeys` against what serde_json finds.
fn compare(body: &[u8], value: &Value) {
    let Ok(output) = ListKeys::read_output(body, None) else {
        return;
    };
    let text = |value: &Value| value.as_str().map(String::from);
    assert_eq!(output.next_marker, text(&value["NextMarker"]));
    assert_eq!(
        output.truncated,
        value["Truncated"].as_bool().unwrap_or(false)
    );
    let theirs = value["Keys"].as_array().map(|keys| {
        keys.iter()
            .filter(|key| !key.is_null())
            .map(|key| (text(&key["KeyId"]), text(&key["KeyArn"])))
            .collect::<Vec<_>>()
    });
    let ours = output.keys.map(|keys| {
        keys.into_iter()
            .map(|key| (key.key_id, key.key_arn))
            .collect::<Vec<_>>()
    });
    assert_eq!(ours, theirs);
}
