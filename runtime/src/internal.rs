//! What generated code calls; versioned with the generator, and not for applications.

mod call;
mod components;
pub(crate) mod connect;
mod credentials;
mod endpoints;
pub(crate) mod error_head;
mod fault;
mod handle;
mod headers;
mod hooks;
mod interceptors;
mod invoke;
mod observe;
mod opaque;
mod operation;
mod plan;
mod retry;
mod run;
mod settings;
mod signing;
pub(crate) mod timeout;
mod transmit;
mod user_agent;

pub use call::send;
pub use error_head::ErrorResponse;
pub use fault::{Fault, Unhandled};
pub use handle::Handle;
pub use headers::uuid;
pub use interceptors::{map_request_interceptor, mutate_request_interceptor};
pub use opaque::{REDACTED, UnknownVariantValue};
pub use operation::{BuiltIns, Operation, OperationMetadata, Protocol, Service};
pub use settings::{Settings, SettingsBuilder};
