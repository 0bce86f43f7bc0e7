//! Endpoints that the service names: when it is asked, what is kept, and what is left, over HTTP on this machine.

use crate::cells::config::Builder;
use crate::cells::operation::query::QueryInput;
use crate::loopback::Host;
use crate::{cells, shelves};
use farrier_runtime::config::BeforeSerializationInterceptorContextRef;
use farrier_runtime::config::{
    AsyncSleep, ConfigBag, Credentials, Intercept, Region, RetryConfig, RuntimeComponents, Sleep,
    TimeSource,
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

/// Two minutes before the time of the endpoint is over.
#[tokio::test]
async fn the_endpoint_is_asked_for_anew_before_its_time_is_over() {
    let (one, two) = (cell(), cell());
    let usual = usual(&[&one, &two]);
    let clock = Clock::new();
    let client = client(config(&usual).time_source(clock.clone()));
    client.query().send().await.unwrap();
    clock.minutes(7);
    client.query().send().await.unwrap();
    assert_eq!(one.operations(), ["Query", "Query"]);
    clock.minutes(1);
    client.query().send().await.unwrap();
    assert_eq!(two.operations(), ["Query"]);
    assert_eq!(usual.operations(), ["DescribeEndpoints"; 2]);
    // Nothing is named any more: the old one stays in use, and is not asked about for a minute.
    clock.minutes(60);
    client.query().send().await.unwrap();
    client.query().send().await.unwrap();
    assert_eq!(two.operations(), ["Query", "Query"]);
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    clock.minutes(1);
    client.query().send().await.unwrap();
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
}

#[tokio::test]
async fn an_endpoint_that_is_none_any_more_is_left() {
    for (status, body) in [
        (
            400,
            r#"{"__type": "golden.cells#InvalidEndpointException"}"#,
        ),
        (421, ""),
    ] {
        for hooked in [false, true] {
            let (gone, new) = (Host::new(move |_, _| (status, body.to_owned())), cell());
            let usual = usual(&[&gone, &new]);
            let client = client(config(&usual));
            let call = client.query();
            if hooked {
                let call = call.customize().mutate_request(|_| ());
                call.send().await.unwrap();
            } else {
                call.send().await.unwrap();
            }
            assert_eq!(gone.operations(), ["Query"]);
            assert_eq!(new.operations(), ["Query"]);
            assert_eq!(usual.operations(), ["DescribeEndpoints"; 2]);
        }
    }
}

/// Any other error says nothing of the endpoint.
#[tokio::test]
async fn an_endpoint_that_answers_with_an_error_stays() {
    let cell = Host::new(|_, _| refusal());
    let usual = usual(&[&cell]);
    let client = client(config(&usual));
    for _ in 0..2 {
        client.query().send().await.unwrap_err();
    }
    assert_eq!(cell.operations(), ["Query", "Query"]);
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
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

/// A host that names `cells` one after another, each after a while, and then refuses.
fn slow(cells: &[&Host], wait: Duration) -> Host {
    let ports: Vec<u16> = cells.iter().map(|cell| cell.port).collect();
    let asked = AtomicUsize::new(0);
    Host::new(move |operation, _| {
        if operation != "DescribeEndpoints" {
            return (200, "{}".to_owned());
        }
        std::thread::sleep(wait);
        let port = ports.get(asked.fetch_add(1, Ordering::Relaxed));
        port.map_or_else(refusal, |port| (200, named(*port)))
    })
}

const A_WHILE: Duration = Duration::from_millis(50);

/// Waits until a request has come to the host.
async fn is_asked(host: &Host) {
    while host.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// However asking ends, each call takes from it what it needs, whichever of them asked.
#[tokio::test]
async fn calls_that_wait_in_vain_end_as_they_need() {
    for query_first in [true, false] {
        let usual = slow(&[], A_WHILE);
        let client = client(config(&usual).endpoint_discovery_enabled(true));
        let (query, peek) = if query_first {
            tokio::join!(client.query().send(), client.peek().send())
        } else {
            let (peek, query) = tokio::join!(client.peek().send(), client.query().send());
            (query, peek)
        };
        peek.unwrap();
        let text = chain(&query.unwrap_err());
        assert!(text.contains("AccessDeniedException: not you"), "{text}");
        assert_eq!(usual.operations(), ["DescribeEndpoints", "Peek"]);
        let (one, two) = tokio::join!(client.query().send(), client.query().send());
        assert!(one.is_err() && two.is_err());
        assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_asks_leaves_that_to_another() {
    let cell = cell();
    let usual = slow(&[&cell, &cell], A_WHILE);
    let client = client(config(&usual));
    let dropped = async {
        tokio::select! {
            biased;
            () = is_asked(&usual) => {}
            _ = client.query().send() => panic!("the answer takes a while"),
        }
    };
    let ((), waits) = tokio::join!(dropped, client.query().send());
    waits.unwrap();
    assert_eq!(cell.operations(), ["Query"]);
}

#[tokio::test]
async fn no_call_goes_to_an_endpoint_whose_time_is_over_while_another_is_asked_for() {
    let (one, two) = (cell(), cell());
    let usual = slow(&[&one, &two], A_WHILE);
    let clock = Clock::new();
    let client = client(config(&usual).time_source(clock.clone()));
    client.query().send().await.unwrap();
    clock.minutes(10);
    let call = || client.query().send();
    let (first, second) = tokio::join!(call(), call());
    assert!(first.is_ok() && second.is_ok());
    assert_eq!((one.asked().len(), two.asked().len()), (1, 2));
    assert_eq!(usual.operations(), ["DescribeEndpoints"; 2]);
}

/// Waits for a twentieth of what it is told to.
#[derive(Clone, Debug)]
struct Brief;

impl AsyncSleep for Brief {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / 20))
    }
}

#[tokio::test]
async fn a_call_that_has_an_endpoint_does_not_wait_long_for_another() {
    let (one, two) = (cell(), cell());
    let ports = [one.port, two.port];
    let asked = AtomicUsize::new(0);
    let usual = Host::new(move |_, _| {
        let asked = asked.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(10 * A_WHILE * asked as u32);
        (200, named(ports[asked]))
    });
    let clock = Clock::new();
    let config = config(&usual).time_source(clock.clone()).sleep_impl(Brief);
    let client = client(config);
    client.query().send().await.unwrap();
    clock.minutes(9);
    client.query().send().await.unwrap();
    assert_eq!((one.asked().len(), two.asked().len()), (2, 0));
}

/// Whatever the service says is no fault of the client's.
#[tokio::test]
async fn an_endpoint_may_be_named_for_ever_or_not_at_all() {
    for minutes in [i64::MAX, i64::MIN, 0, 307_445_734_561_825_860] {
        let cell = cell();
        let port = cell.port;
        let usual = Host::new(move |_, _| {
            let body = format!(
                r#"{{"Endpoints": [{{"Address": "127.0.0.1:{port}", "CachePeriodInMinutes": {minutes}}}]}}"#
            );
            (200, body)
        });
        let client = client(config(&usual));
        client.query().send().await.unwrap();
        client.query().send().await.unwrap();
        assert_eq!(cell.operations(), ["Query", "Query"]);
        let asked = if minutes > 0 { 1 } else { 2 };
        assert_eq!(usual.asked().len(), asked, "{minutes}");
    }
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

#[tokio::test]
async fn calls_at_the_same_time_ask_once() {
    let cell = cell();
    let port = cell.port;
    let usual = Host::new(move |_, _| {
        std::thread::sleep(Duration::from_millis(50));
        (200, named(port))
    });
    let client = client(config(&usual));
    let call = || client.query().send();
    let (one, two, three) = tokio::join!(call(), call(), call());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    assert_eq!(cell.operations().len(), 3);
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
async fn the_endpoint_can_be_asked_for_beforehand() {
    let (one, two) = (cell(), cell());
    let usual = usual(&[&one, &two]);
    let client = client(config(&usual));
    let (client, reload) = client.with_endpoint_discovery_enabled().await.unwrap();
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    client.query().send().await.unwrap();
    client.peek().send().await.unwrap();
    assert_eq!(one.operations(), ["Query", "Peek"]);
    reload.reload_once().await;
    assert_eq!(usual.operations(), ["DescribeEndpoints"]);
    client.query().send().await.unwrap();
    assert_eq!(two.operations(), ["Query"]);
    assert_eq!(usual.operations(), [""; 0]);
}

/// A minute passes at once, and the clock with it.
#[derive(Clone, Debug)]
struct Hasty(Clock);

impl AsyncSleep for Hasty {
    fn sleep(&self, duration: Duration) -> Sleep {
        let minutes = duration.as_secs() / 60;
        self.0.minutes(minutes);
        let wait = if minutes > 0 {
            Duration::from_millis(5)
        } else {
            duration
        };
        Sleep::new(tokio::time::sleep(wait))
    }
}

#[tokio::test]
async fn a_task_keeps_the_endpoint_fresh_until_the_client_is_gone() {
    let (one, two) = (cell(), cell());
    let ports = [one.port, two.port];
    let clock = Clock::new();
    let begun = clock.now();
    let (time, asked) = (clock.clone(), AtomicUsize::new(0));
    let usual = Host::new(move |_, _| {
        // Calls would ask after eight minutes.
        let is_ahead = time.now() < begun + Duration::from_secs(8 * 60);
        let next = asked.fetch_add(1, Ordering::Relaxed);
        let port = ports.get(next).filter(|_| is_ahead);
        port.map_or_else(refusal, |port| (200, named(*port)))
    });
    let config = config(&usual).time_source(clock.clone());
    let config = config.sleep_impl(Hasty(clock.clone()));
    let client = client(config);
    let (client, reload) = client.with_endpoint_discovery_enabled().await.unwrap();
    let task = tokio::spawn(reload.reload_task());
    let over = clock.now() + Duration::from_secs(10 * 60);
    while clock.now() < over {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client.query().send().await.unwrap();
    assert_eq!((one.asked().len(), two.asked().len()), (0, 1));
    drop(client);
    tokio::time::timeout(Duration::from_secs(10), task)
        .await
        .expect("it ends")
        .unwrap();
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
