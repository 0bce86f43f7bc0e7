//! The quick start against KMS in this process.

use crate::kms::Client;
use crate::kms::config::{Credentials, Region};
use crate::kms::types::ConnectionStateType;
use farrier_test_service::Service;
use std::time::Duration;

/// A service whose states pass at once, and a client of it.
async fn local() -> (Service, Client) {
    let service = Service::builder()
        .connect_delay(Duration::ZERO)
        .disconnect_delay(Duration::ZERO);
    let service = service.start().await.unwrap();
    let accepted = service.credentials();
    let credentials = Credentials::new(
        accepted.access_key_id(),
        accepted.secret_access_key(),
        None,
        None,
        "test",
    );
    let config = crate::kms::Config::builder()
        .endpoint_url(service.endpoint_url())
        .region(Region::new(service.region().to_owned()))
        .credentials_provider(credentials);
    (service, Client::from_conf(config.build()))
}

#[tokio::test]
async fn a_store_is_disconnected() {
    let (service, client) = local().await;
    let store = client
        .create_custom_key_store()
        .custom_key_store_name("quick")
        .cloud_hsm_cluster_id("cluster-abcdefghijk")
        .key_store_password("kmsuser-password")
        .trust_anchor_certificate("a certificate")
        .send()
        .await
        .unwrap();
    let id = store.custom_key_store_id().unwrap();
    let connect = client.connect_custom_key_store().custom_key_store_id(id);
    connect.send().await.unwrap();

    crate::disconnect(&client, id).await.unwrap();
    let stores = client.describe_custom_key_stores().send().await.unwrap();
    let state = stores.custom_key_stores()[0].connection_state();
    assert_eq!(state, Some(&ConnectionStateType::Disconnected));

    // Once more: it is refused, and that is no error here.
    crate::disconnect(&client, id).await.unwrap();
    let requests = service.requests();
    assert!(requests.iter().all(|request| request.refused.is_none()));
}

#[tokio::test]
async fn a_store_that_does_not_exist_is_an_error() {
    let (_service, client) = local().await;
    let error = crate::disconnect(&client, "cks-1234567890abcdef0").await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("CustomKeyStoreNotFoundException"), "{error}");
}
