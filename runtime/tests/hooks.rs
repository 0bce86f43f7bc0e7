//! Interceptors and retry classifiers of the user.

mod support;

use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use farrier_runtime::config::*;
use farrier_runtime::error::{BoxError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use farrier_runtime::http::HttpRequest;
use farrier_runtime::internal::{map_request_interceptor, mutate_request_interceptor};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::*;

/// Notes the hooks that run, and fails in one of them.
#[derive(Clone, Debug, Default)]
struct Witness {
    seen: Arc<Mutex<Vec<&'static str>>>,
    fails_in: Option<&'static str>,
}

impl Witness {
    fn note(&self, hook: &'static str) -> Result<(), BoxError> {
        self.seen.lock().unwrap().push(hook);
        if self.fails_in == Some(hook) {
            Err(format!("failed in {hook}").into())
        } else {
            Ok(())
        }
    }

    fn seen(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

macro_rules! witness {
    ($($hook:ident($context:ty);)+) => {
        impl Intercept for Witness {
            fn name(&self) -> &'static str {
                "Witness"
            }

            fn read_before_execution(
                &self,
                _: &BeforeSerializationInterceptorContextRef<'_>,
                _: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                self.note("read_before_execution")
            }

            $(fn $hook(&self, _: $context, _: &RuntimeComponents, _: &mut ConfigBag) -> Result<(), BoxError> {
                self.note(stringify!($hook))
            })+
        }
    };
}

witness! {
    modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>);
    read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>);
    read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>);
    modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>);
    read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>);
    modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>);
    read_before_signing(&BeforeTransmitInterceptorContextRef<'_>);
    read_after_signing(&BeforeTransmitInterceptorContextRef<'_>);
    modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>);
    read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>);
    read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>);
    modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>);
    read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>);
    read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>);
    modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>);
    read_after_attempt(&FinalizerInterceptorContextRef<'_>);
    modify_before_completion(&mut FinalizerInterceptorContextMut<'_>);
    read_after_execution(&FinalizerInterceptorContextRef<'_>);
}

const BEGIN: [&str; 5] = [
    "read_before_execution",
    "modify_before_serialization",
    "read_before_serialization",
    "read_after_serialization",
    "modify_before_retry_loop",
];
const ATTEMPT: [&str; 12] = [
    "read_before_attempt",
    "modify_before_signing",
    "read_before_signing",
    "read_after_signing",
    "modify_before_transmit",
    "read_before_transmit",
    "read_after_transmit",
    "modify_before_deserialization",
    "read_before_deserialization",
    "read_after_deserialization",
    "modify_before_attempt_completion",
    "read_after_attempt",
];
const END: [&str; 2] = ["modify_before_completion", "read_after_execution"];

#[tokio::test]
async fn hooks_run_in_order_and_again_for_each_attempt() {
    let server = Server::start([error(500, "Oops"), ok("done")]).await;
    let witness = Witness::default();
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(witness.clone()));
    });
    let output = echo(&client, "hi").await.expect("an answer");
    assert_eq!(
        output,
        EchoOutput {
            text: Some("done".into()),
            request_id: Some("id-1".into())
        }
    );
    assert_eq!(
        witness.seen(),
        [&BEGIN[..], &ATTEMPT, &ATTEMPT, &END].concat()
    );
}

#[tokio::test]
async fn an_error_in_a_hook_ends_the_call_where_the_official_clients_end_it() {
    let server = Server::start([ok("done")]).await;
    let check =
        async |hook, variant: fn(&SdkError<EchoError, _>) -> bool, seen: Vec<&'static str>| {
            let witness = Witness {
                fails_in: Some(hook),
                ..Witness::default()
            };
            let client = client_of(&server, |settings| {
                settings.push_interceptor(SharedInterceptor::new(witness.clone()));
            });
            let error = echo(&client, "hi").await.expect_err("a hook fails");
            assert!(variant(&error), "{hook}: {error:?}");
            assert_eq!(witness.seen(), seen, "{hook}");
        };
    let construction =
        |error: &SdkError<EchoError, _>| matches!(error, SdkError::ConstructionFailure(_));
    let dispatch = |error: &SdkError<EchoError, _>| matches!(error, SdkError::DispatchFailure(_));
    let response = |error: &SdkError<EchoError, _>| matches!(error, SdkError::ResponseError(_));
    check(BEGIN[0], construction, [&BEGIN[..1], &END].concat()).await;
    check(BEGIN[1], construction, [&BEGIN[..2], &END].concat()).await;
    check(
        ATTEMPT[0],
        dispatch,
        [&BEGIN[..], &ATTEMPT[..1], &ATTEMPT[10..], &END].concat(),
    )
    .await;
    check(
        ATTEMPT[4],
        dispatch,
        [&BEGIN[..], &ATTEMPT[..5], &ATTEMPT[10..], &END].concat(),
    )
    .await;
    check(
        ATTEMPT[6],
        response,
        [&BEGIN[..], &ATTEMPT[..7], &ATTEMPT[10..], &END].concat(),
    )
    .await;
}

#[tokio::test]
async fn service_errors_keep_their_type() {
    let server = Server::start([error(400, "Denied")]).await;
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(Witness::default()));
    });
    let error = echo(&client, "hi").await.expect_err("denied");
    assert_eq!(error.code(), Some("Denied"));
    assert_eq!(error.into_service_error().0.message(), Some("told to"));
}

#[tokio::test]
async fn requests_can_be_changed_before_they_are_signed() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |settings| {
        settings
            .push_interceptor(mutate_request_interceptor(|request| {
                request.headers_mut().insert("x-first", "1");
            }))
            .push_interceptor(map_request_interceptor(|mut request: HttpRequest| {
                request.headers_mut().insert("x-second", "2");
                Ok::<_, std::convert::Infallible>(request)
            }));
    });
    echo(&client, "hi").await.expect("an answer");
    let request = &server.requests()[0];
    assert_eq!(
        (header(request, "x-first"), header(request, "x-second")),
        (Some("1"), Some("2"))
    );
    let authorization = header(request, "authorization").expect("a signature");
    assert!(
        authorization.contains("x-amz-user-agent;x-first;x-second"),
        "{authorization}"
    );
}

/// Changes a header that the client would set.
#[derive(Debug)]
struct OtherType;

impl Intercept for OtherType {
    fn name(&self) -> &'static str {
        "OtherType"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.insert("content-type", "application/json");
        Ok(())
    }
}

#[tokio::test]
async fn what_an_interceptor_puts_before_the_attempts_stays_in_all_of_them() {
    let server = Server::start([error(500, "Oops"), ok("done")]).await;
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(OtherType));
    });
    echo(&client, "hi").await.expect("an answer");
    for request in server.requests() {
        assert_eq!(header(&request, "content-type"), Some("application/json"));
    }
}

/// Notes where the request went.
#[derive(Clone, Debug, Default)]
struct Address(Arc<Mutex<Option<std::net::SocketAddr>>>);

impl Intercept for Address {
    fn name(&self) -> &'static str {
        "Address"
    }

    fn read_after_transmit(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let connection = bag.load::<CaptureSmithyConnection>().ok_or("not asked")?;
        *self.0.lock().unwrap() = connection.get().and_then(|it| it.remote_addr());
        Ok(())
    }
}

#[tokio::test]
async fn interceptors_can_ask_for_the_connection() {
    let server = Server::start([ok("done")]).await;
    let address = Address::default();
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(address.clone()));
    });
    echo(&client, "hi").await.expect("an answer");
    let seen = address.0.lock().unwrap().expect("an address");
    assert_eq!(format!("http://{seen}"), server.url());
}

/// Replaces the input.
#[derive(Debug)]
struct OtherInput;

impl Intercept for OtherInput {
    fn name(&self) -> &'static str {
        "OtherInput"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context
            .input_mut()
            .downcast_mut::<EchoInput>()
            .ok_or("not an echo")?;
        input.0 = "other".into();
        Ok(())
    }
}

#[tokio::test]
async fn the_input_can_be_changed() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |settings| {
        settings.push_interceptor(SharedInterceptor::new(OtherInput));
    });
    echo(&client, "hi").await.expect("an answer");
    assert!(server.requests()[0].ends_with("{\"Text\":\"other\"}"));
}

#[derive(Debug)]
struct RepeatDenied;

impl ClassifyRetry for RepeatDenied {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let status = context
            .response()
            .map(|response| response.status().as_u16());
        if status == Some(400) {
            RetryAction::client_error()
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "RepeatDenied"
    }
}

#[tokio::test]
async fn a_classifier_of_the_user_decides() {
    let server = Server::start([error(400, "Denied"), ok("done")]).await;
    let client = client_of(&server, |settings| {
        settings.push_retry_classifier(SharedRetryClassifier::new(RepeatDenied));
    });
    assert_eq!(
        echo(&client, "hi")
            .await
            .expect("an answer")
            .text
            .as_deref(),
        Some("done")
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_operation_timeout_still_runs_the_last_hooks() {
    let server = Server::start([Answer::Stall(String::new())]).await;
    let witness = Witness::default();
    let client = client_of(&server, |settings| {
        let timeouts = TimeoutConfig::builder()
            .operation_timeout(std::time::Duration::from_millis(50))
            .build();
        settings
            .push_interceptor(SharedInterceptor::new(witness.clone()))
            .set_timeout_config(Some(timeouts));
    });
    let error = echo(&client, "hi").await.expect_err("no answer");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert_eq!(
        witness.seen(),
        [&BEGIN[..], &ATTEMPT[..6], &ATTEMPT[10..], &END].concat()
    );
}

/// Sets how long the body of an answer may stand still.
#[derive(Debug)]
struct Impatient(Duration);

impl Intercept for Impatient {
    fn name(&self) -> &'static str {
        "Impatient"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let protection = StalledStreamProtectionConfig::enabled().grace_period(self.0);
        bag.interceptor_state().store_put(protection.build());
        Ok(())
    }
}

#[tokio::test]
async fn an_interceptor_says_how_long_a_body_may_stand_still() {
    let begun = answer(200, "", r#"{"Text":"all"}"#);
    let server = Server::start([Answer::Stall(begun[..begun.len() - 5].to_owned())]).await;
    let client = client_of(&server, |settings| {
        let grace = Duration::from_millis(40);
        settings
            .set_retry_config(Some(RetryConfig::disabled()))
            .push_interceptor(SharedInterceptor::new(Impatient(grace)));
    });
    let error = echo(&client, "hi").await.expect_err("half of an answer");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("does not move occurred after 40ms"), "{text}");
}
