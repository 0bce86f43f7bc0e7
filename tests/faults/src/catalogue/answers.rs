//! Answers that say in their head that something is wrong.

use super::{Fault, KEYS, answer, good, raw, with_head};
use crate::Step;

/// The codes that all clients of AWS take for throttling.
const THROTTLING: [(&str, &str); 14] = [
    ("throttled: Throttling", "Throttling"),
    ("throttled: ThrottlingException", "ThrottlingException"),
    ("throttled: ThrottledException", "ThrottledException"),
    (
        "throttled: RequestThrottledException",
        "RequestThrottledException",
    ),
    (
        "throttled: TooManyRequestsException",
        "TooManyRequestsException",
    ),
    (
        "throttled: ProvisionedThroughputExceededException",
        "ProvisionedThroughputExceededException",
    ),
    (
        "throttled: TransactionInProgressException",
        "TransactionInProgressException",
    ),
    ("throttled: RequestLimitExceeded", "RequestLimitExceeded"),
    (
        "throttled: BandwidthLimitExceeded",
        "BandwidthLimitExceeded",
    ),
    (
        "throttled: LimitExceededException",
        "LimitExceededException",
    ),
    ("throttled: RequestThrottled", "RequestThrottled"),
    ("throttled: SlowDown", "SlowDown"),
    (
        "throttled: PriorRequestNotComplete",
        "PriorRequestNotComplete",
    ),
    ("throttled: EC2ThrottledException", "EC2ThrottledException"),
];

const HTML: &str = "<html><body><h1>Something is wrong</h1></body></html>";
const BINARY: [u8; 7] = [0, 255, 254, 0x80, 0xc3, 0x28, 0];

pub(super) fn faults() -> Vec<Fault> {
    let throttled =
        THROTTLING.map(|(name, code)| Fault::answer(name, error("400 Bad Request", code)));
    [redirections(), throttled.to_vec(), refusals(), failures()].concat()
}

fn error(status: &str, code: &str) -> Vec<u8> {
    answer(
        status,
        format!(r#"{{"__type":"com.amazonaws.kms#{code}","message":"No."}}"#),
    )
}

fn html(status: &str) -> Vec<u8> {
    with_head(status, "Content-Type: text/html", HTML)
}

fn empty(status: &str) -> Vec<u8> {
    with_head(status, "", "")
}

fn binary(status: &str) -> Vec<u8> {
    with_head(status, "Content-Type: application/octet-stream", BINARY)
}

/// The service's clock is years behind, and so refuses signatures.
fn at_another_time() -> Vec<u8> {
    let headers =
        "Date: Sat, 03 Feb 2001 04:05:06 GMT\r\nx-amzn-errortype: InvalidSignatureException";
    with_head(
        "403 Forbidden",
        headers,
        r#"{"message":"Signature not yet current"}"#,
    )
}

fn redirections() -> Vec<Fault> {
    let to = |status| raw(status, "Location: http://127.0.0.1:1/\r\nContent-Length: 0");
    vec![
        Fault::answer("301 with a place to go", to("301 Moved Permanently")),
        Fault::answer("302 with a place to go", to("302 Found")),
        Fault::answer("304", raw("304 Not Modified", "x-nothing: 1")),
        Fault::answer("307 with a place to go", to("307 Temporary Redirect")),
        Fault::answer(
            "300 JSON that looks like an output",
            answer("300 Multiple Choices", KEYS),
        ),
    ]
}

fn refusals() -> Vec<Fault> {
    vec![
        Fault::answer(
            "400 JSON, an error of the model",
            error("400 Bad Request", "InvalidMarkerException"),
        ),
        Fault::answer(
            "400 JSON, an error that nobody knows",
            error("400 Bad Request", "UnheardOfException"),
        ),
        Fault::answer(
            "400 JSON without a code",
            answer("400 Bad Request", r#"{"message":"No."}"#),
        ),
        Fault::answer(
            "400 JSON that looks like an output",
            answer("400 Bad Request", KEYS),
        ),
        Fault::answer("400 HTML", html("400 Bad Request")),
        Fault::answer("400 empty", empty("400 Bad Request")),
        Fault::answer("400 binary", binary("400 Bad Request")),
        Fault::answer(
            "400 half of JSON",
            answer("400 Bad Request", r#"{"__type":"InvalidMarkerEx"#),
        ),
        Fault::answer("400 code in the header, body HTML", {
            with_head(
                "400 Bad Request",
                "x-amzn-errortype: InvalidMarkerException:http://internal/",
                HTML,
            )
        }),
        Fault::answer("400 code and message of the wrong types", {
            answer(
                "400 Bad Request",
                r#"{"__type":7,"code":["Throttling"],"message":{"a":1}}"#,
            )
        }),
        Fault::answer(
            "400 RequestTimeout",
            error("400 Bad Request", "RequestTimeout"),
        ),
        Fault::answer(
            "400 RequestTimeoutException",
            error("400 Bad Request", "RequestTimeoutException"),
        ),
        Fault::answer("403 HTML of a proxy", html("403 Forbidden")),
        Fault::answer(
            "403 the token has expired",
            error("403 Forbidden", "ExpiredTokenException"),
        ),
        Fault::new(
            "403 signed at another time, then well",
            [
                Step::Receive,
                Step::Send(at_another_time()),
                Step::Receive,
                Step::Send(good()),
            ],
        )
        .harmless(),
        Fault::answer("403 signed at another time, each time", at_another_time()),
        Fault::answer("404 HTML", html("404 Not Found")),
        Fault::answer(
            "407 HTML of a proxy",
            html("407 Proxy Authentication Required"),
        ),
        Fault::answer("408 empty", empty("408 Request Timeout")),
        Fault::answer("413 empty", empty("413 Content Too Large")),
        Fault::answer("429 empty", empty("429 Too Many Requests")),
        Fault::answer("429 HTML", html("429 Too Many Requests")),
        Fault::answer(
            "429 JSON, throttled",
            error("429 Too Many Requests", "ThrottlingException"),
        ),
    ]
}

fn failures() -> Vec<Fault> {
    let hint = |value: &str| {
        with_head(
            "503 Service Unavailable",
            &format!("x-amz-retry-after: {value}"),
            "{}",
        )
    };
    vec![
        Fault::answer(
            "500 JSON, an error of the model",
            error("500 Internal Server Error", "KMSInternalException"),
        ),
        Fault::answer(
            "500 JSON, an error that nobody knows",
            error("500 Internal Server Error", "InternalFailure"),
        ),
        Fault::answer("500 HTML", html("500 Internal Server Error")),
        Fault::answer("500 empty", empty("500 Internal Server Error")),
        Fault::answer(
            "500 JSON that looks like an output",
            answer("500 Internal Server Error", KEYS),
        ),
        Fault::answer("501 empty", empty("501 Not Implemented")),
        Fault::answer("502 HTML", html("502 Bad Gateway")),
        Fault::answer("503 binary", binary("503 Service Unavailable")),
        Fault::answer(
            "503 throttled",
            error("503 Service Unavailable", "SlowDown"),
        ),
        Fault::answer("503 with x-amz-retry-after of 1.5 s", hint("1500")),
        Fault::answer("503 with an x-amz-retry-after that is none", hint("soon")),
        Fault::answer("504 HTML", html("504 Gateway Timeout")),
        Fault::answer("505 empty", empty("505 HTTP Version Not Supported")),
        Fault::answer("599 empty", empty("599 Odd")),
    ]
}
