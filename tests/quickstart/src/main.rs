//! Disconnects a custom key store: `cargo run -p farrier-quickstart -- cks-1234567890abcdef0`.
//!
//! The region and the credentials come from `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary
//! credentials, `AWS_SESSION_TOKEN`; `AWS_ENDPOINT_URL` leads to another service than AWS's own.

/// The client that `build.rs` generates.
mod kms {
    include!(concat!(env!("OUT_DIR"), "/kms.rs"));
}

#[cfg(test)]
mod tests;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use kms::client::Waiters;
use kms::config::{Credentials, Region};

/// Longer than KMS takes to disconnect a store.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(id) => {
            println!("{id} is disconnected");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<String, Box<dyn Error>> {
    let id = env::args().nth(1).ok_or("usage: farrier-quickstart ID")?;
    let client = kms::Client::from_conf(config()?.build());
    disconnect(&client, &id).await?;
    Ok(id)
}

/// The settings of a client, from the environment.
fn config() -> Result<kms::config::Builder, String> {
    let needed = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let credentials = Credentials::new(
        needed("AWS_ACCESS_KEY_ID")?,
        needed("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let mut config = kms::Config::builder()
        .region(Region::new(needed("AWS_REGION")?))
        .credentials_provider(credentials);
    config.set_endpoint_url(env::var("AWS_ENDPOINT_URL").ok());
    Ok(config)
}

/// Disconnects a store and waits until it is disconnected.
async fn disconnect(client: &kms::Client, id: &str) -> Result<(), Box<dyn Error>> {
    let call = client.disconnect_custom_key_store().custom_key_store_id(id);
    match call
        .send()
        .await
        .map_err(|error| error.into_service_error())
    {
        Ok(_) => {}
        // It is disconnected already, or about to be; if it is neither, the wait below ends at once.
        Err(error) if error.is_custom_key_store_invalid_state_exception() => {}
        Err(error) => return Err(error.into()),
    }
    let wait = client.wait_until_custom_key_store_disconnected();
    wait.custom_key_store_id(id).wait(PATIENCE).await?;
    Ok(())
}
