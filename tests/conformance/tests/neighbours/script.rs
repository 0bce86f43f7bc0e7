//! A transport that answers from a script and keeps what it was sent.

use aws_smithy_async::rt::sleep::{AsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use farrier_conformance::Seen;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An answer of the service, or what comes in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// A status and a body.
    Http(u16, &'static str),
    /// As `Http`, with a header.
    With(u16, (&'static str, &'static str), &'static str),
    /// The connection breaks.
    Broken,
    /// No answer within any time.
    Never,
}

/// The transport. After the script it answers `{}`.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    answers: &'static [Answer],
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Script {
    pub(crate) fn new(answers: &'static [Answer]) -> Self {
        Self {
            answers,
            seen: Arc::default(),
        }
    }

    /// What was sent.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("the requests").clone()
    }

    /// Keeps a request; how many there were before.
    fn keep(&self, request: &HttpRequest) -> usize {
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in request.headers() {
            headers
                .entry(name.to_ascii_lowercase())
                .and_modify(|values| values.push_str(&format!(", {value}")))
                .or_insert_with(|| value.to_owned());
        }
        let body = request.body().bytes().expect("a body in memory");
        let mut seen = self.seen.lock().expect("the requests");
        seen.push(Seen {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers,
            body: String::from_utf8_lossy(body).into_owned(),
        });
        seen.len() - 1
    }
}

impl HttpConnector for Script {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let number = self.keep(&request);
        let answer = self.answers.get(number).copied();
        let (status, header, body) = match answer.unwrap_or(Answer::Http(200, "{}")) {
            Answer::Http(status, body) => (status, None, body),
            Answer::With(status, header, body) => (status, Some(header), body),
            Answer::Broken => {
                let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
                return HttpConnectorFuture::ready(Err(ConnectorError::io(error.into())));
            }
            Answer::Never => {
                return HttpConnectorFuture::new(async {
                    TokioSleep::new().sleep(Duration::from_secs(3600)).await;
                    Err(ConnectorError::timeout("an hour has passed".into()))
                });
            }
        };
        let status = StatusCode::try_from(status).expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(body));
        let headers = response.headers_mut();
        headers.insert("content-type", "application/x-amz-json-1.1");
        headers.insert("x-amzn-requestid", format!("request-{number}"));
        if let Some((name, value)) = header {
            headers.insert(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Script {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
