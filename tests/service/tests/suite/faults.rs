//! Records, connections and injected faults: what tests of clients lean on.

use crate::bench::{Bench, Fallible, REGION, cloud_hsm};
use farrier_test_service::{Credentials, Fault, Service};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const DESCRIBE: &str = "DescribeCustomKeyStores";

#[tokio::test]
async fn requests_are_recorded_whole() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let answer = bench.call(DESCRIBE, json!({"Limit": 3})).await?;
    bench.reconnect().await?;
    bench.call("Nonsense", json!({})).await?;
    let requests = bench.service.take_requests();
    let [first, second] = requests.as_slice() else {
        return Err("two requests were sent".into());
    };
    assert_eq!(
        (first.method.as_str(), first.path.as_str(), first.connection),
        ("POST", "/", 1)
    );
    assert_eq!(first.operation.as_deref(), Some(DESCRIBE));
    assert_eq!(
        first.header("X-Amz-Target"),
        Some("TrentService.DescribeCustomKeyStores")
    );
    assert_eq!(first.json()?, json!({"Limit": 3}));
    assert_eq!((first.status, first.refused.as_deref()), (Some(200), None));
    assert_eq!(answer.headers["x-amzn-requestid"], first.request_id);
    assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.1");
    assert_ne!(first.request_id, second.request_id);
    assert_eq!(
        (second.connection, second.operation.as_deref()),
        (2, Some("Nonsense"))
    );
    assert_eq!(
        (second.status, second.refused.as_deref()),
        (Some(400), Some("UnknownOperationException"))
    );
    assert_eq!(bench.service.connections(), 2);
    assert!(bench.service.requests().is_empty());
    bench.call(DESCRIBE, json!({})).await?;
    let third = bench.last_request().ok_or("a request")?;
    assert!(third.request_id != first.request_id && third.request_id != second.request_id);
    Ok(())
}

#[tokio::test]
async fn injected_errors_are_answered_and_nothing_is_done() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    bench
        .service
        .inject(Fault::error(500, "KMSInternalException", "once more").times(2));
    bench.service.inject(
        Fault::answer(503)
            .body("<html>")
            .header("retry-after", "1")
            .header("content-type", "text/html"),
    );
    bench.service.inject(Fault::throttle());
    for _ in 0..2 {
        let answer = bench.call("CreateCustomKeyStore", cloud_hsm("a")).await?;
        assert_eq!(
            (answer.status, answer.json()["message"].as_str()),
            (500, Some("once more"))
        );
    }
    let answer = bench.call("CreateCustomKeyStore", cloud_hsm("a")).await?;
    assert_eq!((answer.status, answer.text.as_str()), (503, "<html>"));
    assert_eq!(
        (
            &answer.headers["retry-after"],
            &answer.headers["content-type"]
        ),
        (&"1".parse()?, &"text/html".parse()?)
    );
    assert_eq!(
        bench.code("CreateCustomKeyStore", cloud_hsm("a")).await?,
        "ThrottlingException"
    );
    bench.create(cloud_hsm("a")).await?;
    // Also under a fault it is noted whether a request was properly made.
    bench.service.inject(Fault::answer(500));
    bench.credentials = Credentials::new("AKIDEXAMPLE", "wrong");
    bench.call(DESCRIBE, json!({})).await?;
    let last = bench.last_request().ok_or("a request")?;
    assert_eq!(
        (last.status, last.refused.as_deref()),
        (Some(500), Some("InvalidSignatureException"))
    );
    Ok(())
}

#[tokio::test]
async fn connections_are_dropped_before_or_after_the_work() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    for (fault, done) in [
        (Fault::drop_connection(), false),
        (Fault::lose_answer(), true),
        (Fault::cut_answer(), true),
    ] {
        let input = cloud_hsm(if done { "b" } else { "a" });
        bench
            .service
            .inject(fault.clone().on("CreateCustomKeyStore"));
        assert!(
            bench
                .call("CreateCustomKeyStore", input.clone())
                .await
                .is_err(),
            "{fault:?}"
        );
        bench.reconnect().await?;
        let page = bench.call(DESCRIBE, json!({})).await?.json();
        let stores = page["CustomKeyStores"].as_array().map_or(0, Vec::len);
        assert_eq!(stores, usize::from(done), "{fault:?}");
        if let Some(entry) = page["CustomKeyStores"].get(0) {
            bench
                .call(
                    "DeleteCustomKeyStore",
                    json!({"CustomKeyStoreId": entry["CustomKeyStoreId"]}),
                )
                .await?;
        }
    }
    let statuses: Vec<_> = bench
        .service
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(
        statuses,
        [
            None,
            Some(200),
            None,
            Some(200),
            Some(200),
            Some(200),
            Some(200),
            Some(200)
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_cut_answer_announces_more_than_it_sends() -> Fallible<()> {
    let service = Service::builder().start().await?;
    service.inject(Fault::cut_answer());
    let mut stream = TcpStream::connect(service.address()).await?;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or("an answer's head")?;
    let length: usize = head
        .split_once("content-length: ")
        .and_then(|(_, rest)| rest.lines().next()?.parse().ok())
        .ok_or("a length")?;
    assert_eq!((body.len(), body.is_empty()), (length / 2, false));
    Ok(())
}

#[tokio::test]
async fn answers_are_delayed() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    let delay = Duration::from_millis(80);
    bench.service.inject(Fault::delay_answer(delay));
    let start = Instant::now();
    assert_eq!(bench.code(DESCRIBE, json!({})).await?, "ok");
    assert!(start.elapsed() >= delay);
    bench.service.inject(Fault::answer(500));
    bench.service.clear_faults();
    assert_eq!(bench.code(DESCRIBE, json!({})).await?, "ok");
    Ok(())
}

#[tokio::test]
async fn bodies_without_a_length_are_refused() -> Fallible<()> {
    let service = Service::builder().start().await?;
    let mut stream = TcpStream::connect(service.address()).await?;
    let request = format!(
        "POST / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/x-amz-json-1.1\r\n\
         transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        service.address()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    assert!(
        text.starts_with("HTTP/1.1 411 ") && text.contains("MissingContentLengthException"),
        "{text}"
    );
    Ok(())
}

#[tokio::test]
async fn connections_close_on_demand_and_when_the_service_is_dropped() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    bench.call(DESCRIBE, json!({})).await?;
    bench.service.close_connections();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(bench.call(DESCRIBE, json!({})).await.is_err());
    bench.reconnect().await?;
    assert_eq!(bench.code(DESCRIBE, json!({})).await?, "ok");
    let address = bench.service.address();
    let draft = bench
        .draft(DESCRIBE, &json!({}))
        .sign(&bench.credentials, REGION, "kms");
    assert_eq!(bench.send(draft).await?.status, 200);
    drop(bench);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(TcpStream::connect(address).await.is_err());
    Ok(())
}
