//! Keys from their creation to their deletion.

use crate::server::{client, client_in, key};
use farrier_kms::types::{
    KeyManagerType, KeySpec, KeyState, KeyUsageType, MultiRegionKeyType, OriginType,
};
use std::time::SystemTime;

#[tokio::test]
async fn a_created_key_is_described() {
    let client = client();
    let created = client
        .create_key()
        .key_usage(KeyUsageType::EncryptDecrypt)
        .description("Orders at rest, \"é\" 🐎")
        .send()
        .await;
    let created = created.expect("a key").key_metadata.expect("metadata");
    let described = client
        .describe_key()
        .key_id(created.arn().expect("an ARN"))
        .send()
        .await;
    let described = described.expect("the key").key_metadata.expect("metadata");
    assert_eq!(described, created);
    assert_eq!(described.description(), Some("Orders at rest, \"é\" 🐎"));
    assert_eq!(described.key_state(), Some(&KeyState::Enabled));
    assert_eq!(described.key_usage(), Some(&KeyUsageType::EncryptDecrypt));
    assert_eq!(described.key_spec(), Some(&KeySpec::SymmetricDefault));
    assert_eq!(described.key_manager(), Some(&KeyManagerType::Customer));
    assert_eq!(described.origin(), Some(&OriginType::AwsKms));
    assert!(described.enabled());
    let date =
        SystemTime::try_from(*described.creation_date().expect("a date")).expect("after 1970");
    let age = SystemTime::now()
        .duration_since(date)
        .expect("created before now");
    assert!(age.as_secs() < 600, "{age:?}");
}

#[tokio::test]
async fn keys_are_listed() {
    let client = client();
    let ids = [key(&client).await, key(&client).await, key(&client).await];
    let mut pages = client.list_keys().into_paginator().send();
    let mut listed = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        listed.extend(
            page.keys()
                .iter()
                .filter_map(|key| key.key_id())
                .map(String::from),
        );
    }
    assert!(
        ids.iter().all(|id| listed.contains(id)),
        "{ids:?} in {listed:?}"
    );
    let mut items = client.list_keys().into_paginator().items().send();
    let mut found = 0;
    while let Some(item) = items.next().await {
        let id = item.expect("an item").key_id;
        found += usize::from(id.is_some_and(|id| ids.contains(&id)));
    }
    assert_eq!(found, ids.len());
}

#[tokio::test]
async fn a_description_can_be_changed() {
    let client = client();
    let key = key(&client).await;
    let update = client
        .update_key_description()
        .key_id(&key)
        .description("new");
    update.send().await.expect("an update");
    let described = client
        .describe_key()
        .key_id(&key)
        .send()
        .await
        .expect("the key");
    assert_eq!(
        described.key_metadata().and_then(|key| key.description()),
        Some("new")
    );
}

#[tokio::test]
async fn a_key_is_disabled_and_enabled() {
    let client = client();
    let key = key(&client).await;
    let enabled = async || {
        let output = client
            .describe_key()
            .key_id(&key)
            .send()
            .await
            .expect("the key");
        output
            .key_metadata()
            .map(|key| (key.enabled(), key.key_state().cloned()))
    };
    client
        .disable_key()
        .key_id(&key)
        .send()
        .await
        .expect("disabled");
    assert_eq!(enabled().await, Some((false, Some(KeyState::Disabled))));
    client
        .enable_key()
        .key_id(&key)
        .send()
        .await
        .expect("enabled");
    assert_eq!(enabled().await, Some((true, Some(KeyState::Enabled))));
}

#[tokio::test]
async fn a_deletion_is_scheduled_and_cancelled() {
    let client = client();
    let key = key(&client).await;
    let deletion = client
        .schedule_key_deletion()
        .key_id(&key)
        .pending_window_in_days(7);
    let date = deletion.send().await.expect("scheduled").deletion_date;
    let date = SystemTime::try_from(date.expect("a date")).expect("after 1970");
    let ahead = date
        .duration_since(SystemTime::now())
        .expect("in the future");
    assert!(
        (6 * 86_400..=7 * 86_400).contains(&ahead.as_secs()),
        "{ahead:?}"
    );
    let state = async || {
        let output = client
            .describe_key()
            .key_id(&key)
            .send()
            .await
            .expect("the key");
        output
            .key_metadata()
            .and_then(|key| key.key_state().cloned())
    };
    assert_eq!(state().await, Some(KeyState::PendingDeletion));
    let cancelled = client.cancel_key_deletion().key_id(&key).send().await;
    assert_eq!(cancelled.expect("cancelled").key_id(), Some(key.as_str()));
    assert_eq!(state().await, Some(KeyState::Disabled));
}

#[tokio::test]
async fn a_multi_region_key_is_replicated() {
    let client = client();
    let primary = client.create_key().multi_region(true).send().await;
    let primary = primary.expect("a key").key_metadata.expect("metadata");
    let replica = client
        .replicate_key()
        .key_id(primary.key_id())
        .replica_region("us-west-2");
    let replica = replica
        .send()
        .await
        .expect("a replica")
        .replica_key_metadata
        .expect("metadata");
    assert_eq!(replica.key_id(), primary.key_id());
    let there = client_in("us-west-2")
        .describe_key()
        .key_id(primary.key_id())
        .send()
        .await;
    let there = there.expect("the replica").key_metadata.expect("metadata");
    let configuration = there.multi_region_configuration().expect("a configuration");
    assert_eq!(
        configuration.multi_region_key_type(),
        Some(&MultiRegionKeyType::Replica)
    );
    let home = configuration.primary_key().and_then(|key| key.region());
    assert_eq!(home, Some("us-east-1"));
}
