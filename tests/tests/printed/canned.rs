//! An HTTP client that answers from a list, and remembers what it was asked.

use farrier_runtime::config::{HttpClient, RuntimeComponents};
use farrier_runtime::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest, HttpResponse, SdkBody,
    SharedHttpConnector, StatusCode,
};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Answers each request with the next of its answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Canned {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// What comes back.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    header: Option<(&'static str, &'static str)>,
    body: String,
}

/// What was sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) uri: String,
    pub(crate) target: String,
    pub(crate) content_type: String,
    pub(crate) authorization: String,
    pub(crate) bucket: String,
    pub(crate) body: String,
    headers: Vec<(String, String)>,
    pub(crate) bytes: Vec<u8>,
}

impl Request {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(key, _)| key == name)?;
        Some(value)
    }
}

impl Canned {
    /// Adds an answer.
    pub(crate) fn answer(&self, status: u16, body: impl Into<String>) -> &Canned {
        self.push(status, None, body.into())
    }

    /// Adds an answer with a header.
    pub(crate) fn answer_with(
        &self,
        status: u16,
        header: (&'static str, &'static str),
        body: &str,
    ) -> &Canned {
        self.push(status, Some(header), body.to_owned())
    }

    fn push(
        &self,
        status: u16,
        header: Option<(&'static str, &'static str)>,
        body: String,
    ) -> &Canned {
        let answer = Answer {
            status,
            header,
            body,
        };
        self.answers.lock().unwrap().push_back(answer);
        self
    }

    /// What was sent since this was last asked.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    /// The body of the one request that was sent.
    pub(crate) fn body(&self) -> String {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests.remove(0).body
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

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let header = |name| request.headers().get(name).unwrap_or_default().to_owned();
        let body = request.body().bytes().unwrap_or_default();
        self.requests.lock().unwrap().push(Request {
            uri: request.uri().to_owned(),
            target: header("x-amz-target"),
            content_type: header("content-type"),
            authorization: header("authorization"),
            bucket: header("x-bucket"),
            body: String::from_utf8_lossy(body).into_owned(),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            bytes: body.to_vec(),
        });
        let next = self.answers.lock().unwrap().pop_front();
        let answer = next.expect("an answer for each request");
        let status = StatusCode::try_from(answer.status).expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
        if let Some((name, value)) = answer.header {
            response.headers_mut().insert(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}
