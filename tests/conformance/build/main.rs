//! Turns `models/kms.json` into calls of a KMS client and into answers for them.
//!
//! `calls.rs` is source that is compiled twice, once with the official crate as `kms` and once with ours; `answers.rs`
//! is what a service could answer.

mod answers;
mod calls;
mod model;
mod rust;
mod sample;

use std::path::Path;
use std::{env, fs};

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/kms.json");
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=build");
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let model = model::Model::read(&text);
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let write = |name: &str, text: String| {
        fs::write(Path::new(&folder).join(name), text).unwrap_or_else(|e| panic!("{name}: {e}"));
    };
    write("calls.rs", calls::print(&model));
    write("answers.rs", answers::print(&model));
}
