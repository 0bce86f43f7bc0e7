//! Clients of the models that AWS published compile, as they are.

use farrier::Generator;
use farrier_conformance::{repository, say, shared};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Generates a crate, and lets the compiler check it.
fn compiles(model: &Path, name: &str) {
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join(name);
    let _ = fs::remove_dir_all(&folder);
    let report = Generator::new()
        .model(model)
        .crate_name(name)
        .runtime_path(repository().join("runtime"))
        .out_dir(&folder)
        .generate()
        .unwrap_or_else(|error| panic!("{}\n{error}", model.display()));
    // A workspace of its own, with the versions that this repository has, so that nothing is fetched or built twice.
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text + "\n[workspace]\n").expect("the manifest can be written");
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--all-targets", "--offline"])
        .current_dir(&folder)
        .env(
            "CARGO_TARGET_DIR",
            temporary.parent().expect("the target folder"),
        )
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && !said.contains("warning"),
        "{name}\n{said}"
    );
    say(&format!(
        "{}: {} operations, {} lines, compile without a warning",
        model.display(),
        report.operations,
        report.lines
    ));
}

#[test]
fn a_client_of_kms_as_published_in_2026_compiles() {
    if let Some(model) = shared("models/kms-2026-08.json") {
        compiles(&model, "kms-2026-08");
    }
}

#[test]
fn a_client_of_kms_as_published_in_2025_compiles() {
    if let Some(model) = shared("models/kms-2025-04.json") {
        compiles(&model, "kms-2025-04");
    }
}
