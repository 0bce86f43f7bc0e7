//! What a subscriber of `tracing` sees of a call: a span for it, one for each attempt, and an event for each answer.
//!
//! The names are those of OpenTelemetry
//! ([semantic conventions](https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/)). No value that a caller
//! sends or a service answers is among them, but the request id.

use crate::error::RequestId;
use crate::http::HttpResponse;
use crate::internal::OperationMetadata;
use std::time::Instant;
use tracing::Span;
use tracing::field::Empty;

/// A span that notes how long it took, in seconds, when it ends or is dropped.
pub(super) struct Timed {
    pub(super) span: Span,
    began: Option<Instant>,
}

impl Timed {
    fn new(span: Span) -> Self {
        let began = (!span.is_disabled()).then(Instant::now);
        Self { span, began }
    }

    /// The span of a whole call.
    pub(super) fn call(operation: &OperationMetadata) -> Self {
        Self::new(tracing::debug_span!(
            "call",
            rpc.system = "aws-api",
            rpc.service = operation.service.id,
            rpc.method = operation.name,
            duration = Empty,
        ))
    }

    /// The span of one attempt, the first of which is 1.
    pub(super) fn attempt(attempt: u32) -> Self {
        Self::new(tracing::debug_span!(
            "attempt",
            attempt,
            http.response.status_code = Empty,
            aws.request_id = Empty,
            duration = Empty,
        ))
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        if let Some(began) = self.began {
            self.span.record("duration", began.elapsed().as_secs_f64());
        }
    }
}

/// Notes an answer in the span of the attempt, which is the current one; where nobody wants to see it, that is a caller's,
/// which may have fields of these names for an answer of its own.
pub(super) fn answered(response: &HttpResponse, attempt: u32) {
    let status = response.status().as_u16();
    let id = response.headers().request_id();
    let span = Span::current();
    if span
        .metadata()
        .is_some_and(|it| it.target() == module_path!())
    {
        span.record("http.response.status_code", status);
        span.record("aws.request_id", id);
    }
    tracing::debug!(
        attempt,
        http.response.status_code = status,
        aws.request_id = id,
        "answered"
    );
}
