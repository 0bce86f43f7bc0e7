//! What a service answers is not shown by an error, and still told to whoever asks for it.

mod support;

use farrier_runtime::config::*;
use farrier_runtime::error::{BoxError, DisplayErrorContext, SdkError};
use farrier_runtime::http::HttpResponse;
use support::*;

/// A key in plain text.
const KEY: &str = "c2VjcmV0LWtleQ";

fn check(error: &SdkError<EchoError, HttpResponse>) {
    let context = DisplayErrorContext(error).to_string();
    // `Debug` of a body shows bytes as text or as numbers.
    let numbers = format!("{:?}", KEY.as_bytes());
    for shown in [
        format!("{error:?}"),
        format!("{error:#?}"),
        error.to_string(),
        context,
    ] {
        let flat: String = shown.split_whitespace().collect();
        let listed: String = numbers
            .trim_matches(['[', ']'])
            .split_whitespace()
            .collect();
        assert!(!shown.contains(KEY) && !flat.contains(&listed), "{shown}");
    }
}

/// Fails when the answer has been read.
#[derive(Debug)]
struct Dissatisfied;

impl Intercept for Dissatisfied {
    fn name(&self) -> &'static str {
        "Dissatisfied"
    }

    fn read_after_deserialization(
        &self,
        _: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("not good enough".into())
    }
}

#[tokio::test]
async fn an_output_that_cannot_be_read_is_not_shown() {
    for body in [
        format!("{{\"Text\":\"{KEY}\"}} and more"),
        format!("{{\"Text\":\"{KEY}\",\"Text\":7}}"),
        format!("{{\"Text\":\"{KEY}"),
        format!("[\"{KEY}\"]"),
    ] {
        let server = Server::start([Answer::Bytes(answer(200, "", &body))]).await;
        let error = echo(&client_of(&server, |_| {}), "hi").await;
        let error = error.expect_err("not an output");
        check(&error);
        let told = error.raw_response().and_then(|raw| raw.body().bytes());
        assert_eq!(told, Some(body.as_bytes()));
        let hooked = client_of(&server, |settings| {
            settings.push_interceptor(mutate_nothing());
        });
        check(&echo(&hooked, "hi").await.expect_err("not an output"));
    }
}

#[tokio::test]
async fn an_output_is_not_shown_by_an_interceptor_that_fails() {
    let server = Server::start([ok(KEY)]).await;
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(Dissatisfied));
    });
    check(&echo(&client, "hi").await.expect_err("a hook fails"));
}

#[tokio::test]
async fn what_a_service_says_in_an_error_stays() {
    let body = format!("{{\"__type\":\"Denied\",\"Repeated\":\"{KEY}\"}}");
    let server = Server::start([Answer::Bytes(answer(400, "", &body))]).await;
    let error = echo(&client_of(&server, |_| {}), "hi").await;
    let error = error.expect_err("denied");
    check(&error);
    let body = error.raw_response().and_then(|raw| raw.body().bytes());
    assert!(body.is_some_and(|body| body.starts_with(b"{\"__type\"")));
}

fn mutate_nothing() -> SharedInterceptor {
    farrier_runtime::internal::mutate_request_interceptor(|_| {})
}
