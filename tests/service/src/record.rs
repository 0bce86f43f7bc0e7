//! What the service was sent, kept whole for tests to assert on.

use serde_json::Value;

/// A request as it came in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The number of the connection it came on; the first is 1.
    pub connection: u64,
    /// The method, `POST` when all is well.
    pub method: String,
    /// Path and query, `/` when all is well.
    pub path: String,
    /// The headers in the order they came, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// What follows `TrentService.` in `X-Amz-Target`, known or not; absent without such a header.
    pub operation: Option<String>,
    /// The error type, where the request's HTTP form, date or signature was at fault. Filled in for requests that an
    /// injected fault answered too, so that a test of retries can show that each attempt was properly signed.
    pub refused: Option<String>,
    /// The HTTP status answered; absent where the connection was dropped instead.
    pub status: Option<u16>,
    /// The `x-amzn-requestid` of the answer.
    pub request_id: String,
}

impl RecordedRequest {
    /// The value of the header `name` (in any case), the first if there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Where the body is not JSON.
    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.body)
    }
}
