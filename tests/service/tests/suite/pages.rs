//! Describe: by id, by name, in pages; and what an entry holds.

use crate::bench::{
    Bench, CONNECT_DELAY, Fallible, cloud_hsm, credential, external, external_in_vpc, vpc_service,
};
use farrier_test_service::CreationDates;
use serde_json::{Value, json};

const DESCRIBE: &str = "DescribeCustomKeyStores";

async fn twelve_stores(bench: &mut Bench) -> Fallible<Vec<String>> {
    let mut ids = Vec::new();
    for letter in 'a'..='l' {
        ids.push(bench.create(cloud_hsm(&letter.to_string())).await?);
    }
    Ok(ids)
}

fn ids_of(page: &Value) -> Vec<String> {
    let entries = page["CustomKeyStores"].as_array().into_iter().flatten();
    entries
        .filter_map(|entry| entry["CustomKeyStoreId"].as_str().map(str::to_owned))
        .collect()
}

/// All pages from the first on, and how many stores each had.
async fn read_pages(bench: &mut Bench, limit: Option<u32>) -> Fallible<(Vec<String>, Vec<usize>)> {
    let (mut ids, mut sizes) = (Vec::new(), Vec::new());
    let mut input = limit.map_or(json!({}), |limit| json!({ "Limit": limit }));
    loop {
        let page = bench.call(DESCRIBE, input.clone()).await?.json();
        let found = ids_of(&page);
        sizes.push(found.len());
        ids.extend(found);
        assert_eq!(
            page["Truncated"].as_bool(),
            Some(page.get("NextMarker").is_some())
        );
        let Some(marker) = page.get("NextMarker") else {
            return Ok((ids, sizes));
        };
        input["Marker"] = marker.clone();
    }
}

#[tokio::test]
async fn pages_hold_all_stores_in_the_order_of_their_creation() -> Fallible<()> {
    let mut bench = Bench::with(|builder| builder.max_key_stores(20)).await?;
    let ids = twelve_stores(&mut bench).await?;
    for (limit, sizes) in [
        (None, vec![12]),
        (Some(1000), vec![12]),
        (Some(12), vec![12]),
        (Some(5), vec![5, 5, 2]),
        (Some(6), vec![6, 6]),
        (Some(1), vec![1; 12]),
    ] {
        assert_eq!(read_pages(&mut bench, limit).await?, (ids.clone(), sizes));
    }
    Ok(())
}

#[tokio::test]
async fn a_page_may_hold_less_than_its_limit() -> Fallible<()> {
    let mut bench = Bench::with(|builder| builder.max_key_stores(20).page_size(5)).await?;
    let ids = twelve_stores(&mut bench).await?;
    assert_eq!(
        read_pages(&mut bench, Some(7)).await?,
        (ids.clone(), vec![5, 5, 2])
    );
    assert_eq!(read_pages(&mut bench, None).await?, (ids, vec![5, 5, 2]));
    Ok(())
}

#[tokio::test]
async fn a_marker_outlives_the_store_it_points_at() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let mut ids = Vec::new();
    for tag in ["a", "b", "c"] {
        ids.push(bench.create(cloud_hsm(tag)).await?);
    }
    let marker = bench.call(DESCRIBE, json!({"Limit": 2})).await?.json()["NextMarker"].clone();
    bench
        .call("DeleteCustomKeyStore", json!({"CustomKeyStoreId": ids[1]}))
        .await?;
    let rest = bench
        .call(DESCRIBE, json!({"Limit": 2, "Marker": marker}))
        .await?
        .json();
    assert_eq!(ids_of(&rest), ids[2..]);
    let refused = bench
        .code(DESCRIBE, json!({"Marker": "not one of ours"}))
        .await?;
    assert_eq!(refused, "InvalidMarkerException");
    Ok(())
}

#[tokio::test]
async fn a_store_is_found_by_id_and_by_name() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let id = bench.create(cloud_hsm("a")).await?;
    bench.create(external("b")).await?;
    for input in [
        json!({"CustomKeyStoreId": id}),
        json!({"CustomKeyStoreName": "hsm-a"}),
    ] {
        let page = bench.call(DESCRIBE, input).await?.json();
        assert_eq!(
            (ids_of(&page), &page["Truncated"]),
            (vec![id.clone()], &json!(false))
        );
    }
    for input in [
        json!({"CustomKeyStoreId": "cks-0"}),
        json!({"CustomKeyStoreName": "hsm-"}),
    ] {
        assert_eq!(
            bench.code(DESCRIBE, input).await?,
            "CustomKeyStoreNotFoundException"
        );
    }
    let both = bench
        .call(
            DESCRIBE,
            json!({"CustomKeyStoreId": id, "CustomKeyStoreName": "hsm-a"}),
        )
        .await?;
    assert_eq!(both.code(), "ValidationException");
    Ok(())
}

#[tokio::test]
async fn entries_hold_what_their_type_has_and_no_secrets() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let hsm = bench.create(cloud_hsm("a")).await?;
    let expected = json!({
        "CustomKeyStoreId": hsm,
        "CustomKeyStoreName": "hsm-a",
        "CustomKeyStoreType": "AWS_CLOUDHSM",
        "CloudHsmClusterId": "cluster-aaaaaaaaaaa",
        "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
        "ConnectionState": "DISCONNECTED",
        "CreationDate": 1_785_585_600.0,
    });
    assert_eq!(bench.entry(&hsm).await?, expected);
    bench.clock.advance(CONNECT_DELAY);
    let xks = bench.create(external_in_vpc("b")).await?;
    let expected = json!({
        "CustomKeyStoreId": xks,
        "CustomKeyStoreName": "xks-b",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "ConnectionState": "DISCONNECTED",
        "CreationDate": 1_785_585_620.0,
        "XksProxyConfiguration": {
            "Connectivity": "VPC_ENDPOINT_SERVICE",
            "AccessKeyId": credential('A')["AccessKeyId"],
            "UriEndpoint": "https://b.example.com",
            "UriPath": "/example/kms/xks/v1",
            "VpcEndpointServiceName": vpc_service("b"),
            "VpcEndpointServiceOwner": "111122223333",
        },
    });
    assert_eq!(bench.entry(&xks).await?, expected);
    Ok(())
}

#[tokio::test]
async fn creation_dates_may_have_an_exponent() -> Fallible<()> {
    let mut bench = Bench::with(|builder| builder.creation_dates(CreationDates::Exponent)).await?;
    let id = bench.create(cloud_hsm("a")).await?;
    let answer = bench
        .call(DESCRIBE, json!({ "CustomKeyStoreId": id }))
        .await?;
    assert!(
        answer.text.contains(r#""CreationDate":1.7855856E9"#),
        "{}",
        answer.text
    );
    Ok(())
}
