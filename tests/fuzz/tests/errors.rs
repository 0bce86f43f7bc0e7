//! Errors are read from whatever comes with a status that is none of success.

mod operations;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_runtime::internal::ErrorResponse;
use operations::OPERATIONS;

/// Three headers in a line each, `-` for one that is not there, and the body.
const SEEDS: &[&[u8]] = &[
    b"-\n-\n-\n",
    b"-\n-\n-\n<html><body>503</body></html>",
    b"aws.kms#NotFoundException:http://internal/\n-\nid\n{}",
    b"-\nKMS.NotFound;Sender\nid\n{\"__type\":\"com.amazonaws.kms#NotFoundException\",\"message\":\"\\u00e4\"}",
    b"-\n-\n-\n{\"code\":\"ThrottlingException\",\"Message\":\"slow\",\"__type\":1}",
    b":\n;\n-\n{\"code\":\"#\",\"__type\":\"KMSInvalidStateException\",\"errorMessage\":null,\"x\":[{}]}",
    b"-\n-\n-\n{\"__type\":\"LimitExceededException\",\"message\":[\"a\"]}",
];

const HEADERS: [&str; 3] = ["x-amzn-errortype", "x-amzn-query-error", "x-amzn-requestid"];

/// Code, message and metadata are copies of what is there; a replacement character is three bytes for one.
const PER_BYTE: usize = 16;

#[test]
fn errors() {
    let target = Target::new("errors", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, read));
    target.met_both();
}

/// Whether the error has a code.
fn read(input: &[u8]) -> bool {
    let mut parts = input.splitn(4, |byte| *byte == b'\n');
    let mut response = HttpResponse::new(400.try_into().expect("a status"), SdkBody::empty());
    for name in HEADERS {
        let value = parts.next().filter(|value| *value != b"-");
        if let Some(value) = value.and_then(|value| std::str::from_utf8(value).ok()) {
            // What cannot be a header does not come as one.
            let _ = response.headers_mut().try_insert(name, value.to_owned());
        }
    }
    let body = parts.next().unwrap_or_default();
    let code = bounded(PER_BYTE, input.len(), || {
        let head = ErrorResponse::new(&response, body, true);
        let _ = head.metadata();
        head.code().map(String::from)
    });
    if let Some(code) = &code {
        assert!(!code.is_empty() && !code.contains([':', '#']), "{code}");
    }
    for operation in OPERATIONS {
        let head = ErrorResponse::new(&response, body, false);
        let message = head.message().map(String::from);
        let told = bounded(PER_BYTE, input.len(), || (operation.error)(head));
        assert_eq!(told, (code.clone(), message));
    }
    code.is_some()
}
