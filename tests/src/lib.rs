//! What the tests and the example share: the service of custom key stores in this process, and clients of it.

mod local;

pub use local::Local;
