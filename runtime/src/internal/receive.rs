//! Receives the body of an answer.

use crate::config::SharedAsyncSleep;
use crate::error::BoxError;
use crate::http::{HttpResponse, SdkBody};
use crate::internal::timeout::{Limit, TimeoutExceeded};
use crate::secret::SecretBuffer;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use bytes::Bytes;
use http_body_util::BodyExt;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

/// How large an answer may be, in bytes. The largest answers of AWS JSON services are a few MB.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Receives the body of an answer and puts it into memory; with `stall` it may stand still for so long.
///
/// # Errors
///
/// The connection broke, nothing came for too long, or the body is too large.
pub(super) async fn load_body(
    response: &mut HttpResponse,
    stall: Option<(&SharedAsyncSleep, Duration)>,
) -> Result<(), BoxError> {
    if response.body().bytes().is_some() {
        return Ok(());
    }
    let mut body = response.take_body();
    let announced = body
        .content_length()
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let mut parts = Parts::default();
    let mut fits = announced <= MAX_BODY;
    while fits && let Some(frame) = moving(body.frame(), stall).await? {
        if let Ok(data) = frame?.into_data() {
            fits = parts.push(data);
        }
    }
    if !fits {
        response.add_extension(TooLarge);
        return Err(TooLarge.into());
    }
    *response.body_mut() = SdkBody::from(parts.finish());
    Ok(())
}

/// Whether the body of an answer was not received because it is too large.
pub(super) fn is_too_large(response: &HttpResponse) -> bool {
    response.extension::<TooLarge>().is_some()
}

/// The body so far; what comes in one piece is not copied, and stays in the buffer of the HTTP client.
#[derive(Default)]
struct Parts {
    first: Bytes,
    all: SecretBuffer,
}

impl Parts {
    /// Adds a piece; whether the body may be so large.
    fn push(&mut self, data: Bytes) -> bool {
        if self.first.len().max(self.all.len()) + data.len() > MAX_BODY {
            return false;
        }
        if self.first.is_empty() {
            self.first = data;
            return true;
        }
        if self.all.len() == 0 {
            self.all.extend(&self.first);
        }
        self.all.extend(&data);
        true
    }

    fn finish(self) -> Bytes {
        if self.all.len() == 0 {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

/// Waits for the next part of a body, but not for ever; what is there already costs no timer.
async fn moving<F: Future>(
    next: F,
    stall: Option<(&SharedAsyncSleep, Duration)>,
) -> Result<F::Output, TimeoutExceeded> {
    let mut next = pin!(next);
    let mut timer: Option<Sleep> = None;
    poll_fn(|cx| {
        if let Poll::Ready(output) = next.as_mut().poll(cx) {
            return Poll::Ready(Ok(output));
        }
        let Some((sleep, duration)) = stall else {
            return Poll::Pending;
        };
        let timer = timer.get_or_insert_with(|| sleep.sleep(duration));
        Pin::new(timer).poll(cx).map(|()| {
            Err(TimeoutExceeded {
                limit: Limit::Stalled,
                duration,
                attempt: None,
            })
        })
    })
    .await
}

/// The answer is larger than an answer can be.
#[derive(Clone, Copy, Debug)]
struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the answer is larger than {} MiB",
            MAX_BODY / (1024 * 1024)
        )
    }
}

impl std::error::Error for TooLarge {}
