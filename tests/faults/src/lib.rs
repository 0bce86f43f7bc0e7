//! A service that goes wrong on purpose, over real sockets on loopback.
//!
//! It writes bytes by itself and not through an HTTP library, as none would send what is wrong. What goes wrong is a
//! [`Fault`] of the [`catalogue`]; a [`Service`] plays one.

pub mod catalogue;
mod certificates;
mod service;
mod step;

pub use catalogue::{Address, Expected, Fault, Limits};
pub use certificates::{Authority, Certificate};
pub use service::Service;
pub use step::Step;
