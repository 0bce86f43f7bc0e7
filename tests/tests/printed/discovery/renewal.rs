//! What is kept, for how long, and what is left.

use super::{Clock, cell, client, config, named, refusal, usual};
use crate::loopback::Host;
use farrier_runtime::config::{AsyncSleep, Sleep, TimeSource};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

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
