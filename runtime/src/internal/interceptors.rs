//! Interceptors that `customize()` of a generated client makes.

use crate::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use crate::error::BoxError;
use crate::http::HttpRequest;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use std::fmt;

/// An interceptor that puts what `map` makes of the request in the request's place, before each signing.
///
/// `map` gets a copy; when it fails, the call ends with its error. A request whose body cannot be copied is left alone,
/// which does not occur for the bodies of this crate.
pub fn map_request_interceptor<F, E>(map: F) -> SharedInterceptor
where
    F: Fn(HttpRequest) -> Result<HttpRequest, E> + Send + Sync + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    SharedInterceptor::new(MutateRequest(
        move |request: &mut HttpRequest| -> Result<(), BoxError> {
            if let Some(copy) = request.try_clone() {
                *request = map(copy)?;
            }
            Ok(())
        },
    ))
}

/// An interceptor that changes the request, before each signing.
pub fn mutate_request_interceptor<F>(mutate: F) -> SharedInterceptor
where
    F: Fn(&mut HttpRequest) + Send + Sync + 'static,
{
    SharedInterceptor::new(MutateRequest(
        move |request: &mut HttpRequest| -> Result<(), BoxError> {
            mutate(request);
            Ok(())
        },
    ))
}

struct MutateRequest<F>(F);

impl<F> fmt::Debug for MutateRequest<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MutateRequest")
    }
}

impl<F> Intercept for MutateRequest<F>
where
    F: Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync,
{
    fn name(&self) -> &'static str {
        "MutateRequest"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0)(context.request_mut())
    }
}
