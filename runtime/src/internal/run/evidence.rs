//! What a failed attempt says about another one, and the service's time, which an answer may tell.

use super::{Run, lock, millis};
use crate::error::{ConnectorError, SdkError};
use crate::http::HttpResponse;
use crate::internal::call::{About, Failure};
use crate::internal::receive;
use crate::internal::retry::Evidence;
use crate::primitives::{DateTime, DateTimeFormat};
use aws_smithy_types::retry::ErrorKind;
use std::sync::atomic::Ordering;

/// A clock that is off by less is not why a signature was refused, in milliseconds.
const SKEW_THRESHOLD: u64 = 4 * 60 * 1000;

/// An exchange that took longer does not tell the service's time, in milliseconds.
const SLOWEST_MEASUREMENT: i64 = 15 * 60 * 1000;

/// The codes with which services refuse a signature that may be made at the wrong time.
const SKEW_CODES: [&str; 5] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "AccessDeniedException",
];

impl Run<'_> {
    /// What a failure says about another attempt.
    pub(in crate::internal) fn evidence<'e>(
        &self,
        failure: &'e Failure,
        about: About<'e>,
    ) -> Evidence<'e> {
        match failure {
            SdkError::ServiceError(error) => self.evidence_of(Some(error.raw()), about, None),
            SdkError::ResponseError(error) => self.evidence_of(
                Some(error.raw()),
                About::default(),
                Some(ErrorKind::TransientError),
            ),
            SdkError::TimeoutError(_) => {
                self.evidence_of(None, About::default(), Some(ErrorKind::TransientError))
            }
            SdkError::DispatchFailure(error) => self.evidence_of(
                None,
                About::default(),
                error.as_connector_error().and_then(connector_kind),
            ),
            _ => Evidence::default(),
        }
    }

    pub(in crate::internal) fn evidence_of<'e>(
        &self,
        response: Option<&'e HttpResponse>,
        about: About<'e>,
        transport: Option<ErrorKind>,
    ) -> Evidence<'e> {
        Evidence {
            status: response.map(|response| response.status().as_u16()),
            code: about.code,
            modeled: about.retryable,
            // The service did its work, and would give the same answer again.
            transport: transport.filter(|_| !response.is_some_and(receive::is_too_large)),
            retry_after: response.and_then(|response| response.headers().get("x-amz-retry-after")),
            corrected: response.is_some_and(|response| {
                self.correct_clock(response, about.code)
                    || self.leave_endpoint(response, about.code)
            }),
        }
    }

    /// Forgets a discovered endpoint, when the answer says that it is none any more; whether it was so.
    fn leave_endpoint(&self, response: &HttpResponse, code: Option<&str>) -> bool {
        let called = lock(&self.called).take();
        called.is_some_and(|called| called.leave_if_told(response.status().as_u16(), code))
    }

    /// Takes over the service's time, when a signature was refused and the attempt was signed for another time; whether the
    /// call can now succeed. It helps once or not at all.
    fn correct_clock(&self, response: &HttpResponse, code: Option<&str>) -> bool {
        // An answer with an `Age` comes from a cache, and its date with it.
        if !self.plan.corrects_clock()
            || !code.is_some_and(|code| SKEW_CODES.contains(&code))
            || response.headers().contains_key("age")
        {
            return false;
        }
        let Some(measured) = response
            .headers()
            .get("date")
            .and_then(|date| self.measure(date))
        else {
            return false;
        };
        if measured.abs_diff(self.skew.load(Ordering::Relaxed)) <= SKEW_THRESHOLD {
            return false;
        }
        tracing::debug!(
            milliseconds = measured,
            "the local clock differs from the service's; signing with the latter"
        );
        self.shared
            .skew
            .set(if measured.unsigned_abs() <= SKEW_THRESHOLD {
                0
            } else {
                measured
            });
        !self.clock_corrected.swap(true, Ordering::Relaxed)
    }

    /// How far the service's clock is ahead, in milliseconds, if it told its time halfway between request and answer.
    fn measure(&self, date: &str) -> Option<i64> {
        let theirs = DateTime::from_str(date, DateTimeFormat::HttpDate).ok()?;
        let sent = self.sent.load(Ordering::Relaxed);
        let took = millis(self.plan.time.now()).saturating_sub(sent).max(0);
        if took > SLOWEST_MEASUREMENT {
            return None;
        }
        theirs.to_millis().ok()?.checked_sub(sent + took / 2)
    }
}

/// Whether and as what a fault of the transport can be repeated.
pub(in crate::internal) fn connector_kind(error: &ConnectorError) -> Option<ErrorKind> {
    if error.is_timeout() || error.is_io() {
        return Some(ErrorKind::TransientError);
    }
    error.as_other()
}
