//! The goldens, compiled and called: what they send and what they read, byte for byte.
//!
//! They are in a test of their own, so that a golden that does not compile does not keep `golden` from rewriting it.

mod calls;
mod canned;
mod endpoints;
mod renamed;
mod wire;

/// Every kind of shape that the model of KMS lacks: `golden/shapes.json` with `golden/shapes.old.json`.
mod shapes {
    include!("../../golden/shapes.rs");
}

/// Names that collide: `golden/names.json`.
mod names {
    include!("../../golden/names.rs");
}

/// Endpoints that depend on the input, the credentials and settings of the service's own: `golden/endpoints.json`.
mod golden_endpoints {
    include!("../../golden/endpoints.rs");
}

/// Endpoint rules that are a decision diagram alone: `golden/diagram.json`.
mod golden_diagram {
    include!("../../golden/diagram.rs");
}
