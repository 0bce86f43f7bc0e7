//! What is printed of small models, as recorded in `tests/golden`; the records are compiled in `farrier_tests::golden`.
//!
//! `UPDATE=1 cargo test -p farrier-tests --test golden` rewrites them. Rewritten, they have to be built and tested again.

use farrier::Generator;
use std::env;
use std::path::{Path, PathBuf};

fn golden(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(file)
}

/// Compares a module with its record, or records it.
fn check(record: &str, models: &[&str]) {
    check_with(Generator::new(), record, models);
}

/// The same with settings.
fn check_with(generator: Generator, record: &str, models: &[&str]) {
    let generator = models
        .iter()
        .fold(generator, |generator, model| generator.model(golden(model)));
    let generator = generator.module_file(golden(record));
    let report = if env::var_os("UPDATE").is_some() {
        generator.generate()
    } else {
        generator.check()
    };
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    assert!(report.warnings.is_empty(), "{}", report.warnings);
    if env::var_os("UPDATE").is_none() {
        assert!(
            report.is_fresh(),
            "{record} is not what is printed now; UPDATE=1 rewrites it"
        );
    }
}

#[test]
fn every_kind_of_shape() {
    check("shapes.rs", &["shapes.json", "shapes.old.json"]);
}

#[test]
fn traits_that_change_the_request() {
    check("demands.rs", &["demands.json"]);
}

#[test]
fn constraints_of_every_kind() {
    let generator = Generator::new().validate_input();
    check_with(generator, "constraints.rs", &["constraints.json"]);
}

#[test]
fn names_that_collide() {
    check("names.rs", &["names.json"]);
}

#[test]
fn operations_that_collide() {
    check("operations.rs", &["operations.json"]);
}

#[test]
fn waiters_that_compare_and_count() {
    check("waiters.rs", &["waiters.json"]);
}

#[test]
fn endpoints_that_depend_on_everything() {
    check("endpoints.rs", &["endpoints.json"]);
}

#[test]
fn endpoints_that_the_service_names() {
    check("cells.rs", &["cells.json"]);
    check("shelves.rs", &["shelves.json"]);
}

#[test]
fn rules_that_are_a_diagram() {
    check("diagram.rs", &["diagram.json"]);
}

/// Whatever else is printed names deprecated things all the same.
#[test]
fn deprecations_from_an_overlay() {
    let generator = Generator::new().overlay(golden("attic.overlay.json"));
    check_with(generator, "attic.rs", &["attic.json"]);
}

/// The waiter of `docs/overlays.md`, on the published facts of KMS.
#[test]
fn a_waiter_from_an_overlay() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/overlays");
    let generator = Generator::new()
        .overlay(docs.join("kms.key-enabled.json"))
        .operation("DescribeKey");
    check_with(generator, "overlay.rs", &["../../models/kms.json"]);
}
