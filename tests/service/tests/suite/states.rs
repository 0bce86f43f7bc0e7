//! The state table: every call in every state, and how states pass.

use crate::bench::{
    Bench, CONNECT_DELAY, DISCONNECT_DELAY, Fallible, cloud_hsm, credential, external,
};
use serde_json::{Value, json};
use std::time::Duration;

const STATES: [&str; 5] = [
    "DISCONNECTED",
    "CONNECTING",
    "CONNECTED",
    "FAILED",
    "DISCONNECTING",
];

/// A call and the state it leaves the store in, for each of [`STATES`]; an empty text where it is refused.
type Row = (&'static str, fn(&str) -> Value, [&'static str; 5]);

const UNCHANGED: [&str; 5] = STATES;

fn only_id(id: &str) -> Value {
    json!({ "CustomKeyStoreId": id })
}

const COMMON: [Row; 5] = [
    (
        "ConnectCustomKeyStore",
        only_id,
        ["CONNECTING", "CONNECTING", "CONNECTING", "", ""],
    ),
    (
        "DisconnectCustomKeyStore",
        only_id,
        ["", "DISCONNECTING", "DISCONNECTING", "DISCONNECTING", ""],
    ),
    ("DeleteCustomKeyStore", only_id, ["gone", "", "", "", ""]),
    ("DescribeCustomKeyStores", only_id, UNCHANGED),
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "NewCustomKeyStoreName": "new"}),
        UNCHANGED,
    ),
];

const ONLY_DISCONNECTED: [&str; 5] = ["DISCONNECTED", "", "", "", ""];
const ALSO_CONNECTED: [&str; 5] = ["DISCONNECTED", "", "CONNECTED", "", ""];

const CLOUD_HSM: [Row; 3] = [
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "KeyStorePassword": "another-password"}),
        ONLY_DISCONNECTED,
    ),
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "CloudHsmClusterId": "cluster-bbbbbbbbbbb"}),
        ONLY_DISCONNECTED,
    ),
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "NewCustomKeyStoreName": "new", "KeyStorePassword": "another-password"}),
        ONLY_DISCONNECTED,
    ),
];

const EXTERNAL: [Row; 4] = [
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "XksProxyUriEndpoint": "https://new.example.com"}),
        ONLY_DISCONNECTED,
    ),
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "XksProxyUriPath": "/new/kms/xks/v1"}),
        ALSO_CONNECTED,
    ),
    (
        "UpdateCustomKeyStore",
        |id| json!({"CustomKeyStoreId": id, "XksProxyAuthenticationCredential": credential('B')}),
        ALSO_CONNECTED,
    ),
    (
        "UpdateCustomKeyStore",
        |id| {
            json!({
                "CustomKeyStoreId": id,
                "XksProxyConnectivity": "VPC_ENDPOINT_SERVICE",
                "XksProxyUriEndpoint": "https://vpc.example.com",
                "XksProxyVpcEndpointServiceName": "com.amazonaws.vpce.eu-central-1.vpce-svc-0",
            })
        },
        ONLY_DISCONNECTED,
    ),
];

/// Brings a new store into a state, through the API alone.
async fn reach(bench: &mut Bench, id: &str, state: &str) -> Fallible<()> {
    let input = only_id(id);
    if state == "FAILED" {
        bench.service.fail_next_connect("INTERNAL_ERROR");
    }
    if state != "DISCONNECTED" {
        bench.call("ConnectCustomKeyStore", input.clone()).await?;
    }
    if ["CONNECTED", "FAILED"].contains(&state) {
        bench.clock.advance(CONNECT_DELAY);
    }
    if state == "DISCONNECTING" {
        bench.call("DisconnectCustomKeyStore", input).await?;
    }
    assert_eq!(bench.entry(id).await?["ConnectionState"], state);
    Ok(())
}

async fn check_rows(rows: &[Row], create: Value) -> Fallible<()> {
    for (operation, input, outcomes) in rows {
        for (state, outcome) in STATES.into_iter().zip(outcomes) {
            let mut bench = Bench::start().await?;
            let id = bench.create(create.clone()).await?;
            reach(&mut bench, &id, state).await?;
            let input = input(&id);
            let what = format!("{operation} {input} while {state}");
            let before = bench.entry(&id).await?;
            let answer = bench.call(operation, input).await?;
            let after = bench.entry(&id).await?;
            if outcome.is_empty() {
                assert_eq!(
                    answer.code(),
                    "CustomKeyStoreInvalidStateException",
                    "{what}"
                );
                assert_eq!(answer.status, 400, "{what}");
                assert_eq!(after, before, "{what}: a refused call changed the store");
            } else {
                assert_eq!(answer.code(), "ok", "{what}: {}", answer.text);
                assert_eq!(
                    after["ConnectionState"].as_str().unwrap_or("gone"),
                    *outcome,
                    "{what}"
                );
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_call_in_every_state_of_a_cloud_hsm_store() -> Fallible<()> {
    check_rows(&COMMON, cloud_hsm("a")).await?;
    check_rows(&CLOUD_HSM, cloud_hsm("a")).await
}

#[tokio::test]
async fn every_call_in_every_state_of_an_external_store() -> Fallible<()> {
    check_rows(&COMMON, external("a")).await?;
    check_rows(&EXTERNAL, external("a")).await
}

#[tokio::test]
async fn slow_states_pass_with_the_clock() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let id = bench.create(cloud_hsm("a")).await?;
    let almost = Duration::from_millis(1);
    assert_eq!(
        bench
            .call("ConnectCustomKeyStore", only_id(&id))
            .await?
            .text,
        "{}"
    );
    bench.clock.advance(CONNECT_DELAY - almost);
    // A second connect does not begin the first one anew.
    bench.call("ConnectCustomKeyStore", only_id(&id)).await?;
    assert_eq!(bench.entry(&id).await?["ConnectionState"], "CONNECTING");
    bench.clock.advance(almost);
    assert_eq!(bench.entry(&id).await?["ConnectionState"], "CONNECTED");
    assert_eq!(
        bench
            .call("DisconnectCustomKeyStore", only_id(&id))
            .await?
            .text,
        "{}"
    );
    bench.clock.advance(DISCONNECT_DELAY - almost);
    assert_eq!(bench.entry(&id).await?["ConnectionState"], "DISCONNECTING");
    bench.clock.advance(almost);
    assert_eq!(bench.entry(&id).await?["ConnectionState"], "DISCONNECTED");
    Ok(())
}

#[tokio::test]
async fn connection_error_code_is_there_only_while_failed() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let id = bench.create(external("a")).await?;
    bench.service.fail_next_connect("XKS_PROXY_TIMED_OUT");
    bench.service.fail_next_connect("A_CODE_OF_TOMORROW");
    for code in ["XKS_PROXY_TIMED_OUT", "A_CODE_OF_TOMORROW"] {
        bench.call("ConnectCustomKeyStore", only_id(&id)).await?;
        assert!(
            bench.entry(&id).await?.get("ConnectionErrorCode").is_none(),
            "while connecting"
        );
        bench.clock.advance(CONNECT_DELAY);
        let entry = bench.entry(&id).await?;
        assert_eq!(
            (&entry["ConnectionState"], &entry["ConnectionErrorCode"]),
            (&json!("FAILED"), &json!(code))
        );
        bench.call("DisconnectCustomKeyStore", only_id(&id)).await?;
        assert!(
            bench.entry(&id).await?.get("ConnectionErrorCode").is_none(),
            "while disconnecting"
        );
        bench.clock.advance(DISCONNECT_DELAY);
    }
    bench.call("ConnectCustomKeyStore", only_id(&id)).await?;
    bench.clock.advance(CONNECT_DELAY);
    assert_eq!(bench.entry(&id).await?["ConnectionState"], "CONNECTED");
    Ok(())
}

#[tokio::test]
async fn a_store_with_keys_is_not_deleted() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let id = bench.create(cloud_hsm("a")).await?;
    bench.service.set_keys(&id, 2);
    assert_eq!(
        bench.code("DeleteCustomKeyStore", only_id(&id)).await?,
        "CustomKeyStoreHasCMKsException"
    );
    bench.service.set_keys(&id, 0);
    assert_eq!(
        bench.code("DeleteCustomKeyStore", only_id(&id)).await?,
        "ok"
    );
    for operation in ["Connect", "Disconnect", "Delete", "Update"] {
        let code = bench
            .code(&format!("{operation}CustomKeyStore"), only_id(&id))
            .await?;
        assert_eq!(code, "CustomKeyStoreNotFoundException", "{operation}");
    }
    Ok(())
}
