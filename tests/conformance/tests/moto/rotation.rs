//! Rotation by schedule and on demand, and its pages.

use crate::server::{client, key};

#[tokio::test]
async fn rotation_is_turned_on_and_off() {
    let client = client();
    let key = key(&client).await;
    let status = async || {
        let output = client.get_key_rotation_status().key_id(&key).send().await;
        output.expect("a status").key_rotation_enabled()
    };
    assert!(!status().await);
    client
        .enable_key_rotation()
        .key_id(&key)
        .rotation_period_in_days(90)
        .send()
        .await
        .expect("on");
    assert!(status().await);
    client
        .disable_key_rotation()
        .key_id(&key)
        .send()
        .await
        .expect("off");
    assert!(!status().await);
}

#[tokio::test]
async fn rotations_come_in_pages() {
    let client = client();
    let key = key(&client).await;
    for _ in 0..5 {
        client
            .rotate_key_on_demand()
            .key_id(&key)
            .send()
            .await
            .expect("rotated");
    }
    let mut pages = client
        .list_key_rotations()
        .key_id(&key)
        .limit(2)
        .into_paginator()
        .send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        assert_eq!(page.truncated(), page.next_marker().is_some());
        sizes.push(page.rotations().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let mut items = client
        .list_key_rotations()
        .key_id(&key)
        .limit(2)
        .into_paginator()
        .items()
        .send();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.expect("a rotation");
        count += 1;
    }
    assert_eq!(count, 5);
}
