//! A call from its input to its output.

use crate::endpoint::EndpointResolverParams;
use crate::error::SdkError;
use crate::internal::call::{Call, Failure, Outcome};
use crate::internal::handle::Shared;
use crate::internal::observe::Timed;
use crate::internal::plan::Plan;
use crate::internal::retry::classify;
use crate::internal::run::{Failed, Letter, Run};
use crate::internal::timeout::Limit;
use crate::internal::{Handle, SettingsBuilder, hooks};
use std::pin::pin;
use tracing::Instrument;

/// Calls an operation; the same code for all of them.
pub(super) async fn invoke(
    handle: &Handle,
    overrides: Option<&SettingsBuilder>,
    call: &mut (dyn Call + Send),
) -> Result<Outcome, Failure> {
    let own;
    let plan = match overrides {
        None => handle.plan(),
        Some(over) => {
            own = Box::new(handle.plan_with(over));
            &*own
        }
    };
    planned(plan, handle.shared(), call).await
}

/// Calls an operation with settings that are worked out.
pub(super) async fn planned(
    plan: &Plan,
    shared: &Shared,
    call: &mut (dyn Call + Send),
) -> Result<Outcome, Failure> {
    plan.check().map_err(SdkError::construction_failure)?;
    let run = Run::new(plan, shared, call.metadata(), call.demands());
    let timed = Timed::call(run.operation);
    let span = timed.span.clone();
    if plan.hooked() {
        // Boxed, so that the future of a call without hooks stays small.
        return Box::pin(hooks::invoke(&run, call)).instrument(span).await;
    }
    let params = run.endpoint_params(call);
    let params = params
        .map_err(|error| run.refusal(error, || call.write()))
        .map_err(SdkError::construction_failure)?;
    let written = call.write().map_err(SdkError::construction_failure)?;
    run.check(&written)
        .map_err(SdkError::construction_failure)?;
    let payload = run.payload(written.body);
    let letter = Letter {
        payload: payload.map_err(SdkError::construction_failure)?,
        address: written.address,
    };
    async {
        let attempts = pin!(attempts(&run, &letter, params, call));
        match run
            .limited(
                Limit::Operation,
                plan.timeouts.operation_timeout(),
                attempts,
            )
            .await
        {
            Ok(result) => result,
            Err(timeout) => Err(SdkError::timeout_error(timeout)),
        }
    }
    .instrument(span)
    .await
}

/// Attempts, until one succeeds or another cannot help.
async fn attempts(
    run: &Run<'_>,
    letter: &Letter,
    mut params: Option<EndpointResolverParams>,
    call: &mut (dyn Call + Send),
) -> Result<Outcome, Failure> {
    let mut retries = run.retries();
    let mut attempt = 0;
    let config = &run.plan.retry;
    run.admitted(&retries, config).await;
    loop {
        attempt += 1;
        run.begin(attempt);
        let attempt_made = run.attempt(letter, params.as_mut(), call);
        let limit = run.plan.timeouts.operation_attempt_timeout();
        let result = match run.attempted(pin!(attempt_made), limit).await {
            Ok(result) => result,
            Err(timeout) => Err(SdkError::timeout_error(timeout)),
        };
        let Err(failure) = result else {
            retries.succeeded(config);
            return Ok(Outcome::InCall);
        };
        let failed = Failed {
            verdict: classify(&run.evidence(&failure, call.error())),
            response: failure.raw_response(),
            failure: kind(&failure),
        };
        if !run.repeats(&mut retries, config, failed).await {
            return Err(failure);
        }
    }
}

/// A failure in a word; the values in it may be secret.
fn kind(failure: &Failure) -> &'static str {
    match failure {
        SdkError::ConstructionFailure(_) => "construction failure",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "dispatch failure",
        SdkError::ResponseError(_) => "response error",
        _ => "service error",
    }
}
