//! What the protocol tests of generated crates stand on: a transport that answers from memory and keeps what was sent.
//!
//! The cases are those of Smithy's
//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html).

use crate::config::{AsyncSleep, HttpClient, RuntimeComponents, Sleep};
use crate::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest, HttpResponse, SdkBody,
    SharedHttpConnector, StatusCode,
};
use crate::json::Reader;
use crate::primitives::{Document, Number};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// One request and its answer: a transport that gives the same answer to whatever is sent.
#[derive(Clone, Debug)]
pub struct Exchange {
    answer: Arc<Answer>,
    sent: Arc<Mutex<Option<HttpRequest>>>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Exchange {
    /// An exchange with this answer.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            answer: Arc::new(Answer {
                status,
                headers: headers.iter().map(owned).collect(),
                body: body.to_owned(),
            }),
            sent: Arc::default(),
        }
    }

    /// Runs a call to its end, on this thread.
    pub fn run<F: Future>(&self, call: F) -> F::Output {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut call = pin!(call);
        loop {
            match call.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }

    /// Makes sure that nothing was sent.
    ///
    /// # Panics
    ///
    /// When something was.
    #[track_caller]
    pub fn sent_nothing(&self) {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(sent.is_none(), "a request was sent: {sent:?}");
    }

    /// What was sent last.
    ///
    /// # Panics
    ///
    /// When nothing was sent.
    #[track_caller]
    pub fn sent(&self) -> Sent {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        Sent(sent.take().expect("a request was sent"))
    }
}

/// What is behind an error: the text of the last of its sources.
pub fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl HttpClient for Exchange {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Exchange {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        let status = StatusCode::try_from(self.answer.status).expect("a status of HTTP");
        let body = SdkBody::from(self.answer.body.as_str());
        let mut response = HttpResponse::new(status, body);
        for (name, value) in &self.answer.headers {
            response
                .headers_mut()
                .append(name.to_ascii_lowercase(), value.clone());
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// No time passes, so that no limit is reached; and no runtime is needed to tell it.
impl AsyncSleep for Exchange {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

/// A request that was sent. Its methods panic when it is not what a case expects.
#[derive(Debug)]
pub struct Sent(HttpRequest);

impl Sent {
    /// Its method and its address.
    #[track_caller]
    pub fn goes_to(&self, method: &str, uri: &str) {
        assert_eq!((self.0.method(), self.0.uri()), (method, uri));
    }

    /// A header has this value.
    #[track_caller]
    pub fn has_header(&self, name: &str, value: &str) {
        assert_eq!(self.0.headers().get(name), Some(value), "{name}");
    }

    /// A header is there, whatever its value.
    #[track_caller]
    pub fn has_some_header(&self, name: &str) {
        assert!(self.0.headers().contains_key(name), "{name} is missing");
    }

    /// A header is not there.
    #[track_caller]
    pub fn lacks_header(&self, name: &str) {
        assert_eq!(self.0.headers().get(name), None, "{name}");
    }

    /// The body is this, byte for byte.
    #[track_caller]
    pub fn has_body(&self, body: &str) {
        assert_eq!(String::from_utf8_lossy(self.body()), body);
    }

    /// The body is the same JSON: numbers by their value, members in any order.
    #[track_caller]
    pub fn has_json(&self, json: &str) {
        let (sent, expected) = (document(self.body()), document(json.as_bytes()));
        assert!(
            is_same(&sent, &expected),
            "sent {}\nexpected {json}",
            String::from_utf8_lossy(self.body())
        );
    }

    fn body(&self) -> &[u8] {
        self.0.body().bytes().unwrap_or_default()
    }
}

fn document(json: &[u8]) -> Document {
    let mut reader = Reader::new(json);
    let document = reader.document().expect("JSON").unwrap_or(Document::Null);
    reader.finish().expect("one value");
    document
}

fn is_same(left: &Document, right: &Document) -> bool {
    match (left, right) {
        (Document::Number(left), Document::Number(right)) => match (left, right) {
            (Number::Float(_), _) | (_, Number::Float(_)) => {
                left.to_f64_lossy() == right.to_f64_lossy()
            }
            _ => left == right,
        },
        (Document::Array(left), Document::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| is_same(left, right))
        }
        (Document::Object(left), Document::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| is_same(left, right)))
        }
        (left, right) => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::{document, is_same};

    #[test]
    fn json_is_compared_by_value() {
        let same = |left: &str, right: &str| {
            is_same(&document(left.as_bytes()), &document(right.as_bytes()))
        };
        assert!(same(r#"{"a":1,"b":[1.0]}"#, r#"{ "b": [1], "a": 1e0 }"#));
        assert!(!same(r#"{"a":1}"#, r#"{"a":1,"b":null}"#));
        assert!(!same(r#"{"a":null}"#, "{}"));
        assert!(!same("[1,2]", "[2,1]"));
        assert!(!same(r#""1""#, "1"));
        assert!(!same("9007199254740993", "9007199254740992"));
    }
}
