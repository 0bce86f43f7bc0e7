//! The HTTP side: accepts connections, records requests, plays faults, sends answers.

use crate::answer::{self, AnswerBody, CreationDates};
use crate::check::{self, Expected, Operation, TARGET_PREFIX};
use crate::clock::{self, Clock};
use crate::fault::{Action, Fault, Faults};
use crate::kms::Kms;
use crate::record::RecordedRequest;
use crate::refusal::Refusal;
use crate::sign::Credentials;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// No input of these operations is near it: the longest certificate has 5000 characters.
const LONGEST_BODY: usize = 1 << 20;

/// What the service's handle and its connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) region: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) dates: CreationDates,
    pub(crate) clock: Clock,
    pub(crate) credentials: Mutex<Credentials>,
    pub(crate) kms: Mutex<Kms>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) requests: Mutex<Vec<RecordedRequest>>,
    pub(crate) connections: AtomicU64,
    /// How many request ids were given out.
    pub(crate) request_ids: AtomicU64,
    /// Tells all connections to close.
    pub(crate) close: watch::Sender<()>,
}

/// Locks, also after a panic elsewhere: what is behind these locks is whole between any two statements.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Accepts connections until it is aborted, which closes those that it accepted.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // A connection reset before it was accepted, or no file descriptor left: the latter must not spin.
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    continue;
                };
                let number = shared.connections.fetch_add(1, Ordering::SeqCst) + 1;
                // Subscribed here, so that a close ordered before the task first runs is not missed.
                let close = shared.close.subscribe();
                open.spawn(connection(stream, number, close, Arc::clone(&shared)));
            }
            // Takes away what has ended, so that the set does not grow.
            Some(_) = open.join_next() => {}
        }
    }
}

async fn connection(
    stream: TcpStream,
    number: u64,
    mut close: watch::Receiver<()>,
    shared: Arc<Shared>,
) {
    // Without this a small answer may wait for the client's acknowledgement, and time measured by clients shows it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| handle(Arc::clone(&shared), number, request));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // The end of a connection is no news, whichever way it comes: what was asked on it is on record.
        _ = served => {}
        _ = close.changed() => {}
    }
}

/// What is to be sent.
struct Answer {
    status: u16,
    body: Vec<u8>,
}

/// Answers one request. An error makes hyper close the connection without an answer.
async fn handle(
    shared: Arc<Shared>,
    number: u64,
    request: Request<Incoming>,
) -> io::Result<Response<AnswerBody>> {
    let mut record = receive(number, request).await?;
    let fault = lock(&shared.faults)
        .take(record.operation.as_deref())
        .unwrap_or_else(Fault::serve);
    let answer = respond(&shared, &mut record, &fault);
    let broken = matches!(fault.action, Action::Drop | Action::Lose);
    record.status = (!broken).then_some(answer.status);
    record.request_id = request_id(&shared);
    let request_id = record.request_id.clone();
    lock(&shared.requests).push(record);
    if !fault.delay.is_zero() {
        tokio::time::sleep(fault.delay).await;
    }
    if broken {
        return Err(io::Error::other(
            "the connection is dropped here, as the test asked",
        ));
    }
    response(&shared, answer, &request_id, &fault)
}

/// Reads a request whole.
async fn receive(connection: u64, request: Request<Incoming>) -> io::Result<RecordedRequest> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LONGEST_BODY)
        .collect()
        .await
        .map_err(io::Error::other)?;
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let target = head.headers.get("x-amz-target").map(text);
    Ok(RecordedRequest {
        connection,
        method: head.method.as_str().to_owned(),
        path: head
            .uri
            .path_and_query()
            .map_or_else(|| head.uri.to_string(), |path| path.as_str().to_owned()),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        body: body.to_bytes().to_vec(),
        operation: target.map(|target| {
            target
                .strip_prefix(TARGET_PREFIX)
                .map(str::to_owned)
                .unwrap_or(target)
        }),
        refused: None,
        status: None,
        request_id: String::new(),
    })
}

/// Does what was asked, if the request and the fault let it; notes in the record whether the request was well made.
fn respond(shared: &Shared, record: &mut RecordedRequest, fault: &Fault) -> Answer {
    let now = shared.clock.now();
    let checked = check::check(
        record,
        &Expected {
            region: &shared.region,
            hosts: &shared.hosts,
            credentials: &lock(&shared.credentials),
            now: clock::epoch_seconds(now),
        },
    );
    record.refused = checked
        .as_ref()
        .err()
        .map(|refusal| refusal.code.to_owned());
    if let Action::Answer { status, body } = &fault.action {
        return Answer {
            status: *status,
            body: body.clone(),
        };
    }
    let done = |operation: Operation| lock(&shared.kms).call(operation, &record.body, now);
    let outcome = match fault.action {
        Action::Drop => Ok(Value::Null),
        _ => checked.and_then(done),
    };
    match outcome {
        Ok(output) => Answer {
            status: 200,
            body: answer::render(&output, shared.dates),
        },
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Answer {
    Answer {
        status: refusal.status,
        body: refusal.body().to_string().into_bytes(),
    }
}

fn response(
    shared: &Shared,
    answer: Answer,
    request_id: &str,
    fault: &Fault,
) -> io::Result<Response<AnswerBody>> {
    let body = match fault.action {
        Action::Cut => AnswerBody::cut(answer.body),
        _ => AnswerBody::whole(answer.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).map_err(io::Error::other)?;
    let headers = response.headers_mut();
    set(headers, "x-amzn-requestid", request_id)?;
    set(headers, "content-type", "application/x-amz-json-1.1")?;
    // The service's own time, which a client with a wrong clock corrects itself by.
    set(
        headers,
        "date",
        &clock::http_date(clock::epoch_seconds(shared.clock.now())),
    )?;
    for (name, value) in &fault.headers {
        set(headers, name, value)?;
    }
    Ok(response)
}

fn set(headers: &mut HeaderMap, name: &str, value: &str) -> io::Result<()> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(io::Error::other)?;
    headers.insert(
        name,
        HeaderValue::from_str(value).map_err(io::Error::other)?,
    );
    Ok(())
}

/// An id in the form of a UUID, another for each request and each service.
fn request_id(shared: &Shared) -> String {
    let count = shared.request_ids.fetch_add(1, Ordering::SeqCst);
    let digits = hex::encode(Sha256::digest(format!("{:?} {count}", shared.hosts)));
    format!(
        "{}-{}-4{}-8{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[12..15],
        &digits[15..18],
        &digits[18..30]
    )
}
