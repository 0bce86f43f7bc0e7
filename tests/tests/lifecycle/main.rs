//! The generated client of KMS and the custom key store service, over real HTTP.

mod connections;
mod errors;
mod life;
mod pages;
mod refusals;
mod retries;
mod secrets;
mod timeouts;
mod waiters;

use farrier_kms::Client;
use farrier_kms::operation::create_custom_key_store::builders::CreateCustomKeyStoreFluentBuilder;
use farrier_kms::types::{
    ConnectionStateType, CustomKeyStoreType, CustomKeyStoresListEntry,
    XksProxyAuthenticationCredentialType, XksProxyConnectivityType,
};
use std::time::Duration;

/// A password as `kmsuser` has one.
const PASSWORD: &str = "kmsuser-pass-2718";
/// The id and the secret of a credential of an external key store proxy.
const PROXY_KEY_ID: &str = "ABCDEFGHIJKLMNOPQRST2345";
const PROXY_SECRET: &str = "DXjSUawnel2fr6SKC7G25CNxTyWKE5PF9XX6H2u3oPNnbg83KJ0qq==";
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMIIDdTCC\n-----END CERTIFICATE-----\n";

/// Longer than any state that passes by itself.
const LONG: Duration = Duration::from_secs(3600);

fn proxy_credential(secret: &str) -> XksProxyAuthenticationCredentialType {
    XksProxyAuthenticationCredentialType::builder()
        .access_key_id(PROXY_KEY_ID)
        .raw_secret_access_key(secret)
        .build()
        .expect("both members are set")
}

/// A call that creates a CloudHSM key store; each name has a cluster of its own.
fn cloud_hsm(client: &Client, name: &str) -> CreateCustomKeyStoreFluentBuilder {
    client
        .create_custom_key_store()
        .custom_key_store_name(name)
        .cloud_hsm_cluster_id(cluster_id(name))
        .key_store_password(PASSWORD)
        .trust_anchor_certificate(CERTIFICATE)
}

/// A cluster id that is made from a name: 11 letters at the end.
fn cluster_id(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    format!("cluster-{:a<11.11}", letters)
}

/// A call that creates an external key store with a public endpoint.
fn external(client: &Client, name: &str) -> CreateCustomKeyStoreFluentBuilder {
    client
        .create_custom_key_store()
        .custom_key_store_name(name)
        .custom_key_store_type(CustomKeyStoreType::ExternalKeyStore)
        .xks_proxy_connectivity(XksProxyConnectivityType::PublicEndpoint)
        .xks_proxy_uri_endpoint("https://xks.example.com")
        .xks_proxy_uri_path(format!("/{name}/kms/xks/v1"))
        .xks_proxy_authentication_credential(proxy_credential(PROXY_SECRET))
}

/// Sends a create and returns the id of the store.
async fn created(call: CreateCustomKeyStoreFluentBuilder) -> String {
    let output = call.send().await.expect("the store can be created");
    output.custom_key_store_id.expect("a store has an id")
}

/// Begins to connect a store.
async fn connect(client: &Client, id: &str) {
    client
        .connect_custom_key_store()
        .custom_key_store_id(id)
        .send()
        .await
        .unwrap();
}

/// The one store of an id.
async fn described(client: &Client, id: &str) -> CustomKeyStoresListEntry {
    let output = client
        .describe_custom_key_stores()
        .custom_key_store_id(id)
        .send()
        .await;
    let mut stores = output
        .expect("the store is there")
        .custom_key_stores
        .unwrap_or_default();
    assert_eq!(stores.len(), 1);
    stores.remove(0)
}

async fn state(client: &Client, id: &str) -> ConnectionStateType {
    let store = described(client, id).await;
    store.connection_state.expect("a store has a state")
}
