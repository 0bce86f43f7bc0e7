//! Every kind of shape: written, and read back as the same value.

use crate::canned::Canned;
use crate::shapes::Client;
use crate::shapes::primitives::{Blob, DateTime, Document};
use crate::shapes::types::{
    Branch, Choice, Defaults, Everything, Finish, Grade, Horse, Metal, Old, Tree,
};

/// A client whose answers come from a list.
pub(crate) fn client() -> (Canned, Client) {
    let canned = Canned::default();
    let credentials = crate::shapes::config::Credentials::new("AKID", "secret", None, None, "test");
    let quick = crate::shapes::config::retry::RetryConfig::standard()
        .with_initial_backoff(std::time::Duration::from_millis(1));
    let config = crate::shapes::Config::builder()
        .region(crate::shapes::config::Region::new("eu-west-1"))
        .credentials_provider(credentials)
        .retry_config(quick)
        .http_client(canned.clone());
    (canned, Client::from_conf(config.build()))
}

/// Sends a value and answers with what was sent: the value comes back, and this is what was on the wire.
async fn there_and_back(value: Everything) -> String {
    let (canned, client) = client();
    canned.answer(200, "{}");
    let send = || client.shoe().order(value.clone()).token("t").send();
    send().await.unwrap();
    let sent = canned.body();
    let order = sent
        .strip_prefix(r#"{"order":"#)
        .and_then(|rest| rest.strip_suffix(r#","token":"t"}"#));
    canned.answer(
        200,
        format!(r#"{{"order":{},"unknown":[1]}}"#, order.unwrap()),
    );
    let output = send().await.unwrap();
    assert_eq!(output.order(), Some(&value));
    order.unwrap().to_owned()
}

/// Compares what is on the wire, byte for byte.
macro_rules! wire {
    ($expected:literal, $($setter:ident($($value:expr),+)),+) => {
        assert_eq!(there_and_back(Everything::builder()$(.$setter($($value),+))+.build()).await, $expected)
    };
}

fn horse(name: &str) -> Horse {
    Horse::builder().name(name).build().unwrap()
}

#[tokio::test]
async fn the_request_is_that_of_aws_json_1_0() {
    let (canned, client) = client();
    canned.answer(200, "");
    client.get_anvil().send().await.unwrap();
    let request = canned.requests().remove(0);
    assert_eq!(request.uri, "https://forge.eu-west-1.amazonaws.com/");
    assert_eq!(request.target, "Forge.GetAnvil");
    assert_eq!(request.content_type, "application/x-amz-json-1.0");
    assert_eq!(request.body, "{}");
}

#[tokio::test]
async fn numbers() {
    wire!(
        r#"{"byte":-128,"short":-32768}"#,
        byte(i8::MIN),
        short(i16::MIN)
    );
    wire!(r#"{"long":9223372036854775807}"#, long(i64::MAX));
    wire!(r#"{"float":1.5,"double":1e300}"#, float(1.5), double(1e300));
    wire!(
        r#"{"float":"-Infinity","double":"Infinity"}"#,
        float(f32::NEG_INFINITY),
        double(f64::INFINITY)
    );
    wire!(r#"{"level":9}"#, level(9));
    let digits = "-123456789012345678901234567890";
    wire!(
        r#"{"bigInteger":-123456789012345678901234567890,"bigDecimal":0.10e-400}"#,
        big_integer(digits.parse().unwrap()),
        big_decimal("+.10e-400".parse().unwrap())
    );
}

#[tokio::test]
async fn times() {
    let moment = DateTime::from_secs_and_nanos(1_767_225_600, 250_000_000);
    wire!(r#"{"epoch":1767225600.25}"#, epoch(moment));
    wire!(
        r#"{"dateTime":"2026-01-01T00:00:00.25Z"}"#,
        date_time(moment)
    );
    wire!(
        r#"{"httpDate":"Thu, 01 Jan 2026 00:00:00 GMT"}"#,
        http_date(DateTime::from_secs(1_767_225_600))
    );
    wire!(
        r#"{"dates":["1969-12-31T23:59:59Z"]}"#,
        dates(DateTime::from_secs(-1))
    );
}

#[tokio::test]
async fn blobs_documents_and_secrets() {
    wire!(r#"{"blob":"AP8="}"#, blob(Blob::new([0, 255])));
    let list = Document::Array(vec![
        Document::Null,
        Document::from(true),
        Document::from("text"),
    ]);
    wire!(
        r#"{"document":[null,true,"text"],"documents":[{},7]}"#,
        document(list),
        documents(Document::Object(Default::default())),
        documents(Document::from(7u64))
    );
    wire!(
        r#"{"secret":"s","secrets":["t"]}"#,
        secret("s"),
        secrets("t")
    );
    let shown = format!(
        "{:?}",
        Everything::builder()
            .secret("visible?")
            .secrets("visible?")
            .choice(Choice::Hidden("visible?".into()))
            .build()
    );
    assert!(!shown.contains("visible?"), "{shown}");
}

#[tokio::test]
async fn enums_of_both_versions() {
    wire!(
        r#"{"metal":"iron","finish":"high-gloss"}"#,
        metal(Metal::Iron),
        finish(Finish::HighGloss)
    );
    wire!(r#"{"metal":"mithril"}"#, metal("mithril".into()));
    assert_eq!(Metal::from("STEEL"), Metal::Steel);
    assert_eq!(Grade::SecondClass.as_str(), "second class");
    assert_eq!(Finish::values(), ["high-gloss", "matt", "rust"]);
}

#[tokio::test]
async fn collections() {
    wire!(r#"{"names":["a","b"]}"#, names("a"), names("b"));
    wire!(r#"{"names":[]}"#, set_names(Some(vec![])));
    wire!(
        r#"{"sparseNames":["a",null]}"#,
        sparse_names(Some("a".into())),
        sparse_names(None)
    );
    wire!(r#"{"weights":{"a":1}}"#, weights("a", 1.0));
    wire!(r#"{"sparseWeights":{"a":null}}"#, sparse_weights("a", None));
    wire!(
        r#"{"byMetal":{"iron":["nail"]}}"#,
        by_metal(Metal::Iron, vec!["nail".into()])
    );
}

#[tokio::test]
async fn unions() {
    wire!(
        r#"{"choice":{"text":"t"}}"#,
        choice(Choice::Text("t".into()))
    );
    wire!(r#"{"choice":{"nothing":{}}}"#, choice(Choice::Nothing));
    wire!(
        r#"{"choice":{"other":{"number":-1}}}"#,
        choice(Choice::Other(Box::new(Choice::Number(-1))))
    );
    wire!(
        r#"{"choices":{"a":{"names":["n"]}}}"#,
        choices("a", Choice::Names(vec!["n".into()]))
    );
    wire!(
        r#"{"choice":{"horse":{"name":"Rih"}}}"#,
        choice(Choice::Horse(horse("Rih")))
    );
}

#[tokio::test]
async fn unions_of_a_later_version_are_read_and_not_sent() {
    let (canned, client) = client();
    canned.answer(
        200,
        r#"{"order":{"choice":{"__type":"x","text":null,"later":[{}]}}}"#,
    );
    let output = client.shoe().send().await.unwrap();
    let choice = output.order().and_then(Everything::choice).unwrap();
    assert!(choice.is_unknown());
    canned.requests();
    let again = client.shoe().order(output.order.unwrap()).send().await;
    assert!(again.is_err());
    assert_eq!(canned.requests().len(), 0);
}

#[tokio::test]
async fn structures_that_hold_themselves() {
    let foal = Horse::builder()
        .name("Foal")
        .mother(horse("Mare"))
        .build()
        .unwrap();
    let mare = Horse::builder()
        .name("Mare")
        .foals(foal)
        .by_color("bay", vec![horse("Bay")])
        .build()
        .unwrap();
    wire!(
        r#"{"horse":{"name":"Mare","foals":[{"name":"Foal","mother":{"name":"Mare"}}],"byColor":{"bay":[{"name":"Bay"}]}}}"#,
        horse(mare)
    );
    let inner = Tree::builder()
        .right(Branch::builder().leaf("leaf").build())
        .build();
    let tree = Tree::builder()
        .left(Branch::builder().tree(inner).build())
        .build();
    wire!(
        r#"{"tree":{"left":{"tree":{"right":{"leaf":"leaf"}}}}}"#,
        tree(tree)
    );
}

#[tokio::test]
async fn structures_send_their_defaults_and_inputs_do_not() {
    let defaults = Defaults::builder().build();
    assert_eq!(defaults.text(), "a \"quoted\" text");
    assert_eq!(
        (defaults.yes(), defaults.number(), defaults.long()),
        (true, -7, 9_007_199_254_740_993)
    );
    assert_eq!((defaults.metal(), defaults.level()), (&Metal::Iron, 1));
    assert_eq!((defaults.none(), defaults.ours()), (None, None));
    wire!(
        r#"{"defaults":{"text":"a \"quoted\" text","yes":true,"number":-7,"long":9007199254740993,"ratio":1,"bytes":"Zm9yZ2U=","metal":"iron","level":1,"at":0,"list":[],"map":{},"document":true,"documentText":"text","documentList":[],"documentMap":{},"documentNumber":-5,"date":"2026-01-01T00:00:00.5Z","endless":"-Infinity","big":12345678901234567890}}"#,
        defaults(defaults)
    );
    wire!(
        r#"{"old":{"primitive":0,"flag":false}}"#,
        old(Old::builder().build())
    );
    let (canned, client) = client();
    canned
        .answer(200, "{}")
        .answer(200, r#"{"order": {"defaults": {}}, "pieces": null}"#);
    let output = client.shoe().pieces(3).token("t").send().await.unwrap();
    assert_eq!(canned.body(), r#"{"token":"t","pieces":3}"#);
    // What the model requires and the service leaves out has a zero value.
    assert_eq!(
        (output.pieces(), output.fits(), output.order()),
        (4, false, None)
    );
    let output = client.shoe().token("t").send().await.unwrap();
    assert_eq!(canned.body(), r#"{"token":"t"}"#);
    assert_eq!(
        output.order().and_then(Everything::defaults),
        Some(&Defaults::builder().build())
    );
}

#[tokio::test]
async fn a_token_is_filled_in_and_stays_over_all_attempts() {
    let (canned, client) = client();
    canned.answer(500, "").answer(200, "{}").answer(200, "{}");
    client.shoe().send().await.unwrap();
    let bodies: Vec<_> = canned
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(
        bodies[0].len(),
        r#"{"token":"00000000-0000-4000-8000-000000000000"}"#.len()
    );
    client.shoe().send().await.unwrap();
    assert_ne!(canned.body(), bodies[0]);
}
