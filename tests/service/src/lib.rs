//! AWS KMS custom key stores as a service on loopback, strict about what it is sent, for the tests of generated clients.
//!
//! No public emulator implements these six operations, so the tests bring their own. It is HTTP/1.1 on a real socket. Each
//! request is checked as AWS checks it (method, path, headers, length, date, and the signature, recomputed from the
//! specification) and answered from the state table of custom key stores, whose slow states pass with the clock.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! use farrier_test_service::{Credentials, Fault, Service};
//! use std::time::Duration;
//!
//! let service = Service::builder()
//!     .region("eu-central-1")
//!     .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI"))
//!     .connect_delay(Duration::from_millis(10))
//!     .start()
//!     .await?;
//! service.fail_next_connect("INVALID_CREDENTIALS");
//! service.inject(Fault::error(500, "KMSInternalException", "try again").times(2));
//! // ... point a client at service.endpoint_url(), then look at what it sent:
//! assert_eq!(service.requests().len(), 0);
//! # Ok::<(), std::io::Error>(())
//! # }).unwrap();
//! ```
//!
//! What the service cannot know (whether a CloudHSM cluster exists, whether an external key store proxy answers) it is told
//! with [`Cluster`], [`Proxy`] and [`VpcEndpointService`]. What was not described is taken to be in good order.

mod answer;
mod backing;
mod check;
mod clock;
mod fault;
mod input;
mod kms;
mod pattern;
mod record;
mod refusal;
mod requests;
mod server;
mod service;
mod settings;
mod sign;
mod store;

pub use answer::CreationDates;
pub use backing::{
    Cluster, ClusterCondition, Proxy, ProxyCondition, VpcEndpointService,
    VpcEndpointServiceCondition,
};
pub use clock::Clock;
pub use fault::Fault;
pub use record::RecordedRequest;
pub use service::{Builder, Service};
pub use sign::Credentials;
pub use store::ConnectionState;
