//! Calls that need more than others: another host, a checksum, compression, another signature or none.

use crate::canned::{Canned, Request};
use crate::post::config::{Builder, Credentials, Region};
use crate::post::error::{ProvideErrorMetadata, SdkError};
use crate::post::types::Kind;
use crate::post::{Client, Config};
use farrier_runtime::config::TimeSource;
use std::error::Error as _;
use std::io::Read;
use std::time::{Duration, SystemTime};

/// A clock that stands still, so that equal requests have equal signatures.
#[derive(Debug)]
struct Stopped;

impl TimeSource for Stopped {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
    }
}

/// A client with these settings; each of its calls is answered with `{}`.
fn client(settings: impl Fn(Builder) -> Builder) -> (Canned, Client) {
    let canned = Canned::default();
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .time_source(Stopped)
        .http_client(canned.clone());
    canned.answer(200, "{}");
    (canned, Client::from_conf(settings(config).build()))
}

fn signed(config: Builder) -> Builder {
    config.credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
}

fn only(canned: &Canned) -> Request {
    let mut requests = canned.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

#[tokio::test]
async fn a_prefix_goes_before_the_host() {
    let (canned, client) = client(signed);
    client.fetch().send().await.unwrap();
    let request = only(&canned);
    assert_eq!(
        request.uri,
        "https://counter-2.post.eu-west-1.amazonaws.com/"
    );
}

#[tokio::test]
async fn labels_stand_in_the_host_and_in_the_body() {
    let (canned, client) = client(|config| signed(config).endpoint_url("http://localhost:8000/x"));
    let call = client.mail().kind(Kind::Letter).r#box("7-b");
    call.token("t").send().await.unwrap();
    let request = only(&canned);
    assert_eq!(request.uri, "http://letter.box-7-b.localhost:8000/x/");
    assert_eq!(request.body, r#"{"box":"7-b","kind":"letter","token":"t"}"#);
}

/// The same when interceptors look in.
#[tokio::test]
async fn customized_calls_go_the_same_way() {
    let (canned, client) = client(signed);
    let call = client
        .mail()
        .kind(Kind::Letter)
        .r#box("7")
        .customize()
        .mutate_request(|request| {
            request.headers_mut().insert("x-stamp", "1");
        });
    call.send().await.unwrap();
    let request = only(&canned);
    assert_eq!(
        request.uri,
        "https://letter.box-7.post.eu-west-1.amazonaws.com/"
    );
    assert_eq!(request.header("x-stamp"), Some("1"));
    canned.answer(200, "{}");
    let call = client.pack().text("a".repeat(10_240)).customize();
    call.mutate_request(|_| ()).send().await.unwrap();
    let request = only(&canned);
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    assert!(request.header("content-md5").is_some());
}

#[tokio::test]
async fn a_label_that_cannot_be_one_is_not_sent() {
    let (canned, client) = client(signed);
    for (label, what) in [
        (None, "`box` is not set"),
        (Some(""), "`box` is a part of the host name"),
        (Some("evil.example/"), "`box` is a part of the host name"),
        (Some("a.b"), "`box` is a part of the host name"),
        (Some("-a"), "`box` is a part of the host name"),
        (Some("\u{e9}"), "`box` is a part of the host name"),
    ] {
        let call = client.mail().kind(Kind::Letter);
        let call = call.set_box(label.map(str::to_owned));
        let plain = call.clone().send().await.unwrap_err();
        let hooked = call.customize().mutate_request(|_| ()).send().await;
        for error in [plain, hooked.unwrap_err()] {
            assert!(
                matches!(error, SdkError::ConstructionFailure(_)),
                "{error:?}"
            );
            let mut text = String::new();
            let mut source = error.source();
            while let Some(error) = source {
                text.push_str(&error.to_string());
                source = error.source();
            }
            assert!(text.contains(what), "{label:?}: {text}");
        }
    }
    assert_eq!(canned.requests().len(), 0);
}

#[tokio::test]
async fn a_token_comes_from_the_provider_of_the_call_or_of_the_client() {
    let (canned, client) = client(|config| signed(config).idempotency_token_provider("fixed"));
    let call = || client.mail().kind(Kind::Letter).r#box("7");
    call().send().await.unwrap();
    assert!(only(&canned).body.contains(r#""token":"fixed""#));
    canned.answer(200, "{}");
    let over = Config::builder().idempotency_token_provider("of the call");
    call()
        .customize()
        .config_override(over)
        .send()
        .await
        .unwrap();
    assert!(only(&canned).body.contains(r#""token":"of the call""#));
    let provider = client.config().idempotency_token_provider();
    assert_eq!(provider.make_idempotency_token(), "fixed");
}

/// Not by the builder that sends, but however an operation is called.
#[tokio::test]
async fn every_page_is_asked_for_with_a_token() {
    let (canned, client) = client(signed);
    canned.requests();
    client.seal().send().await.unwrap();
    canned.requests();
    canned.answer(200, r#"{"next":"2"}"#).answer(200, "{}");
    let pages = client.sort().into_paginator().send();
    assert_eq!(pages.collect::<Result<Vec<_>, _>>().await.unwrap().len(), 2);
    let bodies: Vec<String> = canned.requests().into_iter().map(|one| one.body).collect();
    let empty = r#"{"token":"00000000-0000-4000-8000-000000000000"}"#;
    assert_eq!(bodies[0].len(), empty.len(), "{bodies:?}");
    assert!(
        bodies[1].starts_with(r#"{"next":"2","token":""#),
        "{bodies:?}"
    );
    assert_ne!(bodies[0][10..46], bodies[1][21..57]);
}

#[tokio::test]
async fn a_checksum_protects_the_body() {
    let (canned, client) = client(signed);
    client.seal().send().await.unwrap();
    let request = only(&canned);
    assert_eq!(request.body, "{}");
    // As `printf '{}' | openssl md5 -binary | base64` says.
    assert_eq!(
        request.header("content-md5"),
        Some("mZFLkyvTelC5g8XnyQrpOw==")
    );
    let authorization = request.header("authorization").unwrap();
    assert!(authorization.contains("content-md5"), "{authorization}");
}

#[tokio::test]
async fn large_bodies_are_compressed() {
    let frame = r#"{"text":""}"#.len();
    for (length, is_compressed) in [(10_239 - frame, false), (10_240 - frame, true)] {
        let (canned, client) = client(signed);
        let text = "abcdefgh".repeat(2000)[..length].to_owned();
        client.pack().text(&text).send().await.unwrap();
        let request = only(&canned);
        let encoding = request.header("content-encoding");
        assert_eq!(encoding, is_compressed.then_some("gzip"), "{length}");
        let mut body = String::new();
        match is_compressed {
            false => body = request.body.clone(),
            true => {
                let mut decoder = flate2::read::GzDecoder::new(request.bytes.as_slice());
                decoder.read_to_string(&mut body).unwrap();
                assert!(request.bytes.len() < 1000, "{}", request.bytes.len());
            }
        }
        assert_eq!(body, format!(r#"{{"text":"{text}"}}"#));
        let length = request.bytes.len().to_string();
        assert_eq!(request.header("content-length"), Some(length.as_str()));
    }
}

#[tokio::test]
async fn compression_is_a_matter_of_settings() {
    let encoding = async |settings: fn(Builder) -> Builder, text: &str| {
        let (canned, client) = client(|config| settings(signed(config)));
        client.pack().text(text).send().await.unwrap();
        only(&canned).header("content-encoding").map(str::to_owned)
    };
    let large = "a".repeat(20_000);
    let gzip = Some("gzip".to_owned());
    let off = encoding(|config| config.disable_request_compression(true), &large).await;
    assert_eq!(off, None);
    let on = encoding(|config| config.disable_request_compression(false), &large).await;
    assert_eq!(on, gzip);
    let all = encoding(|config| config.request_min_compression_size_bytes(0), "").await;
    assert_eq!(all, gzip);
    let none = encoding(
        |config| config.request_min_compression_size_bytes(30_000),
        &large,
    );
    assert_eq!(none.await, None);
}

#[tokio::test]
async fn a_least_size_for_compression_of_more_than_10_mib_is_refused() {
    let large = |config: Builder| signed(config).request_min_compression_size_bytes(10_485_761);
    let (canned, client) = client(large);
    let plain = client.pack().send().await;
    let hooked = client.pack().customize().mutate_request(|_| ());
    for result in [plain, hooked.send().await] {
        let error = result.unwrap_err();
        let source = error.source().expect("a source").to_string();
        assert!(matches!(error, SdkError::ConstructionFailure(_)));
        assert!(
            source.contains("request_min_compression_size_bytes"),
            "{source}"
        );
    }
    assert_eq!(canned.requests().len(), 0);
    client.look().send().await.unwrap();
}

#[tokio::test]
async fn calls_are_signed_where_they_must_be() {
    let (canned, with) = client(signed);
    let (bare, without) = client(|config| config);
    with.look().send().await.unwrap();
    assert!(only(&canned).header("authorization").is_some());
    without.look().send().await.unwrap();
    assert_eq!(only(&bare).header("authorization"), None);
    for (canned, client) in [(&canned, &with), (&bare, &without)] {
        canned.answer(200, "{}").answer(200, "{}");
        client.open().send().await.unwrap();
        assert_eq!(only(canned).header("authorization"), None);
        let hooked = client.open().customize().mutate_request(|_| ());
        hooked.send().await.unwrap();
        assert_eq!(only(canned).header("authorization"), None);
    }
    assert!(without.fetch().send().await.is_err());
    assert_eq!(bare.requests().len(), 0);
}

#[tokio::test]
async fn a_body_may_be_left_out_of_the_signature() {
    let (canned, client) = client(signed);
    let mut signatures = Vec::new();
    for text in ["one", "two"] {
        canned.answer(200, "{}").answer(200, "{}");
        client.trust().text(text).send().await.unwrap();
        let trusted = only(&canned);
        assert_eq!(
            trusted.header("x-amz-content-sha256"),
            Some("UNSIGNED-PAYLOAD")
        );
        client.pack().text(text).send().await.unwrap();
        let packed = only(&canned);
        assert_eq!(packed.header("x-amz-content-sha256"), None);
        signatures.push(
            [trusted, packed].map(|request| request.header("authorization").unwrap().to_owned()),
        );
    }
    let [[trusted, packed], [trusted_too, packed_too]] = signatures.try_into().unwrap();
    assert_eq!(trusted, trusted_too);
    assert!(trusted.contains("x-amz-content-sha256"), "{trusted}");
    assert_ne!(packed, packed_too);
}

#[tokio::test]
async fn a_query_compatible_error_has_the_code_of_the_query_protocol() {
    let quick = farrier_runtime::config::RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1));
    let (canned, client) = client(|config| signed(config).retry_config(quick.clone()));
    canned.requests();
    let code = ("x-amzn-query-error", "Post.Closed;Sender");
    let body = r#"{"__type":"example.post#Closed","message":"at night"}"#;
    client.fetch().send().await.unwrap();
    assert_eq!(only(&canned).header("x-amzn-query-mode"), Some("true"));
    // It is retryable by its shape, whatever its code.
    for _ in 0..3 {
        canned.answer_with(400, code, body);
    }
    let error = client
        .fetch()
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(canned.requests().len(), 3);
    assert!(error.is_closed(), "{error:?}");
    assert_eq!(
        (error.code(), error.message()),
        (Some("Post.Closed"), Some("at night"))
    );
    assert_eq!(error.meta().extra("type"), Some("Sender"));
    for _ in 0..3 {
        canned.answer_with(400, code, body);
    }
    let hooked = client.fetch().customize().mutate_request(|_| ());
    let error = hooked.send().await.unwrap_err().into_service_error();
    assert_eq!(canned.requests().len(), 3);
    assert!(error.is_closed());
}
