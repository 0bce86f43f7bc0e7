//! What the conformance suites share: a transport that answers by itself, what is looked at in a call, and values made at
//! random from a model.

mod outcome;
mod python;
mod runner;
mod shape;
mod shared;
mod transport;
mod wire;

pub use outcome::{Call, Failure, LeftOut, Outcome, Output, variant};
pub use python::{programs, python};
pub use runner::try_on;
pub use shape::{Member, Shape, texts};
pub use shared::{say, shared};
pub use transport::{Answer, Canned, Seen, now};
pub use wire::{object, quoted};

use std::path::PathBuf;

/// The bytes of a base64 text.
pub fn base64(text: &str) -> Vec<u8> {
    aws_smithy_types::base64::decode(text).expect("a sample is base64")
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
