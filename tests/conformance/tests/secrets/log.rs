//! Everything that anyone logs by `tracing`, at every level.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tracing::field::{Field, Visit};
use tracing::span;

/// What was logged, each line with where from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log(Arc<Mutex<Lines>>);

#[derive(Debug, Default)]
struct Lines {
    lines: Vec<(String, String)>,
    heard: usize,
}

/// Listens from now on, on all threads.
pub(crate) fn listen() -> Log {
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).expect("nobody listens yet");
    log
}

impl Log {
    /// What was logged since the last time.
    pub(crate) fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.lines().lines)
    }

    /// Whether anything ever was.
    pub(crate) fn is_heard(&self) -> bool {
        self.lines().heard > 0
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, target: &str, Text(text): Text) {
        let mut lines = self.lines();
        lines.heard += 1;
        lines.lines.push((format!("the log of {target}"), text));
    }
}

#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = writeln!(self.0, "{field}: {value:?}");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut text = Text::default();
        attributes.record(&mut text);
        self.keep(attributes.metadata().target(), text);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut text = Text::default();
        values.record(&mut text);
        self.keep("a span", text);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        self.keep(event.metadata().target(), text);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
