//! A call on which others look in: the user's interceptors and retry classifiers.
//!
//! The hooks run in the order that the official clients document, and errors take the same ways; see
//! [`Intercept`].

mod attempt;

use crate::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use crate::error::SdkError;
use crate::http::{HttpRequest, SdkBody};
use crate::internal::call::{Call, Failure, Fault, Outcome};
use crate::internal::hidden::hidden;
use crate::internal::limits::{self, Limits};
use crate::internal::retry::{Verdict, classify_with};
use crate::internal::run::{Failed, Run, connector_kind};
use crate::internal::timeout::Limit;
use crate::internal::{Address, components, headers};
use aws_smithy_runtime_api::client::interceptors::InterceptorError;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error, Input, InterceptorContext, RewindResult,
};
use aws_smithy_runtime_api::client::orchestrator::{Metadata, OrchestratorError};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_types::retry::ErrorKind;
use std::pin::pin;

/// Why a call did not go on.
type Halt = OrchestratorError<Error>;

/// A call with hooks.
struct Hooked<'a, 'r> {
    run: &'a Run<'r>,
    call: &'a mut (dyn Call + Send),
    components: &'a RuntimeComponents,
    interceptors: &'a [SharedInterceptor],
    context: InterceptorContext,
    bag: ConfigBag,
    /// What the input changes of the address.
    address: Option<Address>,
    /// Whether an attempt began whose last hooks have not run yet.
    in_attempt: bool,
}

/// Runs one hook of all interceptors; the last error counts, the earlier ones are logged. With `[mut]` the hook may change
/// what it is shown.
macro_rules! hook {
    ($call:ident, [$($mut:tt)?] $hook:ident $(, $component:ident)?) => {{
        let mut result: Result<(), Halt> = Ok(());
        for interceptor in $call.interceptors {
            if !interceptor.enabled(&$call.bag) {
                continue;
            }
            let $($mut)? context = (&$($mut)? $call.context).into();
            if let Err(error) = interceptor.$hook(&$($mut)? context, $($call.$component,)? &mut $call.bag) {
                if let Err(earlier) = &result {
                    tracing::debug!(error = %earlier, hook = stringify!($hook), "replaced by a later error");
                }
                result = Err(InterceptorError::$hook(interceptor.name(), error).into());
            }
        }
        result
    }};
}

use hook;

/// Calls an operation with everyone looking in who asked to.
pub(super) async fn invoke(
    run: &Run<'_>,
    call: &mut (dyn Call + Send),
) -> Result<Outcome, Failure> {
    let components = run
        .plan
        .components(run.shared)
        .map_err(SdkError::construction_failure)?;
    let mut bag = ConfigBag::base();
    bag.push_shared_layer(components::layer(run.plan));
    bag.interceptor_state()
        .store_put(Metadata::new(run.operation.name, run.plan.service.id));
    let context = InterceptorContext::new(call.erase_input().unwrap_or_else(|| Input::erase(())));
    let interceptors = run.plan.settings.interceptors();
    let mut hooked = Hooked {
        run,
        call,
        components,
        interceptors,
        context,
        bag,
        address: None,
        in_attempt: false,
    };
    hooked.run().await;
    let result = hooked.context.finalize();
    result
        .map(Outcome::Erased)
        .map_err(|error| error.map_service_error(Fault::Erased))
}

impl Hooked<'_, '_> {
    async fn run(&mut self) {
        let began = self.begin();
        self.keep(began);
        if !self.context.is_failed() {
            let limit = self.limits().timeouts.operation_timeout();
            let result = match self
                .run
                .limited(Limit::Operation, limit, pin!(self.operation()))
                .await
            {
                Ok(result) => result,
                Err(timeout) => Err(Halt::timeout(timeout)),
            };
            self.keep(result);
        }
        // The limit on the operation may have struck within an attempt.
        if self.in_attempt {
            self.end_attempt();
        }
        let ended = hook!(self, [mut] modify_before_completion, components);
        self.keep(ended);
        let ended = hook!(self, [] read_after_execution, components);
        self.keep(ended);
    }

    /// Notes an error, in place of an earlier one.
    fn keep(&mut self, result: Result<(), Halt>) {
        if let Err(error) = result {
            self.context.fail(error);
        }
    }

    fn begin(&mut self) -> Result<(), Halt> {
        let service = self.run.plan.service;
        let params = (service.endpoint_params)(&self.run.plan.built_ins());
        let mut params = params.map_err(Halt::other)?;
        if let Some(input) = self.context.input() {
            let added = self.call.erased_endpoint_params(input, &mut params);
            added
                .map_err(|error| self.run.refusal(error, || self.call.write_erased(input)))
                .map_err(Halt::other)?;
        }
        self.bag.interceptor_state().store_put(params);
        let hooks = hook!(self, [] read_before_execution);
        limits::complete(self.run.plan, &mut self.bag);
        hooks
    }

    async fn operation(&mut self) -> Result<(), Halt> {
        hook!(self, [mut] modify_before_serialization, components)?;
        hook!(self, [] read_before_serialization, components)?;
        self.serialize()?;
        hook!(self, [] read_after_serialization, components)?;
        hook!(self, [mut] modify_before_retry_loop, components)?;
        self.attempts().await
    }

    fn serialize(&mut self) -> Result<(), Halt> {
        self.context.enter_serialization_phase();
        let input = self
            .context
            .take_input()
            .ok_or_else(|| Halt::other("an interceptor took the input away"))?;
        let written = self.call.write_erased(&input).map_err(Halt::other)?;
        self.run.check(&written).map_err(Halt::other)?;
        self.address = written.address;
        let payload = self.run.payload(written.body).map_err(Halt::other)?;
        let mut request = HttpRequest::new(hidden(SdkBody::from(payload.bytes.clone())));
        request.set_method("POST").map_err(Halt::other)?;
        request.headers_mut().insert(
            http::header::CONTENT_TYPE,
            self.run.plan.service.protocol.content_type(),
        );
        headers::put_call(&mut request, self.run.operation, &payload);
        self.context.set_request(request);
        self.context.enter_before_transmit_phase();
        Ok(())
    }

    async fn attempts(&mut self) -> Result<(), Halt> {
        let run = self.run;
        let mut retries = run.retries();
        run.admitted(&retries, self.limits().retry).await;
        self.context.save_checkpoint();
        for attempt in 1.. {
            if self.context.rewind(&mut self.bag) == RewindResult::Impossible {
                break;
            }
            self.bag
                .interceptor_state()
                .store_put(RequestAttempts::new(attempt));
            run.begin(attempt);
            self.in_attempt = true;
            let limit = self.limits().timeouts.operation_attempt_timeout();
            let result = match run.attempted(pin!(self.attempt()), limit).await {
                Ok(result) => result,
                Err(timeout) => Err(Halt::timeout(timeout)),
            };
            self.keep(result);
            self.end_attempt();
            let verdict = self.verdict();
            let config = self.limits().retry;
            if !self.context.is_failed() {
                retries.succeeded(config);
                if verdict.is_none() {
                    break;
                }
            }
            let failed = Failed {
                verdict,
                failure: self.failure(),
            };
            if !run.repeats(&mut retries, config, failed).await {
                break;
            }
        }
        Ok(())
    }

    /// What the attempt ended with, in a word; the values in it may be secret.
    fn failure(&self) -> &'static str {
        match self.context.output_or_error() {
            Some(Err(error)) if error.is_operation_error() => "service error",
            Some(Err(error)) if error.is_timeout_error() => "timeout",
            Some(Err(error)) if error.is_connector_error() => "dispatch failure",
            Some(Err(error)) if error.is_response_error() => "response error",
            Some(Err(error)) if error.is_interceptor_error() => "interceptor failure",
            Some(Err(_)) => "failure",
            _ => "success",
        }
    }

    fn end_attempt(&mut self) {
        self.in_attempt = false;
        let ended = hook!(self, [mut] modify_before_attempt_completion, components);
        self.keep(ended);
        let ended = hook!(self, [] read_after_attempt, components);
        self.keep(ended);
    }

    /// What the attempt says about another one. A classifier may ask for one even after a success.
    fn verdict(&self) -> Option<Verdict> {
        let response = self.context.response();
        let error = self.context.output_or_error().and_then(Result::err);
        let service_error = error.and_then(|error| error.as_operation_error());
        let about = service_error
            .map(|error| self.call.about_erased(error))
            .unwrap_or_default();
        let transport = error.and_then(|error| {
            if error.is_response_error() || error.is_timeout_error() {
                return Some(ErrorKind::TransientError);
            }
            error.as_connector_error().and_then(connector_kind)
        });
        let evidence = match error {
            Some(_) => self.run.evidence_of(response, about, transport),
            None => Default::default(),
        };
        classify_with(
            &evidence,
            self.run.plan.settings.retry_classifiers(),
            &self.context,
        )
    }

    /// What bounds the call now, as interceptors may change it at any time.
    fn limits(&self) -> Limits<'_> {
        Limits::from_bag(self.run.plan, &self.bag)
    }
}
