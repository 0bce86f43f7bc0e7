//! A call ends, and is not mistaken for another, whatever status, headers and body come.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use farrier_fuzz::{ANY_NUMBER, TIME, Target, bounded};
use farrier_kms::config::retry::RetryConfig;
use farrier_kms::config::timeout::TimeoutConfig;
use farrier_kms::config::{BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig};
use farrier_kms::error::ProvideErrorMetadata;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A status, headers, an empty line, and the body.
const SEEDS: &[&[u8]] = &[
    b"200\nx-amzn-requestid: 1\n\n{\"Truncated\":true,\"Keys\":[{\"KeyId\":\"1\"}]}",
    b"200\ncontent-type: text/html\n\n<html>",
    b"503\nx-amz-retry-after: 100\nretry-after: 120\n\n",
    b"400\nx-amz-retry-after: 18446744073709551615\n\n{\"__type\":\"ThrottlingException\"}",
    b"403\ndate: Tue, 29 Apr 2014 18:30:38 GMT\n\n{\"__type\":\"InvalidSignatureException\"}",
    b"403\ndate: Fri, 31 Dec 9999 23:59:59 GMT\nage: 3\n\n{\"__type\":\"RequestTimeTooSkewed\"}",
    b"400\nx-amzn-errortype: InvalidMarkerException:\nx-amzn-query-error: a;b\n\n{\"message\":\"m\"}",
    b"301\nlocation: http://elsewhere/\n\n",
    b"429\ncontent-length: 12\nx-amzn-requestid:\n\n\0\x01",
];

const ATTEMPTS: u32 = 3;

/// What three attempts make of an answer; the service's answer is copied for each.
const PER_BYTE: usize = 400;

/// What a client and its call take without an answer.
const CALL: usize = 256 * 1024;

#[test]
fn calls() {
    let target = Target::new("calls", SEEDS);
    bolero::check!()
        .with_iterations(ANY_NUMBER)
        .with_test_time(TIME)
        .for_each(|input| target.try_both(input, call));
    target.met_both();
}

/// Whether the call has an output.
fn call(input: &[u8]) -> bool {
    let Some(answer) = Answer::read(input) else {
        return false;
    };
    let (status, body) = (answer.status, answer.body.clone());
    let transport = Transport::default();
    let client = farrier_kms::Client::from_conf(
        farrier_kms::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "fuzz"))
            .endpoint_url("http://127.0.0.1:1")
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            // Pauses are then all that anyone sleeps.
            .identity_cache(farrier_kms::config::IdentityCache::no_cache())
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .sleep_impl(transport.clone())
            .http_client(transport.answering(answer))
            .build(),
    );
    let allowed = PER_BYTE * input.len() + CALL;
    let mut call = Box::pin(client.list_keys().send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = bounded(1, allowed, || call.as_mut().poll(&mut context));
    let std::task::Poll::Ready(result) = polled else {
        panic!("the call waits for nothing");
    };
    let attempts = transport.attempts.load(Ordering::Relaxed);
    assert!((1..=ATTEMPTS).contains(&attempts), "{attempts}");
    match result {
        Ok(output) => {
            assert!((200..300).contains(&status), "{output:?}");
            let is_json = serde_json::from_slice::<serde_json::Value>(&body);
            // What serde_json finds too large or too deep may be in what is skipped.
            let is_json = is_json.map_or_else(|error| !error.is_eof(), |json| json.is_object());
            assert!(body.is_empty() || is_json, "{output:?}");
            assert_eq!(attempts, 1);
            true
        }
        Err(error) => {
            // All of it can be shown.
            let _ = (format!("{error:?}"), error.code(), error.message());
            false
        }
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// Nothing where the input has no status.
    fn read(input: &[u8]) -> Option<Self> {
        let mut lines = input.splitn(10, |byte| *byte == b'\n');
        let status = std::str::from_utf8(lines.next()?).ok()?.parse().ok()?;
        if !(200..600).contains(&status) {
            return None;
        }
        let mut headers = Vec::new();
        let body = loop {
            match lines.next() {
                None => break Vec::new(),
                Some(b"") => break lines.collect::<Vec<_>>().join(&b'\n'),
                Some(line) => headers.extend(header(line)),
            }
        };
        Some(Self {
            status,
            headers,
            body,
        })
    }

    fn response(&self) -> HttpResponse {
        let status = self.status.try_into().expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(self.body.clone()));
        for (name, value) in &self.headers {
            // What cannot be a header does not come as one.
            let _ = response
                .headers_mut()
                .try_append(name.clone(), value.clone());
        }
        response
    }
}

fn header(line: &[u8]) -> Option<(String, String)> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(": ")?;
    Some((name.to_ascii_lowercase(), value.to_owned()))
}

/// A transport that always gives the same answer, and a clock on which nothing lasts.
#[derive(Clone, Debug, Default)]
struct Transport {
    answer: Option<Arc<Answer>>,
    attempts: Arc<AtomicU32>,
}

impl Transport {
    fn answering(&self, answer: Answer) -> Self {
        Self {
            answer: Some(Arc::new(answer)),
            attempts: self.attempts.clone(),
        }
    }
}

impl HttpClient for Transport {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Transport {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let answer = self.answer.as_ref().expect("an answer to give");
        HttpConnectorFuture::ready(Ok(answer.response()))
    }
}

impl AsyncSleep for Transport {
    fn sleep(&self, duration: Duration) -> Sleep {
        // The longest pause that the client's settings allow.
        assert!(duration <= Duration::from_secs(20), "{duration:?}");
        Sleep::new(std::future::ready(()))
    }
}
