//! Prints the hostile models that must be printed, as modules in `OUT_DIR`; that they compile is the first test of them.

mod models;

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for (name, model) in models::printed() {
        let module = farrier::Generator::new()
            .validate_input()
            .module_of(model.to_string())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::write(folder.join(format!("{name}.rs")), module).expect("OUT_DIR can be written");
    }
}
