//! Runs a program with one client, and compares it with its run with the other.

use crate::script::{Answer, Script};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use farrier_conformance::{Seen, now, repository, variant};
use farrier_test_service::Service;
use std::cell::RefCell;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What comes of a program.
pub(crate) type Ended = Result<(), Box<dyn Error + Send + Sync>>;

/// Headers that differ by design, as they name the client or the one call, and the signature over them.
const OWN_HEADERS: [&str; 4] = [
    "user-agent",
    "x-amz-user-agent",
    "amz-sdk-invocation-id",
    "authorization",
];

/// Prints a line of a program.
pub(crate) fn line(text: String) {
    LINES.with_borrow_mut(|lines| lines.push(text));
}

/// What a program did.
#[derive(Debug, PartialEq)]
pub(crate) struct Run {
    requests: Vec<Seen>,
    lines: Vec<String>,
    ended_well: bool,
}

/// Runs a program against a script, with the configuration that `aws_config` would have loaded. Time passes at once.
pub(crate) fn run(
    answers: &'static [Answer],
    program: impl AsyncFnOnce(&SdkConfig) -> Ended,
) -> Run {
    let script = Script::new(answers);
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
        .time_source(SharedTimeSource::new(StaticTimeSource::new(now())))
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .http_client(SharedHttpClient::new(script.clone()))
        .build();
    LINES.take();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let ended = runtime.block_on(program(&config));
    if let Err(error) = &ended {
        line(format!("ended with {error:?}"));
    }
    Run {
        requests: script.seen().into_iter().map(without_own).collect(),
        lines: LINES.take(),
        ended_well: ended.is_ok(),
    }
}

/// Runs a program over real HTTP, beside a service of custom key stores; what it prints.
pub(crate) fn over_http(program: impl AsyncFnOnce(&Service) -> Ended) -> Vec<String> {
    LINES.take();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime
        .block_on(async {
            let service = Service::builder().start().await?;
            program(&service).await
        })
        .expect("a program that ends well");
    let lines = LINES.take();
    assert!(
        !lines.is_empty(),
        "a program that prints nothing shows nothing"
    );
    lines
}

/// A request without what names the client; of the signature, who signed what stays.
fn without_own(mut seen: Seen) -> Seen {
    let signed = seen.headers.get("authorization").and_then(|value| {
        let (signed, _) = value.split_once(", Signature=")?;
        Some(signed.to_owned())
    });
    seen.headers
        .retain(|name, _| !OWN_HEADERS.contains(&name.as_str()));
    if let Some(signed) = signed {
        seen.headers.insert("signed".to_owned(), signed);
    }
    seen
}

#[track_caller]
pub(crate) fn compare(official: &Run, ours: &Run) {
    assert_eq!(official.lines, ours.lines, "what is printed");
    assert_eq!(official.requests, ours.requests, "what is sent");
    assert!(
        official.ended_well && ours.ended_well,
        "a program ended with an error"
    );
    assert!(
        !official.lines.is_empty(),
        "a program that prints nothing shows nothing"
    );
}

/// The programs in the folder, by name.
pub(crate) fn programs() -> Vec<String> {
    let folder = repository().join("tests/conformance/tests/neighbours/idioms");
    let files = std::fs::read_dir(folder).expect("the programs");
    let mut names: Vec<String> = files
        .map(|file| file.expect("a program").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort_unstable();
    names
}

/// The variant of an error, and what a broken transport says of itself.
pub(crate) fn kind<E: std::fmt::Debug>(error: &SdkError<E, HttpResponse>) -> String {
    let kind = variant(error);
    match error {
        SdkError::DispatchFailure(failure) => format!(
            "{kind} io {} timeout {} user {} other {}",
            failure.is_io(),
            failure.is_timeout(),
            failure.is_user(),
            failure.is_other()
        ),
        _ => kind,
    }
}

/// A provider of credentials that counts how often it is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    asked: Arc<AtomicUsize>,
    never: bool,
}

impl Counting {
    /// One that gives none within any time.
    pub(crate) fn never() -> Self {
        Self {
            never: true,
            ..Self::default()
        }
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.asked.fetch_add(1, Ordering::Relaxed);
        future::ProvideCredentials::new(async {
            if self.never {
                std::future::pending::<()>().await;
            }
            Ok(Credentials::for_tests())
        })
    }
}

/// Looks for a word in the header that names the client.
#[derive(Debug)]
pub(crate) struct Agent(pub(crate) &'static str);

impl Intercept for Agent {
    fn name(&self) -> &'static str {
        "Agent"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let agent = context.request().headers().get("x-amz-user-agent");
        let named = agent.is_some_and(|agent| agent.split(' ').any(|word| word == self.0));
        line(format!("{} is named: {named}", self.0));
        Ok(())
    }
}
