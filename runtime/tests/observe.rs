//! Spans and events, as a subscriber sees them.

mod support;

use farrier_runtime::internal::mutate_request_interceptor;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use support::*;
use tracing::field::{Empty, Field, Visit};
use tracing::{Instrument, span};

/// A span and its fields.
#[derive(Debug)]
struct Seen {
    metadata: &'static tracing::Metadata<'static>,
    fields: BTreeMap<&'static str, String>,
}

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

/// Keeps the spans of a crate in the order in which they began.
#[derive(Clone, Debug)]
struct Spans {
    of: &'static str,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Spans {
    fn of(of: &'static str) -> Self {
        Self {
            of,
            seen: Arc::default(),
        }
    }

    fn taken(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().drain(..).collect()
    }
}

thread_local! {
    static ENTERED: RefCell<Vec<span::Id>> = const { RefCell::new(Vec::new()) };
}

fn index(id: &span::Id) -> usize {
    usize::try_from(id.into_u64()).expect("few spans") - 1
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with(self.of)
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut seen = Seen {
            metadata: attributes.metadata(),
            fields: BTreeMap::new(),
        };
        attributes.record(&mut seen);
        let mut spans = self.seen.lock().unwrap();
        spans.push(seen);
        span::Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.seen.lock().unwrap()[index(id)]);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, id: &span::Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(id.clone()));
    }

    fn exit(&self, _: &span::Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }

    fn current_span(&self) -> tracing_core::span::Current {
        match ENTERED.with_borrow(|entered| entered.last().cloned()) {
            Some(id) => {
                let metadata = self.seen.lock().unwrap()[index(&id)].metadata;
                tracing_core::span::Current::new(id, metadata)
            }
            None => tracing_core::span::Current::none(),
        }
    }
}

/// The name of a span and its fields but for how long it took, which it must tell.
fn shown(seen: &Seen) -> String {
    let seconds: f64 = seen.fields["duration"].parse().expect("seconds");
    assert!((0.0..60.0).contains(&seconds), "{seen:?}");
    let fields = seen.fields.iter().filter(|(name, _)| **name != "duration");
    let fields: Vec<_> = fields
        .map(|(name, text)| format!("{name}={text}"))
        .collect();
    format!("{} {}", seen.metadata.name(), fields.join(" "))
}

#[tokio::test]
async fn a_call_and_its_attempts_are_spans_with_the_names_of_opentelemetry() {
    let spans = Spans::of("farrier_runtime");
    let _seen = tracing::subscriber::set_default(spans.clone());
    let expected = [
        r#"call rpc.method="Echo" rpc.service="Echo" rpc.system="aws-api""#,
        r#"attempt attempt=1 http.response.status_code=503"#,
        r#"attempt attempt=2 aws.request_id="id-1" http.response.status_code=200"#,
    ];
    for hooked in [false, true] {
        let server = Server::start([error(503, "Down"), ok("done")]).await;
        let client = client_of(&server, |settings| {
            if hooked {
                settings.push_interceptor(mutate_request_interceptor(|_| {}));
            }
        });
        echo(&client, "hi").await.expect("an answer");
        let shown: Vec<_> = spans.taken().iter().map(shown).collect();
        assert_eq!(shown, expected);
    }
}

#[tokio::test]
async fn a_span_of_the_caller_is_left_alone() {
    let spans = Spans::of(module_path!());
    let _seen = tracing::subscriber::set_default(spans.clone());
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |_| {});
    let own = tracing::info_span!(
        "answering",
        http.response.status_code = Empty,
        aws.request_id = Empty
    );
    let called = echo(&client, "hi").instrument(own).await;
    called.expect("an answer");
    let seen = spans.taken();
    assert_eq!(seen.len(), 1, "those of the client are not seen");
    assert!(seen[0].fields.is_empty(), "{seen:?}");
}
