//! The HTTP form of a request: method, path, headers, length, target, then the signature.

use crate::record::RecordedRequest;
use crate::refusal::Refusal;
use crate::sign::{self, Credentials};

/// The service's name in `X-Amz-Target`: the name of KMS's service shape.
pub(crate) const TARGET_PREFIX: &str = "TrentService.";
const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// What requests are checked against.
#[derive(Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) region: &'a str,
    /// The values of `Host` that mean this service.
    pub(crate) hosts: &'a [String],
    pub(crate) credentials: &'a Credentials,
    /// The service's time in epoch seconds.
    pub(crate) now: i64,
}

/// The operations of custom key stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Connect,
    Describe,
    Update,
    Disconnect,
    Delete,
}

impl Operation {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "CreateCustomKeyStore" => Self::Create,
            "ConnectCustomKeyStore" => Self::Connect,
            "DescribeCustomKeyStores" => Self::Describe,
            "UpdateCustomKeyStore" => Self::Update,
            "DisconnectCustomKeyStore" => Self::Disconnect,
            "DeleteCustomKeyStore" => Self::Delete,
            _ => return None,
        })
    }
}

/// The operation that a well-formed and properly signed request asks for.
///
/// Routing comes before authentication, as in AWS's own front end: what names no operation is told so without a signature.
pub(crate) fn check(
    request: &RecordedRequest,
    expected: &Expected<'_>,
) -> Result<Operation, Refusal> {
    if request.method != "POST" || request.path != "/" {
        let message = format!("{} {} is not POST /", request.method, request.path);
        return Err(Refusal::unknown_operation(404, message));
    }
    if request.header("content-type") != Some(CONTENT_TYPE) {
        return Err(Refusal::unknown_operation(
            404,
            format!("Content-Type is not {CONTENT_TYPE}"),
        ));
    }
    check_host(request, expected.hosts)?;
    check_length(request)?;
    let target = request.header("x-amz-target").unwrap_or_default();
    let operation = target
        .strip_prefix(TARGET_PREFIX)
        .and_then(Operation::named);
    let operation = operation.ok_or_else(|| {
        Refusal::unknown_operation(
            400,
            format!("X-Amz-Target '{target}' names no operation of this service"),
        )
    })?;
    sign::verify(request, expected.region, expected.credentials, expected.now)?;
    Ok(operation)
}

fn check_host(request: &RecordedRequest, hosts: &[String]) -> Result<(), Refusal> {
    let host = request.header("host").unwrap_or_default();
    if hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
        return Ok(());
    }
    Err(Refusal::with_status(
        421,
        "MisdirectedRequestException",
        format!("Host '{host}' is not this service"),
    ))
}

/// A chunked body is refused: an AWS JSON client knows its body whole, and says how long it is.
fn check_length(request: &RecordedRequest) -> Result<(), Refusal> {
    let length = request
        .header("content-length")
        .and_then(|length| length.parse::<usize>().ok());
    if length == Some(request.body.len()) {
        return Ok(());
    }
    let message = format!(
        "Content-Length does not give the body's {} bytes",
        request.body.len()
    );
    Err(Refusal::with_status(
        411,
        "MissingContentLengthException",
        message,
    ))
}
