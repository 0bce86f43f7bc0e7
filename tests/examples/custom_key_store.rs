//! The life of a custom key store: create, connect, wait, describe, disconnect, wait, delete.
//!
//! ```sh
//! # Against a service in this process; needs nothing, and passes over the twenty minutes that connecting takes:
//! cargo run --example custom_key_store
//!
//! # Against another service; credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN:
//! cargo run --example custom_key_store -- --endpoint http://localhost:4566 --region eu-central-1
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use farrier_kms::Client;
use farrier_kms::client::Waiters;
use farrier_kms::config::{Credentials, Region};
use farrier_kms::types::{
    CustomKeyStoreType, XksProxyAuthenticationCredentialType, XksProxyConnectivityType,
};
use farrier_kms::waiters::custom_key_store_connected::WaitUntilCustomKeyStoreConnectedError;
use farrier_tests::Local;

/// Longer than KMS takes to connect a store: about 5 minutes for an external one, up to 20 for one on CloudHSM.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What failed comes first; why, which for a call is what the service says, follows as its sources.
            eprintln!("error: {error}");
            let sources = std::iter::successors(error.source(), |&error| error.source());
            sources.for_each(|source| eprintln!("  because: {source}"));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    match Arguments::read(env::args().skip(1))? {
        Arguments { endpoint: None, .. } => {
            // Stops at the end of this block.
            let local = Local::start().await?;
            println!(
                "service    {} (in this process)\n",
                local.service().endpoint_url()
            );
            live(&local.client()).await
        }
        Arguments {
            endpoint: Some(endpoint),
            region,
        } => {
            println!("service    {endpoint} in {region}\n");
            live(&client(endpoint, region)?).await
        }
    }
}

/// A client of the service at an endpoint. Without `endpoint_url` it would call AWS, at the endpoint of its region.
fn client(endpoint: String, region: String) -> Result<Client, Box<dyn Error>> {
    let needed = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let credentials = Credentials::new(
        needed("AWS_ACCESS_KEY_ID")?,
        needed("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let config = farrier_kms::Config::builder()
        .endpoint_url(endpoint)
        .region(Region::new(region))
        .credentials_provider(credentials)
        .build();
    Ok(Client::from_conf(config))
}

/// Leads a store from its creation to its deletion.
async fn live(client: &Client) -> Result<(), Box<dyn Error>> {
    let id = create(client).await?;
    println!("create     {id}");
    describe(client, &id).await?;

    // The answer to a connect only says that connecting has begun, and a store may end up as FAILED.
    client
        .connect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await?;
    println!("connect    {id}");
    describe(client, &id).await?;
    wait_until_connected(client, &id).await?;
    println!("wait");
    describe(client, &id).await?;

    client
        .disconnect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await?;
    println!("disconnect {id}");
    describe(client, &id).await?;

    // Errors are enums, and can be asked: a store that is not disconnected cannot be disconnected once more or deleted.
    let again = client
        .disconnect_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await;
    match again.map_err(|error| error.into_service_error()) {
        Err(error) if error.is_custom_key_store_invalid_state_exception() => {
            println!("refused    {error}")
        }
        other => drop(other?),
    }
    client
        .wait_until_custom_key_store_disconnected()
        .custom_key_store_id(&id)
        .wait(PATIENCE)
        .await?;
    println!("wait");
    describe(client, &id).await?;

    client
        .delete_custom_key_store()
        .custom_key_store_id(&id)
        .send()
        .await?;
    println!("delete     {id}");
    Ok(())
}

/// Creates an external key store and returns its id. It is not connected yet.
async fn create(client: &Client) -> Result<String, Box<dyn Error>> {
    // Required members of structures are checked when they are built. Neither of these is ever shown by Debug.
    let credential = XksProxyAuthenticationCredentialType::builder()
        .access_key_id("EXAMPLEKEYIDABCDEF234567")
        .raw_secret_access_key("example+secret/of+the+proxy+with+43+letters/==")
        .build()?;
    let store = client
        .create_custom_key_store()
        .custom_key_store_name("example")
        .custom_key_store_type(CustomKeyStoreType::ExternalKeyStore)
        .xks_proxy_connectivity(XksProxyConnectivityType::PublicEndpoint)
        .xks_proxy_uri_endpoint("https://xks.example.com")
        .xks_proxy_uri_path("/example/kms/xks/v1")
        .xks_proxy_authentication_credential(credential)
        .send()
        .await?;
    store
        .custom_key_store_id
        .ok_or_else(|| "the service gave no id".into())
}

/// Waits until a store is connected; the error says why it never will be.
async fn wait_until_connected(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    let wait = client.wait_until_custom_key_store_connected();
    match wait.custom_key_store_id(id).wait(PATIENCE).await {
        Ok(_) => Ok(()),
        // The waiter does not go on waiting for a store that has failed. What it saw last is in the error.
        Err(WaitUntilCustomKeyStoreConnectedError::FailureState(failure)) => {
            let answer = failure.into_final_poll().into_result()?;
            let code = answer
                .custom_key_stores()
                .iter()
                .find_map(|store| store.connection_error_code());
            let code = code.map_or("no error code", |code| code.as_str());
            Err(format!("{id} cannot be connected: {code}").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Prints the stores of an id: one.
async fn describe(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    // A paginator asks for page after page; without an id this would be all stores of the account.
    let pages = client
        .describe_custom_key_stores()
        .custom_key_store_id(id)
        .into_paginator();
    let mut stores = pages.items().send();
    while let Some(store) = stores.try_next().await? {
        let state = store
            .connection_state()
            .map_or("unknown", |state| state.as_str());
        println!(
            "           {:?} is {state}",
            store.custom_key_store_name().unwrap_or_default()
        );
    }
    Ok(())
}

/// What the command line says.
struct Arguments {
    /// Default: none, which means a service in this process.
    endpoint: Option<String>,
    /// Default: `us-east-1`.
    region: String,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut read = Arguments {
            endpoint: None,
            region: "us-east-1".to_owned(),
        };
        while let Some(name) = arguments.next() {
            let value = arguments.next();
            match (name.as_str(), value) {
                ("--endpoint", Some(value)) => read.endpoint = Some(value),
                ("--region", Some(value)) => read.region = value,
                _ => {
                    return Err(
                        "usage: custom_key_store [--endpoint URL [--region REGION]]".to_owned()
                    );
                }
            }
        }
        Ok(read)
    }
}
