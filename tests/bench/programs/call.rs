//! A program with one call of KMS. What is built is what counts; it is not run.

use kms::config::{BehaviorVersion, Credentials, Region};

fn main() {
    let config = kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "bench"))
        .build();
    let client = kms::Client::from_conf(config);
    let call = client.disconnect_custom_key_store().custom_key_store_id("cks-1234567890abcdef0").send();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.expect("a runtime").block_on(call) {
        Ok(_) => println!("disconnecting"),
        Err(error) => println!("refused: {error:?}"),
    }
}
