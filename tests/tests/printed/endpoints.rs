//! Where calls go, when that depends on what is sent, on who sends it, and on settings that only one service has.

use crate::canned::{Canned, Request};
use crate::golden_diagram;
use crate::golden_endpoints::config::{AccountIdEndpointMode, Builder, Credentials, Region};
use crate::golden_endpoints::types::{Inner, Kind, Options, Thing};
use crate::golden_endpoints::{Client, Config};
use farrier_runtime::config::{Intercept, RetryConfig};

/// Settings of a client whose calls end in `canned`, one answer for each.
fn config(canned: &Canned, account: Option<&str>) -> Builder {
    let mut credentials = Credentials::builder()
        .access_key_id("AKIDEXAMPLE")
        .secret_access_key("secret")
        .provider_name("test");
    credentials.set_account_id(account.map(Into::into));
    Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(credentials.build())
        .retry_config(RetryConfig::disabled())
        .http_client(canned.clone())
}

fn client(account: Option<&str>) -> (Canned, Client) {
    let canned = Canned::default();
    let client = Client::from_conf(config(&canned, account).build());
    (canned, client)
}

/// The one request that was sent.
fn sent(canned: &Canned) -> Request {
    let mut requests = canned.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn thing(first: &str, second: Option<&str>) -> Thing {
    let inner = second.map(|second| Inner::builder().second(second).build().unwrap());
    Thing::builder()
        .first(first)
        .set_inner(inner)
        .build()
        .unwrap()
}

fn arn(key: &str) -> String {
    format!("arn:aws:golden:eu-west-1:1234:key/{key}")
}

#[tokio::test]
async fn a_member_decides_on_address_headers_and_signature() {
    let (canned, client) = client(None);
    canned.answer(200, "{}");
    client.describe().bucket("my.bucket").send().await.unwrap();
    let request = sent(&canned);
    assert_eq!(
        request.uri,
        "https://my.bucket.golden.eu-west-1.amazonaws.com/"
    );
    assert_eq!(request.bucket, "my.bucket");
    assert!(
        request
            .authorization
            .contains("/eu-west-1/bucket/aws4_request"),
        "{request:?}"
    );
    // The same client, another call: nothing is left of the first one. A bucket that is no host is not called.
    canned.answer(200, "{}");
    client.describe().bucket("My Bucket").send().await.unwrap();
    let request = sent(&canned);
    assert_eq!(
        request.uri,
        "https://control.golden.eu-west-1.amazonaws.com/"
    );
    assert!(
        request
            .authorization
            .contains("/eu-west-1/golden/aws4_request"),
        "{request:?}"
    );
}

#[tokio::test]
async fn a_member_that_decides_must_be_there() {
    let (canned, client) = client(None);
    for bucket in [None, Some(""), Some(" \t")] {
        let call = client.describe().set_bucket(bucket.map(str::to_owned));
        let error = call.send().await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.starts_with("`bucket` is missing or blank"), "{cause}");
        assert!(
            matches!(
                error,
                farrier_runtime::error::SdkError::ConstructionFailure(_)
            ),
            "{error:?}"
        );
    }
    assert!(canned.requests().is_empty());
}

#[tokio::test]
async fn paths_into_the_input_decide() {
    let (canned, client) = client(None);
    canned.answer(200, "{}");
    client
        .list()
        .things(arn("abc"), thing("a", None))
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://abc.1234.golden.eu-west-1.amazonaws.com/"
    );
    // What is not there is passed over.
    let things = [thing(&arn("first"), None), thing("b", Some(&arn("second")))];
    for (thing, host) in things.into_iter().zip(["first.1234.golden", "golden"]) {
        canned.answer(200, "{}");
        client.put().things("x", thing).send().await.unwrap();
        assert!(
            sent(&canned)
                .uri
                .starts_with(&format!("https://{host}.eu-west-1."))
        );
    }
    let options = Options::builder().kind(Kind::Two).beta(true).build();
    canned.answer(200, "{}");
    client.list().options(options).send().await.unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://two.golden.eu-west-1.amazonaws.com/"
    );
    canned.answer(200, "{}");
    client
        .remove()
        .kinds(Kind::One)
        .beta(true)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://beta.golden.eu-west-1.amazonaws.com/prod/"
    );
}

#[tokio::test]
async fn settings_of_the_service_decide_and_the_call_goes_before_them() {
    let canned = Canned::default();
    let config = config(&canned, None).stage("client").beta(true).build();
    assert_eq!(
        (config.stage(), config.beta()),
        (Some("client"), Some(true))
    );
    // A name that all clients have, with what tells the two apart.
    assert_eq!(
        (config.region().map(AsRef::as_ref), config.region_value()),
        (Some("eu-west-1"), None)
    );
    let client = Client::from_conf(config);
    canned.answer(200, "{}");
    client.remove().send().await.unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://beta.golden.eu-west-1.amazonaws.com/client/"
    );
    // A member that is set goes before the setting of the client.
    canned.answer(200, "{}");
    client
        .remove()
        .stage(Kind::One)
        .beta(false)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://golden.eu-west-1.amazonaws.com/one/"
    );
    // One call with settings of its own.
    canned.answer(200, "{}");
    let over = Config::builder().stage("call");
    client
        .remove()
        .customize()
        .config_override(over)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://beta.golden.eu-west-1.amazonaws.com/call/"
    );
}

#[tokio::test]
async fn the_account_of_the_credentials_decides() {
    let (canned, client) = client(Some("777788889999"));
    canned.answer(200, "{}");
    client.remove().send().await.unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://777788889999.golden.eu-west-1.amazonaws.com/"
    );
    canned.answer(200, "{}");
    let over = Config::builder().account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    client
        .remove()
        .customize()
        .config_override(over)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://golden.eu-west-1.amazonaws.com/prod/"
    );
}

#[derive(Debug)]
struct Nothing;

impl Intercept for Nothing {
    fn name(&self) -> &'static str {
        "Nothing"
    }
}

#[tokio::test]
async fn a_call_with_interceptors_goes_to_the_same_address() {
    let canned = Canned::default();
    let config = config(&canned, Some("777788889999"))
        .stage("client")
        .interceptor(Nothing);
    let client = Client::from_conf(config.build());
    canned.answer(200, "{}").answer(200, "{}");
    client.describe().bucket("my.bucket").send().await.unwrap();
    client.remove().send().await.unwrap();
    let uris: Vec<String> = canned
        .requests()
        .into_iter()
        .map(|request| request.uri)
        .collect();
    assert_eq!(
        uris,
        [
            "https://my.bucket.golden.eu-west-1.amazonaws.com/",
            "https://777788889999.golden.eu-west-1.amazonaws.com/",
        ]
    );
    let error = client.describe().send().await.unwrap_err();
    assert!(
        matches!(
            error,
            farrier_runtime::error::SdkError::ConstructionFailure(_)
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_diagram_finds_the_address() {
    let canned = Canned::default();
    let config = golden_diagram::Config::builder()
        .region(Region::new("cn-north-1"))
        .use_fips(true)
        .allow_no_auth()
        .retry_config(RetryConfig::disabled())
        .http_client(canned.clone());
    let client = golden_diagram::Client::from_conf(config.build());
    canned.answer(200, "{}");
    client.call().send().await.unwrap();
    assert_eq!(
        sent(&canned).uri,
        "https://diagram-fips.cn-north-1.amazonaws.com.cn/"
    );
}

/// The user agent tells how the account is treated, in the letters and the order of the official client of DynamoDB.
#[tokio::test]
async fn the_user_agent_tells_of_the_account() {
    let metrics = async |settings: fn(Builder) -> Builder| {
        let canned = Canned::default();
        canned.answer(200, "{}");
        let config = settings(config(&canned, Some("123456789012")));
        let client = Client::from_conf(config.build());
        client.remove().send().await.unwrap();
        let agent = sent(&canned).header("user-agent").unwrap().to_owned();
        let metrics = agent.split(' ').find(|part| part.starts_with("m/"));
        metrics.unwrap().to_owned()
    };
    use AccountIdEndpointMode::{Disabled, Preferred, Required};
    assert_eq!(metrics(|config| config).await, "m/E,P");
    let preferred = metrics(|config| config.account_id_endpoint_mode(Preferred));
    assert_eq!(preferred.await, "m/E,P");
    let required = metrics(|config| config.account_id_endpoint_mode(Required));
    assert_eq!(required.await, "m/E,R");
    let disabled = |config: Builder| config.account_id_endpoint_mode(Disabled);
    assert_eq!(metrics(disabled).await, "m/E,Q");
    let set = metrics(|config| config.endpoint_url("http://localhost:1"));
    assert_eq!(set.await, "m/E,N,P");
}
