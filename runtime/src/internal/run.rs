//! One call on its way: the pieces of an attempt, in the order they happen.

mod evidence;
mod request;

pub(super) use evidence::connector_kind;

use crate::config::{ReconnectMode, RetryConfig, SharedAsyncSleep};
use crate::endpoint::EndpointResolverParams;
use crate::error::{BoxError, ConnectorError, SdkError};
use crate::http::{HttpConnector, HttpRequest, HttpResponse};
use crate::internal::call::{Call, Failure, Fault};
use crate::internal::discovery::Called;
use crate::internal::handle::Shared;
use crate::internal::hidden::hide_body;
use crate::internal::limits::Limits;
use crate::internal::meter::RunningAttempt;
use crate::internal::observe::{self, Timed};
use crate::internal::payload::Payload;
use crate::internal::plan::Plan;
use crate::internal::retry::{Retries, Verdict};
use crate::internal::timeout::{Limit, TimeoutExceeded, within};
use crate::internal::{Address, Demands, OperationMetadata, headers, receive};
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_types::retry::ErrorKind;
use std::error::Error;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tracing::Instrument;

/// What all attempts of a call send.
pub(super) struct Letter {
    pub(super) payload: Payload,
    /// What the input changes of the address.
    pub(super) address: Option<Address>,
}

/// What is known of an attempt that failed.
pub(super) struct Failed {
    pub(super) verdict: Option<Verdict>,
    /// The kind of failure in a word.
    pub(super) failure: &'static str,
}

/// One call.
pub(super) struct Run<'a> {
    pub(super) plan: &'a Plan,
    pub(super) shared: &'a Shared,
    pub(super) operation: &'static OperationMetadata,
    demands: &'static Demands,
    invocation: String,
    /// The attempt that is going on, from 1.
    pub(super) attempt: AtomicU32,
    /// The clock skew that the attempt is signed with, in milliseconds.
    skew: AtomicI64,
    /// When the attempt was signed, just before it was sent, by the local clock in milliseconds since 1970.
    sent: AtomicI64,
    /// Whether this call was already repeated for its clock.
    clock_corrected: AtomicBool,
    /// The discovered endpoint that the attempt went to.
    called: Mutex<Option<Called>>,
    /// The connection that the attempt is sent on, where a transient fault closes it.
    connection: Mutex<Option<CaptureSmithyConnection>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        shared: &'a Shared,
        operation: &'static OperationMetadata,
        demands: &'static Demands,
    ) -> Self {
        Self {
            plan,
            shared,
            operation,
            demands,
            invocation: headers::uuid(),
            attempt: AtomicU32::new(0),
            skew: AtomicI64::new(0),
            sent: AtomicI64::new(0),
            clock_corrected: AtomicBool::new(false),
            called: Mutex::default(),
            connection: Mutex::default(),
        }
    }

    pub(super) fn retries(&self) -> Retries<'a> {
        Retries::new(&self.plan.quota, &self.plan.time)
    }

    /// Notes that an attempt begins.
    pub(super) fn begin(&self, attempt: u32) {
        self.attempt.store(attempt, Ordering::Relaxed);
        self.sent.store(0, Ordering::Relaxed);
        self.skew
            .store(self.plan.skew(self.shared), Ordering::Relaxed);
        *lock(&self.connection) = None;
    }

    /// Waits as adaptive mode demands.
    pub(super) async fn admitted(&self, retries: &Retries<'_>, config: &RetryConfig) {
        while let (Some(delay), Some(sleep)) = (retries.admit(config), &self.plan.sleep) {
            sleep.sleep(delay).await;
        }
    }

    /// Runs a part of the call under one of its time limits; it is taken pinned, as moving it from future to future would
    /// make each of them as large.
    pub(super) async fn limited<F: Future>(
        &self,
        limit: Limit,
        duration: Option<Duration>,
        part: Pin<&mut F>,
    ) -> Result<F::Output, BoxError> {
        let Some(duration) = duration else {
            return Ok(part.await);
        };
        let sleep = self
            .sleep()
            .ok_or("a timeout needs a `sleep_impl` in the client's configuration")?;
        within(sleep, limit, duration, part)
            .await
            .map_err(|timeout| {
                self.close_connection();
                self.in_this_attempt(timeout).into()
            })
    }

    /// Keeps the connection of the attempt from being used again. One of HTTP/1.1 that did not answer ends with its call;
    /// one of HTTP/2 would go on, dead as it may be.
    fn close_connection(&self) {
        let connection = lock(&self.connection).take();
        if let Some(connection) = connection.and_then(|it| it.get()) {
            connection.poison();
        }
    }

    pub(super) fn sleep(&self) -> Option<&SharedAsyncSleep> {
        self.plan.sleep.as_ref()
    }

    /// One attempt, from credentials to the output.
    pub(super) async fn attempt(
        &self,
        letter: &Letter,
        params: Option<&mut EndpointResolverParams>,
        call: &mut (dyn Call + Send),
    ) -> Result<(), Failure> {
        let limits = &Limits::new(self.plan);
        let request = self.request(letter, params, limits).await;
        let mut response = self
            .transmit(request.map_err(unsent)?, limits)
            .await
            .map_err(SdkError::dispatch_failure)?;
        if let Err(error) = self.load_body(&mut response, limits).await {
            return Err(SdkError::response_error(error, response));
        }
        self.answered(&response);
        if call.read(&response) {
            return Ok(());
        }
        hide_body(&mut response);
        Err(SdkError::service_error(Fault::InCall, response))
    }

    /// Sends the request and waits for the head of the answer.
    pub(super) async fn transmit(
        &self,
        mut request: HttpRequest,
        limits: &Limits<'_>,
    ) -> Result<HttpResponse, ConnectorError> {
        let transport = self.plan.transport(self.shared, limits);
        let transport = transport.map_err(|error| ConnectorError::other(error, None))?;
        if transport.reconnects && request.extension::<CaptureSmithyConnection>().is_none() {
            request.add_extension(CaptureSmithyConnection::new());
        }
        if limits.retry.reconnect_mode() == ReconnectMode::ReconnectOnTransientError {
            *lock(&self.connection) = request.extension().cloned();
        }
        // A signer of the user's, or none, has not noted it.
        if self.sent.load(Ordering::Relaxed) == 0 {
            let now = millis(self.plan.time.now());
            self.sent.store(now, Ordering::Relaxed);
        }
        let answer = transport.connector.call(request).await;
        answer.map_err(|error| self.timed_out(error))
    }

    /// Receives the body of an answer.
    pub(super) async fn load_body(
        &self,
        response: &mut HttpResponse,
        limits: &Limits<'_>,
    ) -> Result<(), BoxError> {
        receive::load_body(response, self.sleep().zip(limits.stall))
            .await
            .map_err(|error| match error.downcast::<TimeoutExceeded>() {
                Ok(timeout) => self.in_this_attempt(*timeout).into(),
                Err(error) => error,
            })
    }

    /// Adds the attempt to a timeout of the transport.
    fn timed_out(&self, error: ConnectorError) -> ConnectorError {
        let timeout = error
            .source()
            .and_then(|source| source.downcast_ref::<TimeoutExceeded>());
        let Some(timeout) = timeout.map(|timeout| self.in_this_attempt(*timeout)) else {
            return error;
        };
        let timed_out = ConnectorError::timeout(timeout.into());
        if timeout.limit == Limit::Connect {
            timed_out.never_connected()
        } else {
            timed_out
        }
    }

    fn in_this_attempt(&self, timeout: TimeoutExceeded) -> TimeoutExceeded {
        let attempt = self.attempt.load(Ordering::Relaxed);
        TimeoutExceeded {
            // In adaptive mode a call may wait for its first.
            attempt: (attempt > 0).then_some(attempt),
            ..timeout
        }
    }

    /// Notes that the whole answer has come.
    pub(super) fn answered(&self, response: &HttpResponse) {
        observe::answered(response, self.attempt.load(Ordering::Relaxed));
    }

    /// Runs an attempt under its time limit, in a span of its own.
    pub(super) async fn attempted<F: Future>(
        &self,
        part: Pin<&mut F>,
        limit: Option<Duration>,
    ) -> Result<F::Output, BoxError> {
        let _measured = RunningAttempt::begin(self);
        let timed = Timed::attempt(self.attempt.load(Ordering::Relaxed));
        let part = pin!(part.instrument(timed.span.clone()));
        self.limited(Limit::Attempt, limit, part).await
    }

    /// Books a failed attempt; whether it is repeated, after the pause that this makes.
    pub(super) async fn repeats(
        &self,
        retries: &mut Retries<'_>,
        config: &RetryConfig,
        failed: Failed,
    ) -> bool {
        let Failed { verdict, failure } = failed;
        let attempt = self.attempt.load(Ordering::Relaxed);
        if verdict.is_some_and(|it| it.kind == ErrorKind::TransientError) {
            self.close_connection();
        }
        let (Some(delay), Some(sleep)) = (retries.failed(config, attempt, verdict), self.sleep())
        else {
            return false;
        };
        tracing::debug!(
            attempt,
            ?delay,
            failure,
            "the attempt failed and is repeated"
        );
        sleep.sleep(delay).await;
        true
    }
}

fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

/// A fault before anything was sent, as the official clients classify it.
fn unsent(error: BoxError) -> Failure {
    SdkError::dispatch_failure(ConnectorError::other(error, None))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
