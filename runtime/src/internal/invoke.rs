//! A call from its input to its output.

use crate::endpoint::EndpointResolverParams;
use crate::error::{BoxError, SdkError};
use crate::internal::call::{Call, Failure, Outcome};
use crate::internal::handle::Shared;
use crate::internal::meter::{RunningCall, kind};
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
    let run = Run::new(plan, shared, call.metadata(), call.demands());
    let measured = RunningCall::begin(&run);
    let timed = Timed::call(run.operation);
    let span = timed.span.clone();
    let result = match prepare(&run, call) {
        Err(error) => Err(SdkError::construction_failure(error)),
        // Boxed, so that the future of a call without hooks stays small.
        Ok(None) => Box::pin(hooks::invoke(&run, call)).instrument(span).await,
        Ok(Some((letter, params))) => {
            async {
                let attempts = pin!(attempts(&run, &letter, params, call));
                let limit = plan.timeouts.operation_timeout();
                match run.limited(Limit::Operation, limit, attempts).await {
                    Ok(result) => result,
                    Err(timeout) => Err(SdkError::timeout_error(timeout)),
                }
            }
            .instrument(span)
            .await
        }
    };
    if let Some(measured) = measured {
        measured.end(&result, call);
    }
    result
}

/// What all attempts send, and what their endpoint depends on; nothing where hooks may change it.
fn prepare(
    run: &Run<'_>,
    call: &(dyn Call + Send),
) -> Result<Option<(Letter, Option<EndpointResolverParams>)>, BoxError> {
    run.plan.check()?;
    if run.plan.hooked() {
        return Ok(None);
    }
    let params = run
        .endpoint_params(call)
        .map_err(|error| run.refusal(error, || call.write()))?;
    let written = call.write()?;
    run.check(&written)?;
    let letter = Letter {
        payload: run.payload(written.body)?,
        address: written.address,
    };
    Ok(Some((letter, params)))
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
            failure: kind(&failure),
        };
        if !run.repeats(&mut retries, config, failed).await {
            return Err(failure);
        }
    }
}
