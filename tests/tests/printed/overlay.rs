//! The waiter that `docs/overlays.md` adds to KMS.

use crate::canned::Canned;
use crate::keys::client::Waiters;
use crate::keys::config::{Credentials, Region};
use crate::keys::{Client, Config};
use farrier_runtime::waiters::WaiterError;
use std::time::Duration;

fn client(status: u16, answer: &str) -> Client {
    let canned = Canned::default();
    canned.answer(status, answer);
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .http_client(canned);
    Client::from_conf(config.build())
}

#[tokio::test]
async fn a_key_is_waited_for() {
    let state =
        |state: &str| format!(r#"{{"KeyMetadata": {{"KeyId": "k", "KeyState": "{state}"}}}}"#);
    let missing = r#"{"__type": "NotFoundException"}"#.to_owned();
    for (status, answer, said) in [
        (200, state("Enabled"), "success"),
        (200, state("PendingDeletion"), "failure"),
        (200, state("Creating"), "retry"),
        (400, missing, "retry"),
    ] {
        let waiter = client(status, &answer).wait_until_key_enabled().key_id("k");
        let found = match waiter.wait(Duration::ZERO).await {
            Ok(_) => "success",
            Err(WaiterError::FailureState(_)) => "failure",
            Err(WaiterError::ExceededMaxWait(_)) => "retry",
            Err(_) => "error",
        };
        assert_eq!(found, said, "{answer}");
    }
}
