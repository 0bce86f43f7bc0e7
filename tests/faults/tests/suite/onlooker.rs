//! An interceptor that does nothing: a call with one goes another way through the runtime.

use aws_smithy_runtime_api::client::interceptors::Intercept;

/// The interceptor.
#[derive(Debug)]
pub(crate) struct Onlooker;

impl Intercept for Onlooker {
    fn name(&self) -> &'static str {
        "Onlooker"
    }
}

/// The way through the runtime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// That of a client without interceptors.
    Plain,
    /// That of one with an [`Onlooker`].
    Hooked,
}
