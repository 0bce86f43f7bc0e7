//! Aliases made, moved, listed and deleted.

use crate::server::{client, key};

#[tokio::test]
async fn an_alias_stands_for_a_key_and_moves() {
    let client = client();
    let (first, second) = (key(&client).await, key(&client).await);
    let name = format!("alias/orders-{first}");
    client
        .create_alias()
        .alias_name(&name)
        .target_key_id(&first)
        .send()
        .await
        .expect("an alias");
    let target = async || {
        let output = client
            .describe_key()
            .key_id(&name)
            .send()
            .await
            .expect("the key");
        output.key_metadata().expect("metadata").key_id().to_owned()
    };
    assert_eq!(target().await, first);
    let again = client
        .create_alias()
        .alias_name(&name)
        .target_key_id(&second)
        .send()
        .await;
    let error = again.expect_err("refused").into_service_error();
    assert!(error.is_already_exists_exception(), "{error:?}");
    client
        .update_alias()
        .alias_name(&name)
        .target_key_id(&second)
        .send()
        .await
        .expect("moved");
    assert_eq!(target().await, second);
    let mut listed = client
        .list_aliases()
        .key_id(&second)
        .into_paginator()
        .items()
        .send();
    let entry = listed.next().await.expect("an alias").expect("an answer");
    assert_eq!(entry.alias_name(), Some(name.as_str()));
    assert_eq!(entry.target_key_id(), Some(second.as_str()));
    assert!(listed.next().await.is_none());
    client
        .delete_alias()
        .alias_name(&name)
        .send()
        .await
        .expect("deleted");
    let gone = client
        .describe_key()
        .key_id(&name)
        .send()
        .await
        .expect_err("refused");
    assert!(gone.into_service_error().is_not_found_exception());
}
