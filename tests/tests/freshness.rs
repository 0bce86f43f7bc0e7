//! `generated/` is what the generator prints of `models/`, as `farrier.toml` says.

use farrier::Generator;
use std::path::Path;

const CONFIG: &str = include_str!("../../farrier.toml");

#[test]
fn the_client_of_kms_is_fresh() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let report = Generator::new()
        .model(repository.join("models/kms.json"))
        .overlay(repository.join("models/kms.waiters.json"))
        .crate_name("farrier-kms")
        .crate_version("0.1.0")
        .runtime_path(repository.join("runtime"))
        .out_dir(repository.join("generated/kms"))
        .check()
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(
        report.is_fresh(),
        "`cargo farrier generate` mends it\nstale: {:?}\nmissing: {:?}\nsurplus: {:?}",
        report.stale,
        report.missing,
        report.surplus
    );
    assert_eq!(report.operations, 56);
    assert!(report.warnings.is_empty(), "{}", report.warnings);
}

/// The settings above are those of the command, which is what writes the crate; and there is no other crate.
#[test]
fn the_command_generates_the_same() {
    let settings: Vec<&str> = CONFIG
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let expected = [
        "[[crate]]",
        "model = \"models/kms.json\"",
        "overlays = [\"models/kms.waiters.json\"]",
        "crate-name = \"farrier-kms\"",
        "crate-version = \"0.1.0\"",
        "out = \"generated/kms\"",
        "runtime-path = \"runtime\"",
    ];
    assert_eq!(settings, expected);
}
