//! Errors, pages and waits of a model that is not that of KMS.

use crate::shapes::client::Waiters;
use crate::shapes::error::ProvideErrorMetadata;
use crate::shapes::operation::shoe::ShoeError;
use crate::shapes::waiters::anvil_cold::WaitUntilAnvilColdError;
use crate::wire::client;
use std::time::Duration;

#[tokio::test]
async fn an_error_brings_its_members() {
    let (canned, client) = client();
    canned.answer(
        404,
        r#"{"__type":"example.shapes#NoSuchHorse","Message":"who?","horse":{"name":"Rih"}}"#,
    );
    let error = client.shoe().send().await.unwrap_err().into_service_error();
    let ShoeError::NoSuchHorse(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (fault.message(), error.message()),
        (Some("who?"), Some("who?"))
    );
    assert_eq!(fault.horse().map(|horse| horse.name()), Some("Rih"));
    assert_eq!(error.to_string(), "NoSuchHorse: who?");
}

#[tokio::test]
async fn errors_of_the_service_belong_to_every_operation() {
    let (canned, client) = client();
    canned
        .answer(400, r#"{"__type":"Busy"}"#)
        .answer(500, r#"{"__type":"Overheated"}"#)
        .answer(200, "{}");
    client.shoe().send().await.unwrap();
    assert_eq!(canned.requests().len(), 3);
    for _ in 0..3 {
        canned.answer(400, r#"{"__type":"Busy","message":"later"}"#);
    }
    let error = client
        .get_anvil()
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_busy(), "{error:?}");
    assert_eq!(error.to_string(), "Busy: later");
}

#[tokio::test]
async fn pages_may_be_nested() {
    let (canned, client) = client();
    canned
        .answer(200, r#"{"page":{"next":"2","anvils":["a","b"]}}"#)
        .answer(200, r#"{"page":{"next":"3"}}"#)
        .answer(200, r#"{"page":{"anvils":["c"]}}"#);
    let items = client
        .list_anvils()
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    let anvils = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(anvils, ["a", "b", "c"]);
    let bodies: Vec<_> = canned
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"maxResults":2}"#,
            r#"{"nextToken":"2","maxResults":2}"#,
            r#"{"nextToken":"3","maxResults":2}"#
        ]
    );
}

#[tokio::test]
async fn a_token_may_be_a_map_and_ends_the_pages_when_it_is_empty() {
    let (canned, client) = client();
    canned
        .answer(200, r#"{"next":{"a":1.5},"scales":["a"]}"#)
        .answer(200, r#"{"next":{},"scales":["b"]}"#);
    let items = client.list_scales().into_paginator().items().send();
    let scales = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(scales, ["a", "b"]);
    let bodies: Vec<_> = canned.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, ["{}", r#"{"from":{"a":1.5}}"#]);
}

#[tokio::test]
async fn a_token_may_be_a_number_or_a_list() {
    let (canned, client) = client();
    canned
        .answer(200, r#"{"box":{"next":2},"nails":["a"]}"#)
        .answer(200, r#"{"box":{"next":2},"nails":["b"]}"#);
    let items = client.list_nails().into_paginator().items().send();
    let nails = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(nails, ["a", "b"]);
    canned
        .answer(200, r#"{"next":["x"],"rasps":["a"]}"#)
        .answer(200, r#"{"rasps":["b"]}"#);
    let items = client.list_rasps().into_paginator().items().send();
    let rasps = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(rasps, ["a", "b"]);
    let bodies: Vec<_> = canned.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, ["{}", r#"{"from":2}"#, "{}", r#"{"from":["x"]}"#]);
}

#[tokio::test]
async fn a_boolean_may_be_waited_for() {
    let (canned, client) = client();
    canned.answer(200, r#"{"anvilId":"a","cold":true}"#);
    let wait = client
        .wait_until_anvil_cold()
        .anvil_id("a")
        .wait(Duration::from_secs(60));
    let answer = wait.await.unwrap().into_result().unwrap();
    assert_eq!(answer.anvil_id(), "a");
    for _ in 0..3 {
        canned.answer(500, r#"{"__type":"Overheated"}"#);
    }
    let wait = client
        .wait_until_anvil_cold()
        .anvil_id("a")
        .wait(Duration::from_secs(60));
    let error = wait.await.unwrap_err();
    let WaitUntilAnvilColdError::FailureState(failure) = error else {
        panic!("{error}")
    };
    assert!(
        failure
            .final_poll()
            .as_result()
            .unwrap_err()
            .is_overheated()
    );
}
