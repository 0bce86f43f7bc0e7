//! Endpoints that the service names: when it is asked, and what it may name, over HTTP on this machine.

mod renewal;
mod waiting;

use crate::cells::config::Builder;
use crate::cells::operation::query::QueryInput;
use crate::loopback::Host;
use crate::{cells, shelves};
use farrier_runtime::config::{
    BeforeSerializationInterceptorContextRef, ConfigBag, Credentials, Intercept, Region,
    RetryConfig, RuntimeComponents, TimeSource,
};
use farrier_runtime::error::{BoxError, SdkError};
use farrier_runtime::http::SdkBody;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

/// A clock that goes when it is told to, in seconds since 1970.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn new() -> Clock {
        Clock(Arc::new(AtomicU64::new(1_767_225_600)))
    }

    fn minutes(&self, minutes: u64) {
        self.0.fetch_add(minutes * 60, Ordering::Relaxed);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// A host that answers every call.
fn cell() -> Host {
    Host::new(|_, _| (200, "{}".to_owned()))
}

/// The usual endpoint, which names one cell after another, for ten minutes each.
fn usual(cells: &[&Host]) -> Host {
    let ports: Vec<u16> = cells.iter().map(|cell| cell.port).collect();
    let asked = AtomicUsize::new(0);
    Host::new(move |operation, _| match operation {
        "DescribeEndpoints" => {
            let next = asked.fetch_add(1, Ordering::Relaxed);
            ports
                .get(next)
                .map_or_else(refusal, |port| (200, named(*port)))
        }
        _ => (200, "{}".to_owned()),
    })
}

fn named(port: u16) -> String {
    format!(r#"{{"Endpoints": [{{"Address": "127.0.0.1:{port}", "CachePeriodInMinutes": 10}}]}}"#)
}

fn refusal() -> (u16, String) {
    let body = r#"{"__type": "AccessDeniedException", "message": "not you"}"#;
    (400, body.to_owned())
}

fn config(usual: &Host) -> Builder {
    Builder::new()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .port(usual.port.to_string())
}

fn client(config: Builder) -> cells::Client {
    cells::Client::from_conf(config.build())
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

#[tokio::test]
async fn the_endpoint_is_asked_for_once() {
    let cell = cell();
    let usual = usual(&[&cell]);
    let client = client(config(&usual));
    for _ in 0..3 {
        client.query().send().await.unwrap();
    }
    assert_eq!(usual.asked(), [("DescribeEndpoints".into(), "{}".into())]);
    assert_eq!(cell.operations(), ["Query", "Query", "Query"]);
    client.ping().send().await.unwrap();
    assert_eq!(usual.operations(), ["Ping"]);
}

#[tokio::test]
async fn calls_with_interceptors_go_the_same_way() {
    let cell = cell();
    let usual = usual(&[&cell]);
    let client = client(config(&usual));
    let call = || client.query().customize().mutate_request(|_| ());
    call().send().await.unwrap();
    call().send().await.unwrap();
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    assert_eq!(cell.operations(), ["Query", "Query"]);
}

/// They are meant for the call, and do not know the one that asks.
#[tokio::test]
async fn interceptors_do_not_see_how_the_endpoint_is_asked_for() {
    #[derive(Debug)]
    struct MustMatch;
    impl Intercept for MustMatch {
        fn name(&self) -> &'static str {
            "MustMatch"
        }
        fn read_before_serialization(
            &self,
            context: &BeforeSerializationInterceptorContextRef<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            let input = context.input().downcast_ref::<QueryInput>();
            input.map(drop).ok_or_else(|| "no rule matched".into())
        }
    }
    let cell = cell();
    let usual = usual(&[&cell]);
    let client = client(config(&usual).interceptor(MustMatch));
    let call = client.query().customize();
    let call = call.mutate_request(|request| *request.body_mut() = SdkBody::from("[]"));
    call.send().await.unwrap();
    assert_eq!(usual.asked(), [("DescribeEndpoints".into(), "{}".into())]);
    assert_eq!(cell.asked(), [("Query".into(), "[]".into())]);
}

#[tokio::test]
async fn calls_that_need_not_ask_do_so_when_they_are_told_to() {
    let cell = cell();
    let usual = usual(&[&cell]);
    client(config(&usual)).peek().send().await.unwrap();
    assert_eq!(usual.operations(), ["Peek"]);
    let told = client(config(&usual).endpoint_discovery_enabled(true));
    told.peek().send().await.unwrap();
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    assert_eq!(cell.operations(), ["Peek"]);
}

/// The usual endpoint does not answer such a call, as the documentation of the setting has it.
#[tokio::test]
async fn a_call_that_needs_an_endpoint_is_refused_where_none_is_to_be_discovered() {
    let usual = usual(&[]);
    let off = client(config(&usual).endpoint_discovery_enabled(false));
    let plain = off.query().send().await.unwrap_err();
    let hooked = off.query().customize().mutate_request(|_| ());
    for error in [plain, hooked.send().await.unwrap_err()] {
        let text = chain(&error);
        assert!(text.contains("`endpoint_discovery_enabled` is"), "{text}");
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{error:?}"
        );
    }
    assert_eq!(usual.operations(), [""; 0]);
    off.peek().send().await.unwrap();
    assert_eq!(usual.operations(), ["Peek"]);
}

#[tokio::test]
async fn an_endpoint_that_is_set_is_called_without_asking() {
    let (cell, usual) = (cell(), usual(&[]));
    let url = format!("http://127.0.0.1:{}", cell.port);
    let config = config(&usual)
        .endpoint_url(url)
        .endpoint_discovery_enabled(true);
    let client = client(config);
    client.query().send().await.unwrap();
    client.peek().send().await.unwrap();
    assert_eq!(cell.operations(), ["Query", "Peek"]);
    let (_, reload) = client.with_endpoint_discovery_enabled().await.unwrap();
    reload.reload_once().await;
    assert_eq!(usual.asked(), []);
}

#[tokio::test]
async fn a_call_that_needs_an_endpoint_fails_without() {
    let usual = usual(&[]);
    let client = client(config(&usual).endpoint_discovery_enabled(true));
    let error = client.query().send().await.unwrap_err();
    let text = chain(&error);
    assert!(
        text.contains("could not be discovered by DescribeEndpoints")
            && text.contains("AccessDeniedException: not you"),
        "{text}"
    );
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    let error = client.clone().with_endpoint_discovery_enabled().await;
    let text = chain(&*error.unwrap_err());
    assert!(text.contains("could not be discovered"), "{text}");
    usual.asked();
    // The usual endpoint does for this one, and is not asked for another again at once.
    client.peek().send().await.unwrap();
    assert_eq!(usual.operations(), ["Peek"]);
    client.query().send().await.unwrap_err();
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
}

#[tokio::test]
async fn a_call_that_can_do_without_goes_on_to_the_usual_endpoint() {
    let usual = usual(&[]);
    let client = client(config(&usual).endpoint_discovery_enabled(true));
    client.peek().send().await.unwrap();
    client.peek().send().await.unwrap();
    assert_eq!(usual.operations(), ["DescribeEndpoints", "Peek", "Peek"]);
}

#[tokio::test]
async fn a_name_that_is_no_host_is_not_called() {
    for address in [
        "",
        "user@127.0.0.1",
        "127.0.0.1/path",
        "[",
        "127.0.0.1:99999",
    ] {
        let body = format!(r#"{{"Endpoints": [{{"Address": "{address}"}}]}}"#);
        let usual = Host::new(move |_, _| (200, body.clone()));
        let client = client(config(&usual));
        let text = chain(&client.query().send().await.unwrap_err());
        assert!(text.contains("is no host"), "{address}: {text}");
    }
    let usual = Host::new(|_, _| (200, "{}".to_owned()));
    let error = client(config(&usual)).query().send().await.unwrap_err();
    assert!(chain(&error).contains("the answer names no endpoint"));
}

/// Other credentials may be led elsewhere.
#[tokio::test]
async fn each_access_key_has_its_own_endpoint() {
    let (one, two) = (cell(), cell());
    let usual = usual(&[&one, &two]);
    let client = client(config(&usual));
    client.query().send().await.unwrap();
    let other = Credentials::new("OTHER", "secret", None, None, "test");
    let over = Builder::new().credentials_provider(other);
    let call = client.query().customize().config_override(over);
    call.send().await.unwrap();
    assert_eq!((one.asked().len(), two.asked().len()), (1, 1));
    client.query().send().await.unwrap();
    assert_eq!((one.asked().len(), two.asked().len()), (1, 0));
}

#[tokio::test]
async fn endpoints_depend_on_the_call() {
    let (one, two) = (cell(), cell());
    let ports = [one.port, two.port];
    let usual =
        Host::new(move |_, body| (200, named(ports[usize::from(body.contains("PutBook"))])));
    let config = shelves::config::Builder::new()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .port(usual.port.to_string());
    let client = shelves::Client::from_conf(config.build());
    let first = shelves::types::Floor::First;
    for title in ["a", "b"] {
        let get = client.get_book().shelf("s").floor(first.clone());
        get.title(title).send().await.unwrap();
    }
    let asked = |operation: &str, shelf: &str| {
        let body = format!(
            r#"{{"Operation":"{operation}","Identifiers":{{"Shelf":"{shelf}","Floor":"first"}}}}"#
        );
        ("DescribeEndpoints".to_owned(), body)
    };
    assert_eq!(usual.asked(), [asked("GetBook", "s")]);
    let get = client.get_book().shelf("t").floor(first.clone());
    get.send().await.unwrap();
    let put = client.put_book().shelf("s").floor(first);
    put.send().await.unwrap();
    assert_eq!(
        usual.asked(),
        [asked("GetBook", "t"), asked("PutBook", "s")]
    );
    assert_eq!(one.operations(), ["GetBook"; 3]);
    assert_eq!(two.operations(), ["PutBook"]);
}

/// They are members of the input, which may be sensitive.
#[test]
fn identifiers_are_not_shown() {
    let address = shelves::config::DISCOVERY.required(&[("Shelf", Some("hidden"))]);
    let text = format!("{address:?}");
    assert!(
        text.contains("DescribeEndpoints") && !text.contains("hidden"),
        "{text}"
    );
}
