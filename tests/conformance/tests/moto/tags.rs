//! Tags put, listed and taken away.

use crate::server::{client, key};
use farrier_kms::types::Tag;

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder()
        .tag_key(key)
        .tag_value(value)
        .build()
        .expect("both are set")
}

#[tokio::test]
async fn tags_are_put_listed_and_taken_away() {
    let client = client();
    let key = key(&client).await;
    let put = client.tag_resource().key_id(&key);
    let put = put
        .tags(tag("team", "orders"))
        .tags(tag("stage", "\"é\" 🐎"));
    put.send().await.expect("tagged");
    let tags = async || {
        let listed = client
            .list_resource_tags()
            .key_id(&key)
            .send()
            .await
            .expect("tags");
        let mut tags = listed.tags.unwrap_or_default();
        tags.sort_by(|one, other| one.tag_key().cmp(other.tag_key()));
        tags
    };
    assert_eq!(
        tags().await,
        [tag("stage", "\"é\" 🐎"), tag("team", "orders")]
    );
    client
        .untag_resource()
        .key_id(&key)
        .tag_keys("stage")
        .send()
        .await
        .expect("untagged");
    assert_eq!(tags().await, [tag("team", "orders")]);
}

#[tokio::test]
async fn a_key_is_created_with_tags() {
    let client = client();
    let created = client
        .create_key()
        .tags(tag("team", "orders"))
        .send()
        .await
        .expect("a key");
    let key = created.key_metadata().expect("metadata").key_id();
    let mut items = client
        .list_resource_tags()
        .key_id(key)
        .into_paginator()
        .items()
        .send();
    assert_eq!(
        items.next().await.expect("a tag").expect("an answer"),
        tag("team", "orders")
    );
    assert!(items.next().await.is_none());
}
