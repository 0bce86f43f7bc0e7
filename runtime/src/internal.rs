//! What generated code calls; versioned with the generator, and not for applications.

mod address;
mod auth;
mod built;
mod call;
mod components;
pub(crate) mod connect;
#[cfg(feature = "validate-input")]
pub mod constraints;
mod credentials;
mod demands;
mod discovery;
mod endpoints;
pub(crate) mod error_head;
mod fault;
mod handle;
mod headers;
mod hidden;
mod hooks;
pub(crate) mod identity_cache;
mod input_check;
mod interceptors;
mod invoke;
mod limits;
pub(crate) mod meter;
mod observe;
mod opaque;
mod operation;
mod payload;
mod plan;
mod preload;
mod receive;
pub(crate) mod retry;
mod run;
mod settings;
mod signing;
pub(crate) mod timeout;
mod token;
mod user_agent;

pub use address::{Address, host_label};
pub use auth::auth_params_of_another_service;
pub use built::debug_builder;
pub use call::send;
#[cfg(feature = "gzip")]
pub use demands::GZIP;
#[cfg(feature = "md5")]
pub use demands::MD5;
pub use demands::{Auth, Checksum, Compression, Demands};
pub(crate) use discovery::When;
pub use discovery::{Discovered, Discovery};
pub use endpoints::{account_id, required_by_endpoint};
pub use error_head::ErrorResponse;
pub use fault::{Fault, Unhandled, display_fault};
pub use handle::Handle;
pub(crate) use handle::WeakHandle;
pub use input_check::{InputCheck, InputValidation};
pub use interceptors::{map_request_interceptor, mutate_request_interceptor};
pub use opaque::{REDACTED, UnknownVariantValue};
pub use operation::{BuiltIns, Operation, OperationMetadata, Protocol, Service};
pub use preload::discover;
pub(crate) use preload::discover_anew;
pub use settings::{Settings, SettingsBuilder};
pub use token::IdempotencyTokenProvider;
