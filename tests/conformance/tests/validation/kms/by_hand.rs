//! Calls of KMS as an application makes them, with what it is told.

use super::{client, service};
use crate::{Refusal, runtime, transport};
use farrier_kms::config::InputValidation;
use service::error::DisplayErrorContext;
use service::primitives::Blob;
use service::types::Tag;

fn tag(key: &str) -> Tag {
    Tag::builder()
        .tag_key(key)
        .tag_value("v")
        .build()
        .expect("a tag")
}

/// A client at a level, whose transport must see nothing.
macro_rules! refused {
    ($level:ident, $client:ident => $call:expr) => {{
        let transport = transport();
        let $client = client(transport.clone(), Some(InputValidation::$level));
        let error = runtime().block_on($call.send()).expect_err("a refusal");
        assert_eq!(transport.seen().len(), 0, "something was sent");
        let told = DisplayErrorContext(&error).to_string();
        (Refusal::of_construction(&error).paths, told)
    }};
}

#[test]
fn a_tag_key_in_a_list() {
    let (paths, told) = refused!(AllConstraints, client => {
        let tags = ["a", "b", "c", ""].map(tag).to_vec();
        client.tag_resource().key_id("k").set_tags(Some(tags))
    });
    assert_eq!(paths, ["Tags[3].TagKey"]);
    assert!(
        told.contains("the input of TagResource is not valid: `Tags[3].TagKey` must have 1 to 128 characters and has 0"),
        "{told}"
    );
}

#[test]
fn the_name_of_a_custom_key_store_is_too_long() {
    let (_, told) = refused!(AllConstraints, client => {
        client.create_custom_key_store().custom_key_store_name("ü".repeat(257))
    });
    assert!(
        told.contains("`CustomKeyStoreName` must have 1 to 256 characters and has 257"),
        "{told}"
    );
}

#[test]
fn a_cluster_id_of_another_form_and_a_password_that_is_not_told() {
    let (paths, told) = refused!(AllConstraints, client => {
        let call = client.create_custom_key_store().custom_key_store_name("store");
        call.cloud_hsm_cluster_id("cluster-00000000000").key_store_password("hunter")
    });
    assert_eq!(paths, ["CloudHsmClusterId", "KeyStorePassword"]);
    assert!(
        told.contains("`CloudHsmClusterId` must match ^cluster-[2-7a-zA-Z]{11,16}$ and is \"cluster-00000000000\""),
        "{told}"
    );
    assert!(
        told.contains("`KeyStorePassword` must have 7 to 32 characters"),
        "{told}"
    );
    assert!(!told.contains("hunter"), "{told}");
}

#[test]
fn a_missing_key_id_at_both_levels() {
    for told in [
        refused!(RequiredMembers, client => client.describe_key()),
        refused!(AllConstraints, client => client.describe_key()),
    ] {
        assert_eq!(told.0, ["KeyId"]);
        assert!(
            told.1.contains("`KeyId` is required and not set"),
            "{}",
            told.1
        );
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let (paths, told) = refused!(AllConstraints, client => {
        client.encrypt().plaintext(Blob::new(vec![1; 4097])).grant_tokens("").key_id("")
    });
    assert_eq!(paths, ["KeyId", "Plaintext", "GrantTokens[0]"]);
    // The plaintext is sensitive, even in its length.
    assert!(
        told.contains("`Plaintext` must have 1 to 4096 bytes;"),
        "{told}"
    );
}
