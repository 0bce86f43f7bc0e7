//! The headers of a request, and which of them are signed.

use crate::http::{Headers, HttpRequest};
use crate::internal::OperationMetadata;
use crate::internal::payload::Payload;
use crate::internal::plan::Plan;
use http::header::HeaderName;
use std::sync::LazyLock;
use std::time::SystemTime;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const INVOCATION: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");
const X_AMZ_USER_AGENT: HeaderName = HeaderName::from_static("x-amz-user-agent");
const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Where Lambda tells a function the id of the invocation that is going on.
const TRACE_VARIABLE: &str = "_X_AMZN_TRACE_ID";
/// Whether this process is a Lambda function; that does not change while it runs.
static IN_LAMBDA: LazyLock<bool> =
    LazyLock::new(|| std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some());

/// Headers that are never signed: the signature itself, and what something on the way may change.
const UNSIGNED: [&str; 4] = [
    "authorization",
    "user-agent",
    "x-amzn-trace-id",
    "transfer-encoding",
];

/// Puts the headers that are the same for all calls of a client.
pub(super) fn put_constant(headers: &mut Headers, plan: &Plan) {
    // An interceptor may have chosen another.
    if !headers.contains_key(http::header::CONTENT_TYPE.as_str()) {
        headers.insert(
            http::header::CONTENT_TYPE,
            plan.service.protocol.content_type(),
        );
    }
    // Values that a header cannot hold were refused by the types they came in.
    let _ = headers.try_insert(http::header::USER_AGENT, plan.user_agent.clone());
    let _ = headers.try_insert(X_AMZ_USER_AGENT, plan.user_agent.clone());
    if plan.service.query_compatible {
        headers.insert(QUERY_MODE, "true");
    }
}

/// Puts the headers that differ from call to call and are signed.
pub(super) fn put_call(
    request: &mut HttpRequest,
    operation: &OperationMetadata,
    payload: &Payload,
) {
    let headers = request.headers_mut();
    headers.insert(TARGET, operation.target);
    payload.put_headers(headers);
}

/// In a Lambda function, puts the id by which a loop of functions that call each other is found.
///
/// The id differs from one invocation of the function to the next, so it is looked up for each request. A header that is
/// there already stays.
pub(super) fn put_trace_id(request: &mut HttpRequest) {
    if *IN_LAMBDA {
        put_trace_id_of(request, std::env::var(TRACE_VARIABLE).ok());
    }
}

fn put_trace_id_of(request: &mut HttpRequest, id: Option<String>) {
    let headers = request.headers_mut();
    if let Some(id) = id
        && !headers.contains_key(TRACE_ID.as_str())
    {
        let _ = headers.try_insert(TRACE_ID, encoded(&id));
    }
}

/// Puts the headers that are not signed, since they tell of the attempt and not of the call: its number and how many there
/// may be, and when the client will have given up on it, in the service's time.
pub(super) fn put_attempt(
    request: &mut HttpRequest,
    invocation: &str,
    attempt: (u32, u32),
    end: Option<SystemTime>,
) {
    let headers = request.headers_mut();
    headers.insert(INVOCATION, invocation.to_owned());
    match attempt {
        (1, 3) => headers.insert(REQUEST, "attempt=1; max=3"),
        (attempt, max) => {
            let ttl = end.map(ttl).unwrap_or_default();
            headers.insert(REQUEST, format!("{ttl}attempt={attempt}; max={max}"))
        }
    };
}

fn ttl(end: SystemTime) -> String {
    let mut end = crate::primitives::DateTime::from(end);
    end.set_subsec_nanos(0);
    match end.fmt(crate::primitives::DateTimeFormat::DateTime) {
        Ok(text) => format!("ttl={}; ", text.replace(['-', ':'], "")),
        Err(_) => String::new(),
    }
}

/// The headers of `request` that are signed.
pub(super) fn signed(request: &HttpRequest) -> impl Iterator<Item = (&str, &str)> {
    request
        .headers()
        .iter()
        .filter(|(name, _)| !UNSIGNED.contains(name))
}

/// A random UUID (version 4), as it marks all attempts of a call, or fills an idempotency token.
pub(super) fn uuid() -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut random = fastrand::u128(..) & !(0xf << 76) & !(0b11 << 62) | 0x4 << 76 | 0b10 << 62;
    let mut text = [b'-'; 36];
    for (at, place) in text.iter_mut().enumerate() {
        if !matches!(at, 8 | 13 | 18 | 23) {
            random = random.rotate_left(4);
            *place = DIGITS[random as usize & 0xf];
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A header can hold printable ASCII; the rest is percent-encoded.
fn encoded(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for byte in id.bytes() {
        if (b' '..=b'~').contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_id_is_that_of_the_invocation() {
        let mut request = HttpRequest::empty();
        put_trace_id_of(&mut request, None);
        assert_eq!(request.headers().get(TRACE_ID.as_str()), None);
        for (id, sent) in [
            ("Root=1-a;Sampled=1", "Root=1-a;Sampled=1"),
            ("ü\n", "%C3%BC%0A"),
        ] {
            let mut request = HttpRequest::empty();
            put_trace_id_of(&mut request, Some(id.into()));
            assert_eq!(request.headers().get(TRACE_ID.as_str()), Some(sent));
            put_trace_id_of(&mut request, Some("another".into()));
            assert_eq!(request.headers().get(TRACE_ID.as_str()), Some(sent));
        }
    }

    #[test]
    fn a_uuid_is_of_version_4() {
        for _ in 0..100 {
            let id = uuid();
            assert_eq!(id.len(), 36);
            let parts: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12]);
            assert_eq!(&id[14..15], "4");
            assert!("89ab".contains(&id[19..20]), "{id}");
        }
    }
}
