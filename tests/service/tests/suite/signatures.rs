//! The HTTP form of requests and their signatures: what is refused, and how.

use crate::bench::{AMZ_DATE, Bench, Draft, Fallible, NOW, REGION};
use farrier_test_service::{Clock, Credentials, Service};
use serde_json::json;
use std::time::{Duration, UNIX_EPOCH};

const INCOMPLETE: &str = "IncompleteSignatureException";
const INVALID: &str = "InvalidSignatureException";
const UNKNOWN_KEY: &str = "UnrecognizedClientException";
const UNKNOWN_OPERATION: &str = "UnknownOperationException";

/// What a row does to a request before it is signed, or after.
type Spoil = fn(&mut Draft);

/// Sends a describe, spoiled before or after it is signed.
async fn spoiled(bench: &mut Bench, before: Spoil, after: Spoil) -> Fallible<(u16, String)> {
    let mut draft = bench.draft("DescribeCustomKeyStores", &json!({}));
    before(&mut draft);
    let mut draft = draft.sign(&bench.credentials, REGION, "kms");
    after(&mut draft);
    let answer = bench.send(draft).await?;
    let refused = bench
        .last_request()
        .and_then(|request| request.refused)
        .unwrap_or("ok".to_owned());
    assert_eq!(
        refused,
        answer.code(),
        "the record says what the answer says"
    );
    Ok((answer.status, answer.code()))
}

fn edit(draft: &mut Draft, from: &str, to: &str) {
    let header = draft
        .headers
        .iter_mut()
        .find(|(name, _)| name == "authorization");
    let (_, value) = header.expect("the draft is signed");
    assert!(value.contains(from), "{from} is not in {value}");
    *value = value.replace(from, to);
}

#[tokio::test]
async fn well_signed_requests_with_one_thing_wrong() -> Fallible<()> {
    let rows: [(Spoil, u16, &str); 14] = [
        (|_| (), 200, "ok"),
        (
            |draft| draft.method = "PUT".to_owned(),
            404,
            UNKNOWN_OPERATION,
        ),
        (
            |draft| draft.path = "/kms".to_owned(),
            404,
            UNKNOWN_OPERATION,
        ),
        (
            |draft| draft.path = "/?a=b".to_owned(),
            404,
            UNKNOWN_OPERATION,
        ),
        (
            |draft| draft.set("content-type", "application/json"),
            404,
            UNKNOWN_OPERATION,
        ),
        (|draft| draft.remove("content-type"), 404, UNKNOWN_OPERATION),
        (
            |draft| draft.set("host", "kms.eu-central-1.amazonaws.com"),
            421,
            "MisdirectedRequestException",
        ),
        (|draft| draft.remove("x-amz-target"), 400, UNKNOWN_OPERATION),
        (
            |draft| draft.set("x-amz-target", "TrentService.Encrypt"),
            400,
            UNKNOWN_OPERATION,
        ),
        (
            |draft| draft.set("x-amz-target", "DescribeCustomKeyStores"),
            400,
            UNKNOWN_OPERATION,
        ),
        (|draft| draft.remove("x-amz-date"), 400, INCOMPLETE),
        (
            |draft| draft.set("x-amz-date", "2026-08-01T12:00:00Z"),
            400,
            INCOMPLETE,
        ),
        (
            |draft| draft.set("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
            400,
            INVALID,
        ),
        (
            |draft| draft.set("x-amz-security-token", "unasked"),
            400,
            UNKNOWN_KEY,
        ),
    ];
    let mut bench = Bench::start().await?;
    for (index, (spoil, status, code)) in rows.into_iter().enumerate() {
        let found = spoiled(&mut bench, spoil, |_| ()).await?;
        assert_eq!(found, (status, code.to_owned()), "row {index}");
    }
    Ok(())
}

#[tokio::test]
async fn requests_changed_after_they_were_signed() -> Fallible<()> {
    let rows: [(Spoil, &str); 18] = [
        (
            |draft| draft.remove("authorization"),
            "MissingAuthenticationTokenException",
        ),
        (|draft| draft.set("authorization", "Basic eDp5"), INCOMPLETE),
        (
            |draft| edit(draft, "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"),
            INCOMPLETE,
        ),
        (
            |draft| edit(draft, "Credential=", "Credentials="),
            INCOMPLETE,
        ),
        (
            |draft| edit(draft, "SignedHeaders=", "Headers="),
            INCOMPLETE,
        ),
        (|draft| edit(draft, ", Signature=", ", Sign="), INCOMPLETE),
        (|draft| edit(draft, "/aws4_request", ""), INCOMPLETE),
        (
            |draft| edit(draft, "/aws4_request", "/aws5_request"),
            INVALID,
        ),
        (
            |draft| edit(draft, "/eu-central-1/", "/eu-west-1/"),
            INVALID,
        ),
        (|draft| edit(draft, "/kms/", "/sts/"), INVALID),
        (|draft| edit(draft, "/20260801/", "/20260802/"), INVALID),
        (|draft| edit(draft, "host;", ""), INVALID),
        (|draft| edit(draft, ";x-amz-target", ""), INVALID),
        (
            |draft| edit(draft, "content-type;host", "host;content-type"),
            INVALID,
        ),
        (|draft| edit(draft, "host;", "host;not-sent;"), INVALID),
        (
            |draft| edit(draft, "AKIDEXAMPLE", "AKIDUNKNOWN"),
            UNKNOWN_KEY,
        ),
        (|draft| draft.body = br#"{"Limit":1}"#.to_vec(), INVALID),
        (
            |draft| draft.set("x-amz-target", "TrentService.DeleteCustomKeyStore"),
            INVALID,
        ),
    ];
    let mut bench = Bench::start().await?;
    for (index, (spoil, code)) in rows.into_iter().enumerate() {
        let found = spoiled(&mut bench, |_| (), spoil).await?;
        assert_eq!(found, (400, code.to_owned()), "row {index}");
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_is_told_the_string_to_sign() -> Fallible<()> {
    let mut bench = Bench::start().await?;
    bench.credentials = Credentials::new("AKIDEXAMPLE", "another");
    let answer = bench.call("DescribeCustomKeyStores", json!({})).await?;
    assert_eq!((answer.status, answer.code().as_str()), (400, INVALID));
    let message = answer.json()["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(
        message.starts_with("The request signature we calculated does not match"),
        "{message}"
    );
    assert!(
        message.contains("x-amz-target:TrentService.DescribeCustomKeyStores\n"),
        "{message}"
    );
    assert!(!message.contains("wJalrXUtnFEMI"), "{message}");
    Ok(())
}

#[tokio::test]
async fn dates_may_be_five_minutes_off() -> Fallible<()> {
    for (service_time, code) in [
        (NOW, "ok"),
        (NOW + 300, "ok"),
        (NOW - 300, "ok"),
        (NOW + 301, INVALID),
        (NOW - 301, INVALID),
    ] {
        let clock = Clock::fixed(UNIX_EPOCH + Duration::from_secs(service_time));
        let mut bench = Bench::with(|builder| builder.clock(clock)).await?;
        let answer = bench.call("DescribeCustomKeyStores", json!({})).await?;
        assert_eq!(answer.code(), code, "{service_time}");
        if service_time == NOW + 301 {
            let text = "Signature expired: 20260801T120000Z is now earlier than 20260801T120001Z (20260801T120501Z - 5 min.)";
            assert_eq!(answer.json()["message"], text);
            // The client can see by how much its clock is off.
            assert_eq!(answer.headers["date"], "Sat, 01 Aug 2026 12:05:01 GMT");
        }
    }
    Ok(())
}

#[tokio::test]
async fn session_tokens_must_match() -> Fallible<()> {
    let own = Credentials::new("AKIDEXAMPLE", "secret").session_token("the token");
    let mut bench = Bench::with(|builder| builder.credentials(own.clone())).await?;
    assert_eq!(
        bench.code("DescribeCustomKeyStores", json!({})).await?,
        "ok"
    );
    bench.credentials = Credentials::new("AKIDEXAMPLE", "secret").session_token("an old token");
    assert_eq!(
        bench.code("DescribeCustomKeyStores", json!({})).await?,
        UNKNOWN_KEY
    );
    bench.credentials = Credentials::new("AKIDEXAMPLE", "secret");
    assert_eq!(
        bench.code("DescribeCustomKeyStores", json!({})).await?,
        UNKNOWN_KEY
    );
    bench.service.set_credentials(bench.credentials.clone());
    assert_eq!(
        bench.code("DescribeCustomKeyStores", json!({})).await?,
        "ok"
    );
    bench.credentials = own;
    let draft = bench.draft("DescribeCustomKeyStores", &json!({}));
    let mut draft = draft.sign(&bench.credentials, REGION, "kms");
    edit(&mut draft, ";x-amz-security-token", "");
    assert_eq!(
        bench.send(draft).await?.code(),
        INVALID,
        "the token must be signed"
    );
    Ok(())
}

/// A request that botocore 1.44.5 made and signed, with the host and the date given here.
#[tokio::test]
async fn a_signature_made_by_botocore_is_accepted() -> Fallible<()> {
    let signature = "e0acaa122e02367e14ba0f8909b4e476c1b31cd8321aafd549c81c055e727ea5";
    let clock = Clock::fixed(UNIX_EPOCH + Duration::from_secs(NOW));
    let accept = |builder: farrier_test_service::Builder| {
        builder
            .clock(clock)
            .accept_host("kms.eu-central-1.amazonaws.com")
    };
    let mut bench = Bench::with(accept).await?;
    let mut draft = bench.draft("DisconnectCustomKeyStore", &json!({}));
    draft.body = br#"{"CustomKeyStoreId": "cks-1234567890abcdef0"}"#.to_vec();
    draft.set("host", "kms.eu-central-1.amazonaws.com");
    draft.set("x-amz-date", AMZ_DATE);
    let scope = "AKIDEXAMPLE/20260801/eu-central-1/kms/aws4_request";
    let signed = "content-type;host;x-amz-date;x-amz-target";
    draft.set(
        "authorization",
        &format!(
            "AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed}, Signature={signature}"
        ),
    );
    assert_eq!(
        bench.send(draft).await?.code(),
        "CustomKeyStoreNotFoundException"
    );
    Ok(())
}

#[tokio::test]
async fn two_services_have_their_own_ports() -> Fallible<()> {
    let (first, second) = (
        Service::builder().start().await?,
        Service::builder().start().await?,
    );
    assert_ne!(first.endpoint_url(), second.endpoint_url());
    Ok(())
}
