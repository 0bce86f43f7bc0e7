//! Turns `models/kms.json` into calls of a KMS client and into answers for them.
//!
//! `calls.rs` is source that is compiled twice, once with the official crate as `kms` and once with ours; `answers.rs`
//! and `outputs.rs` are what a service could answer; `kms_inputs.rs` makes inputs from JSON. Where models of other services stand beside the
//! repository, their clients and inputs are made as well.

mod answers;
mod calls;
mod inputs;
mod model;
mod outputs;
mod published;
mod rust;
mod sample;
mod shapes;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/kms.json");
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=build");
    // A test asks cargo about this platform alone, whose packages are there without a registry.
    let target = env::var("TARGET").expect("cargo sets TARGET");
    println!("cargo::rustc-env=TARGET={target}");
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let model = model::Model::read(&text);
    assert_eq!(model.operations().len(), 56, "operations of the KMS model");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let write = |name: &str, text: String| {
        fs::write(folder.join(name), text).unwrap_or_else(|e| panic!("{name}: {e}"));
    };
    write("calls.rs", calls::print(&model));
    write("answers.rs", answers::print(&model));
    write("outputs.rs", outputs::print(&model));
    write("kms_inputs.rs", inputs::print(&model));
    published::generate(&folder);
}
