//! A transport that sends nothing: it keeps each request and answers by itself.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The time at which all calls are made: 2026-03-14T09:26:53Z.
pub fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_480_413)
}

/// A request as it would have gone out.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// `POST`, ...
    pub method: String,
    /// The whole of it.
    pub uri: String,
    /// By name, in lower case; several of one name are joined with `, `.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// An answer to every request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 200, ...
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// The transport.
#[derive(Debug, Clone)]
pub struct Canned {
    answer: Arc<Mutex<Answer>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Canned {
    /// A transport that gives this answer until it is given another.
    pub fn new(answer: Answer) -> Self {
        Self {
            answer: Arc::new(Mutex::new(answer)),
            seen: Arc::default(),
        }
    }

    /// Gives this answer from now on.
    pub fn answer(&self, answer: Answer) {
        *locked(&self.answer) = answer;
    }

    /// The requests since the last time this was called.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *locked(&self.seen))
    }

    fn keep(&self, request: &HttpRequest) {
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in request.headers() {
            let values = headers.entry(name.to_ascii_lowercase()).or_default();
            if !values.is_empty() {
                values.push_str(", ");
            }
            values.push_str(value);
        }
        let body = request.body().bytes().expect("a body in memory");
        let seen = Seen {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers,
            body: String::from_utf8(body.to_owned()).expect("a body is text"),
        };
        locked(&self.seen).push(seen);
    }
}

/// A test that failed while it held the lock has said so itself.
fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.keep(&request);
        let answer = locked(&self.answer).clone();
        let status = StatusCode::try_from(answer.status).expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
        for (name, value) in answer.headers {
            response.headers_mut().append(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Canned {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
