//! Calls at the same time, of which one asks and the others wait.

use super::{Clock, cell, chain, client, config, named, refusal};
use crate::loopback::Host;
use farrier_runtime::config::{AsyncSleep, Sleep};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

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
