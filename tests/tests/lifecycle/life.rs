//! The whole life of a store, of each type.

use crate::{
    CERTIFICATE, LONG, PASSWORD, cloud_hsm, cluster_id, connect, created, described, external,
    proxy_credential, state,
};
use farrier_kms::Client;
use farrier_kms::client::Waiters;
use farrier_kms::types::{ConnectionStateType, CustomKeyStoreType, XksProxyConnectivityType};
use farrier_tests::Local;
use std::time::Duration;

/// The calls a service was sent, waits taken together.
fn calls(local: &Local) -> Vec<String> {
    let requests = local.service().take_requests();
    let mut calls: Vec<String> = requests
        .into_iter()
        .filter_map(|request| request.operation)
        .collect();
    calls.dedup();
    calls
}

#[tokio::test]
async fn a_cloud_hsm_key_store_lives() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let id = created(cloud_hsm(&client, "mine")).await;

    let store = described(&client, &id).await;
    assert_eq!(store.custom_key_store_id(), Some(id.as_str()));
    assert_eq!(store.custom_key_store_name(), Some("mine"));
    let cluster = cluster_id("mine");
    assert_eq!(store.cloud_hsm_cluster_id(), Some(cluster.as_str()));
    assert_eq!(store.trust_anchor_certificate(), Some(CERTIFICATE));
    assert_eq!(
        store.custom_key_store_type(),
        Some(&CustomKeyStoreType::AwsCloudhsm)
    );
    assert_eq!(
        store.connection_state(),
        Some(&ConnectionStateType::Disconnected)
    );
    assert_eq!(store.connection_error_code(), None);
    assert_eq!(store.xks_proxy_configuration(), None);
    let created = store.creation_date().unwrap().as_secs_f64();
    let now = local.clock().now().duration_since(std::time::UNIX_EPOCH);
    assert!(
        (now.unwrap().as_secs_f64() - created).abs() < 60.0,
        "{created}"
    );

    live(&local, &client, &id).await;
    client
        .update_custom_key_store()
        .custom_key_store_id(&id)
        .new_custom_key_store_name("renamed")
        .key_store_password("another-password")
        .send()
        .await
        .unwrap();
    assert_eq!(
        described(&client, &id).await.custom_key_store_name(),
        Some("renamed")
    );
    end(&client, &id).await;
    let requests = calls(&local);
    let expected = [
        "CreateCustomKeyStore",
        "DescribeCustomKeyStores",
        "ConnectCustomKeyStore",
        "DescribeCustomKeyStores",
        "DisconnectCustomKeyStore",
        "DescribeCustomKeyStores",
        "UpdateCustomKeyStore",
        "DescribeCustomKeyStores",
        "DeleteCustomKeyStore",
        "DescribeCustomKeyStores",
    ];
    assert_eq!(requests, expected);
}

#[tokio::test]
async fn an_external_key_store_lives() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let id = created(external(&client, "mine")).await;

    let store = described(&client, &id).await;
    assert_eq!(
        store.custom_key_store_type(),
        Some(&CustomKeyStoreType::ExternalKeyStore)
    );
    assert_eq!(store.cloud_hsm_cluster_id(), None);
    assert_eq!(store.trust_anchor_certificate(), None);
    let proxy = store.xks_proxy_configuration().unwrap();
    assert_eq!(
        proxy.connectivity(),
        Some(&XksProxyConnectivityType::PublicEndpoint)
    );
    assert_eq!(proxy.access_key_id(), Some(crate::PROXY_KEY_ID));
    assert_eq!(proxy.uri_endpoint(), Some("https://xks.example.com"));
    assert_eq!(proxy.uri_path(), Some("/mine/kms/xks/v1"));
    assert_eq!(proxy.vpc_endpoint_service_name(), None);

    live(&local, &client, &id).await;
    client
        .update_custom_key_store()
        .custom_key_store_id(&id)
        .xks_proxy_connectivity(XksProxyConnectivityType::VpcEndpointService)
        .xks_proxy_uri_endpoint("https://xks.internal.example.com")
        .xks_proxy_uri_path("/other/kms/xks/v1")
        .xks_proxy_vpc_endpoint_service_name("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789")
        .xks_proxy_vpc_endpoint_service_owner("999988887777")
        .xks_proxy_authentication_credential(proxy_credential(&"s".repeat(43)))
        .send()
        .await
        .unwrap();
    let store = described(&client, &id).await;
    let proxy = store.xks_proxy_configuration().unwrap();
    assert_eq!(
        proxy.connectivity(),
        Some(&XksProxyConnectivityType::VpcEndpointService)
    );
    assert_eq!(proxy.uri_path(), Some("/other/kms/xks/v1"));
    let service = Some("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789");
    assert_eq!(proxy.vpc_endpoint_service_name(), service);
    assert_eq!(proxy.vpc_endpoint_service_owner(), Some("999988887777"));
    end(&client, &id).await;
}

/// Connects a store, sees it through its states, and disconnects it.
async fn live(local: &Local, client: &Client, id: &str) {
    let before = local.clock().now();
    connect(client, id).await;
    assert_eq!(state(client, id).await, ConnectionStateType::Connecting);
    let wait = client.wait_until_custom_key_store_connected();
    let last = wait.custom_key_store_id(id).wait(LONG).await.unwrap();
    let answer = last.into_result().unwrap();
    let states: Vec<_> = answer
        .custom_key_stores()
        .iter()
        .map(|store| store.connection_state())
        .collect();
    assert_eq!(states, [Some(&ConnectionStateType::Connected)]);
    let waited = local.clock().now().duration_since(before).unwrap();
    let late = Local::CONNECT_DELAY + Duration::from_secs(61);
    assert!(
        Local::CONNECT_DELAY <= waited && waited < late,
        "{waited:?}"
    );

    client
        .disconnect_custom_key_store()
        .custom_key_store_id(id)
        .send()
        .await
        .unwrap();
    assert_eq!(state(client, id).await, ConnectionStateType::Disconnecting);
    let wait = client.wait_until_custom_key_store_disconnected();
    wait.custom_key_store_id(id).wait(LONG).await.unwrap();
    assert_eq!(state(client, id).await, ConnectionStateType::Disconnected);
}

/// Deletes a store, and sees that it is gone.
async fn end(client: &Client, id: &str) {
    client
        .delete_custom_key_store()
        .custom_key_store_id(id)
        .send()
        .await
        .unwrap();
    let gone = client
        .describe_custom_key_stores()
        .custom_key_store_id(id)
        .send()
        .await;
    assert!(
        gone.unwrap_err()
            .into_service_error()
            .is_custom_key_store_not_found_exception()
    );
    let all = client.describe_custom_key_stores().send().await.unwrap();
    assert_eq!((all.custom_key_stores(), all.truncated()), (&[][..], false));
}

#[tokio::test]
async fn a_store_is_found_by_id_and_by_name() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let mut ids = Vec::new();
    for name in ["one", "two", "über 3"] {
        ids.push(
            created(external(&client, &name.replace(['ü', ' '], "")).custom_key_store_name(name))
                .await,
        );
    }
    for (id, name) in ids.iter().zip(["one", "two", "über 3"]) {
        assert_eq!(
            described(&client, id).await.custom_key_store_name(),
            Some(name)
        );
        let output = client
            .describe_custom_key_stores()
            .custom_key_store_name(name)
            .send()
            .await
            .unwrap();
        let found: Vec<_> = output
            .custom_key_stores()
            .iter()
            .map(|store| store.custom_key_store_id())
            .collect();
        assert_eq!(found, [Some(id.as_str())]);
    }
}

#[tokio::test]
async fn an_input_is_built_apart_from_its_client_and_sent_with_another() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let builder = cloud_hsm(&client, "apart").as_input().clone();
    assert_eq!(
        builder.get_custom_key_store_name().as_deref(),
        Some("apart")
    );
    assert_eq!(builder.get_key_store_password().as_deref(), Some(PASSWORD));
    let id = builder
        .send_with(&client.clone())
        .await
        .unwrap()
        .custom_key_store_id;
    assert_eq!(
        state(&client, id.as_deref().unwrap()).await,
        ConnectionStateType::Disconnected
    );
}

#[tokio::test]
async fn values_that_the_model_does_not_know_are_kept() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let id = created(external(&client, "mine")).await;
    local.service().fail_next_connect("PROXY_ON_FIRE");
    connect(&client, &id).await;
    local.clock().advance(Local::CONNECT_DELAY);
    let store = described(&client, &id).await;
    assert_eq!(store.connection_state(), Some(&ConnectionStateType::Failed));
    let code = store.connection_error_code().unwrap();
    assert_eq!(code.as_str(), "PROXY_ON_FIRE");
    assert_eq!(*code, "PROXY_ON_FIRE".into());
}
