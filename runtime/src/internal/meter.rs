//! How long calls take and how they end, for whoever keeps metrics of it.

use crate::error::SdkError;
use crate::internal::OperationMetadata;
use crate::internal::call::{Call, Failure, Fault};
use crate::internal::run::Run;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Told of each call and of each attempt of a client when it ends.
///
/// Each is one observation for an instrument of OpenTelemetry; these are the names and the attributes that the official
/// SDKs use:
///
/// | instrument | unit | from |
/// | --- | --- | --- |
/// | `smithy.client.call.duration` | s | [`MeasuredCall::duration`] |
/// | `smithy.client.call.attempts` | | [`MeasuredCall::attempts`] |
/// | `smithy.client.call.errors` | | each call with a [`MeasuredCall::error`], which is the attribute `error.type` |
/// | `smithy.client.call.attempt.duration` | s | [`MeasuredAttempt::duration`] |
///
/// The attributes `rpc.service` and `rpc.method` are `service` and `operation`.
///
/// It is called in the middle of calls, so it must not wait. A client without a meter reads no clock and allocates nothing
/// for one.
///
/// ```
/// use farrier_runtime::config::{MeasuredCall, Meter};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// #[derive(Debug, Default)]
/// struct Errors(AtomicU64);
///
/// impl Meter for Errors {
///     fn call_ended(&self, call: &MeasuredCall<'_>) {
///         self.0.fetch_add(u64::from(call.error.is_some()), Ordering::Relaxed);
///     }
/// }
/// ```
pub trait Meter: fmt::Debug + Send + Sync {
    /// A call has ended, with all its attempts.
    fn call_ended(&self, call: &MeasuredCall<'_>);

    /// An attempt has ended. Default: nothing.
    fn attempt_ended(&self, _attempt: &MeasuredAttempt) {}
}

/// A [`Meter`] that clients share.
#[derive(Clone, Debug)]
pub struct SharedMeter(Arc<dyn Meter>);

impl SharedMeter {
    /// Shares a meter.
    pub fn new(meter: impl Meter + 'static) -> Self {
        Self(Arc::new(meter))
    }
}

/// A call that has ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MeasuredCall<'a> {
    /// The service's `sdkId`, such as `KMS`.
    pub service: &'static str,
    /// The operation, such as `DisconnectCustomKeyStore`.
    pub operation: &'static str,
    /// From the input to the output or the error, pauses between attempts included.
    pub duration: Duration,
    /// How many attempts there were; 0 where the call failed before the first.
    pub attempts: u32,
    /// None where there was an output. The code of the service's error, such as `NotFoundException`, or one of
    /// `construction failure`, `timeout`, `dispatch failure`, `response error`, `service error` (one without a code), and
    /// `cancelled` where the caller dropped the call.
    pub error: Option<&'a str>,
}

/// An attempt that has ended, well or not.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MeasuredAttempt {
    /// The service's `sdkId`, such as `KMS`.
    pub service: &'static str,
    /// The operation, such as `DisconnectCustomKeyStore`.
    pub operation: &'static str,
    /// From the credentials to the output or the error.
    pub duration: Duration,
    /// Which it was of the call, from 1.
    pub attempt: u32,
}

/// A call that is going on. When it is dropped before its end, then with its call.
pub(super) struct RunningCall<'a> {
    run: &'a Run<'a>,
    meter: &'a SharedMeter,
    began: Instant,
    ended: bool,
}

impl<'a> RunningCall<'a> {
    /// Nothing where there is no meter.
    pub(super) fn begin(run: &'a Run<'a>) -> Option<Self> {
        Some(Self {
            run,
            meter: run.plan.settings.meter()?,
            began: Instant::now(),
            ended: false,
        })
    }

    pub(super) fn end<T>(mut self, result: &Result<T, Failure>, call: &dyn Call) {
        self.ended = true;
        self.tell(result.as_ref().err().map(|failure| error(failure, call)));
    }

    fn tell(&self, error: Option<&str>) {
        let OperationMetadata { name, service, .. } = self.run.operation;
        self.meter.0.call_ended(&MeasuredCall {
            service: service.id,
            operation: name,
            duration: self.began.elapsed(),
            attempts: self.run.attempt.load(Ordering::Relaxed),
            error,
        });
    }
}

impl Drop for RunningCall<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.tell(Some("cancelled"));
        }
    }
}

fn error<'a>(failure: &'a Failure, call: &'a dyn Call) -> &'a str {
    let about = match failure {
        SdkError::ServiceError(error) => match error.err() {
            Fault::InCall => call.error(),
            Fault::Erased(error) => call.about_erased(error),
        },
        _ => return kind(failure),
    };
    about.code.unwrap_or_else(|| kind(failure))
}

/// A failure in a word; the values in it may be secret.
pub(super) fn kind(failure: &Failure) -> &'static str {
    match failure {
        SdkError::ConstructionFailure(_) => "construction failure",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "dispatch failure",
        SdkError::ResponseError(_) => "response error",
        _ => "service error",
    }
}

/// An attempt that is going on until this is dropped.
pub(super) struct RunningAttempt<'a> {
    run: &'a Run<'a>,
    meter: &'a SharedMeter,
    began: Instant,
}

impl<'a> RunningAttempt<'a> {
    /// Nothing where there is no meter.
    pub(super) fn begin(run: &'a Run<'a>) -> Option<Self> {
        Some(Self {
            run,
            meter: run.plan.settings.meter()?,
            began: Instant::now(),
        })
    }
}

impl Drop for RunningAttempt<'_> {
    fn drop(&mut self) {
        let OperationMetadata { name, service, .. } = self.run.operation;
        self.meter.0.attempt_ended(&MeasuredAttempt {
            service: service.id,
            operation: name,
            duration: self.began.elapsed(),
            attempt: self.run.attempt.load(Ordering::Relaxed),
        });
    }
}
