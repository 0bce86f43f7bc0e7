//! Describing many stores, page after page.

use crate::{created, external};
use farrier_kms::Client;
use farrier_test_service::Fault;
use farrier_tests::Local;

/// A service with seven stores, three of which fit on a page, and their ids.
async fn seven() -> (Local, Client, Vec<String>) {
    let local = Local::start_with(|service| service.page_size(3))
        .await
        .unwrap();
    let client = local.client();
    let mut ids = Vec::new();
    for number in 1..=7 {
        ids.push(created(external(&client, &format!("store-{number}"))).await);
    }
    local.service().take_requests();
    (local, client, ids)
}

#[tokio::test]
async fn the_items_of_all_pages_come_in_order() {
    let (local, client, ids) = seven().await;
    let items = client
        .describe_custom_key_stores()
        .into_paginator()
        .items()
        .send();
    let stores = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    let found: Vec<_> = stores
        .iter()
        .filter_map(|store| store.custom_key_store_id.clone())
        .collect();
    assert_eq!(found, ids);
    assert_eq!(local.service().requests().len(), 3);
}

#[tokio::test]
async fn pages_come_when_they_are_asked_for_and_no_sooner() {
    let (local, client, _) = seven().await;
    let mut pages = client
        .describe_custom_key_stores()
        .into_paginator()
        .page_size(2)
        .send();
    assert_eq!(local.service().requests().len(), 0);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push(page.custom_key_stores().len());
        assert_eq!(page.next_marker().is_some(), page.truncated());
        assert!(local.service().requests().len() <= sizes.len() + 1);
    }
    assert_eq!(sizes, [2, 2, 2, 1]);
    let requests = local.service().requests();
    let bodies: Vec<_> = requests
        .iter()
        .map(|request| request.json().unwrap())
        .collect();
    assert_eq!(bodies[0].to_string(), r#"{"Limit":2}"#);
    assert!(
        bodies[1..]
            .iter()
            .all(|body| body["Limit"] == 2 && body["Marker"].is_string())
    );
}

#[tokio::test]
async fn a_page_at_a_time_by_hand() {
    let (_local, client, ids) = seven().await;
    let mut found = Vec::new();
    let mut marker = None;
    loop {
        let call = client
            .describe_custom_key_stores()
            .limit(4)
            .set_marker(marker);
        let page = call.send().await.unwrap();
        found.extend(
            page.custom_key_stores()
                .iter()
                .filter_map(|store| store.custom_key_store_id.clone()),
        );
        if !page.truncated {
            break;
        }
        marker = page.next_marker;
    }
    assert_eq!(found, ids);
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let (local, client, _) = seven().await;
    let mut pages = client.describe_custom_key_stores().into_paginator().send();
    assert!(pages.next().await.unwrap().is_ok());
    local
        .service()
        .inject(Fault::error(400, "InvalidMarkerException", "stale"));
    let error = loop {
        match pages.next().await {
            Some(Ok(_)) => {}
            Some(Err(error)) => break error,
            None => panic!("the pages ended without the error"),
        }
    };
    assert!(error.into_service_error().is_invalid_marker_exception());
    assert!(pages.next().await.is_none());
}
