//! The goldens, compiled and called: what they send and what they read, byte for byte.
//!
//! They are in a test of their own, so that a golden that does not compile does not keep `golden` from rewriting it.

mod calls;
mod canned;
mod demands;
mod discovery;
mod endpoints;
mod loopback;
mod overlay;
mod renamed;
mod validation;
mod waiters;
mod wire;

/// Every kind of shape that the model of KMS lacks: `golden/shapes.json` with `golden/shapes.old.json`.
mod shapes {
    include!("../../golden/shapes.rs");
}

/// Operations whose calls need more than others: `golden/demands.json`.
mod post {
    include!("../../golden/demands.rs");
}

/// Everything that a model can ask of an input: `golden/constraints.json`.
mod depot {
    include!("../../golden/constraints.rs");
}

/// Names that collide: `golden/names.json`.
mod names {
    include!("../../golden/names.rs");
}

/// Operations that are called as what the printed code declares: `golden/operations.json`.
mod operations {
    include!("../../golden/operations.rs");
}

/// Endpoints that depend on the input, the credentials and settings of the service's own: `golden/endpoints.json`.
mod golden_endpoints {
    include!("../../golden/endpoints.rs");
}

/// Waiters whose acceptors are more than paths: `golden/waiters.json`.
mod harbor {
    include!("../../golden/waiters.rs");
}

/// The service names the endpoint, the same for all calls: `golden/cells.json`.
mod cells {
    include!("../../golden/cells.rs");
}

/// The service names endpoints that depend on the call: `golden/shelves.json`.
mod shelves {
    include!("../../golden/shelves.rs");
}

/// Endpoint rules that are a decision diagram alone: `golden/diagram.json`.
mod golden_diagram {
    include!("../../golden/diagram.rs");
}

/// Types, fields and errors that an overlay deprecates, wherever they can be used: `golden/attic.json` with
/// `golden/attic.overlay.json`. What is printed warns those who use them, and not of itself.
#[deny(deprecated)]
mod attic {
    include!("../../golden/attic.rs");
}

/// A waiter that an overlay adds: `docs/overlays/kms.key-enabled.json`.
mod keys {
    include!("../../golden/overlay.rs");
}
