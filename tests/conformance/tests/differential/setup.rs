//! What a client is made of, in words that both crates share.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use farrier_conformance::{Answer, Call, Canned};
use tokio::runtime::{Builder, Runtime};

/// The header that names the one call; it is not signed.
pub(crate) const INVOCATION_ID: &str = "amz-sdk-invocation-id";

/// Headers that differ by design: they name the client, or the one call.
pub(crate) const OWN_HEADERS: [&str; 3] = ["user-agent", "x-amz-user-agent", INVOCATION_ID];

/// The settings of a client.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) transport: Canned,
    pub(crate) region: Option<&'static str>,
    pub(crate) session_token: Option<&'static str>,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) endpoint_url: Option<&'static str>,
    /// Whether the headers that name the client get one value, so that signatures can be compared.
    pub(crate) pins_headers: bool,
}

impl Setup {
    /// A client in one region that gets an empty answer.
    pub(crate) fn plain() -> Self {
        Self {
            transport: Canned::new(Answer {
                status: 200,
                headers: vec![("content-type", "application/x-amz-json-1.1".to_owned())],
                body: "{}".to_owned(),
            }),
            region: Some("eu-central-1"),
            session_token: Some("a session token/+="),
            use_fips: None,
            use_dual_stack: None,
            endpoint_url: None,
            pins_headers: false,
        }
    }
}

/// Gives the headers that name the client one value before the request is signed.
#[derive(Debug)]
pub(crate) struct PinHeaders;

impl Intercept for PinHeaders {
    fn name(&self) -> &'static str {
        "PinHeaders"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        for name in ["user-agent", "x-amz-user-agent"] {
            context.request_mut().headers_mut().insert(name, "pinned");
        }
        Ok(())
    }
}

/// Waits for what takes no time.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// The calls of both sides with the same input, in pairs.
pub(crate) fn pairs() -> Vec<(Call<crate::official::Client>, Call<crate::ours::Client>)> {
    let pairs: Vec<_> = crate::official::calls()
        .into_iter()
        .zip(crate::ours::calls())
        .collect();
    for (official, ours) in &pairs {
        assert_eq!(
            (official.operation, official.name),
            (ours.operation, ours.name)
        );
    }
    pairs
}

/// Fails with all that differs, not only with the first.
#[track_caller]
pub(crate) fn agree(differences: &[String]) {
    const SHOWN: usize = 8;
    let clip = |difference: &String| difference.chars().take(4000).collect::<String>();
    let shown: Vec<_> = differences.iter().take(SHOWN).map(clip).collect();
    assert!(
        differences.is_empty(),
        "{} differences, of which:\n{}",
        differences.len(),
        shown.join("\n")
    );
}
