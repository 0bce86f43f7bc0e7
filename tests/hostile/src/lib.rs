//! What is printed of the hostile models of `build/models.rs`. That this compiles is the test.

/// Types nested in each other as deeply as they are printed.
pub mod depths {
    include!(concat!(env!("OUT_DIR"), "/depths.rs"));
}

/// Texts in every place where a model has any.
pub mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// Names that are words of Rust, of its prelude, of the printed code, or of file systems.
pub mod names {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

/// Endpoint rules whose texts are meant to be more.
pub mod rules {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}
