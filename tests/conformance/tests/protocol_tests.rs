//! Smithy's protocol tests for AWS JSON: the generated clients of its test services pass all cases for clients.
//!
//! The clients are generated with their tests from `../shared/protocol-tests`, built in a workspace of their own, and run.

use farrier::Generator;
use farrier_conformance::{repository, say, shared};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many cases there are of each kind, by the first word of their names.
type Counts = BTreeMap<String, usize>;

/// Generates a client of each service of a model, and runs their tests.
fn run(file: &str, services: &[&str], expected: [(&str, usize); 3]) {
    let Some(model) = shared(&format!("protocol-tests/{file}")) else {
        return;
    };
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join(file.trim_end_matches(".json"));
    let _ = fs::remove_dir_all(&folder);
    for service in services {
        generate(&model, service, &folder.join(service));
    }
    let members: Vec<String> = services.iter().map(|name| format!("{name:?}")).collect();
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), workspace).expect("a manifest");
    // The versions and the target folder of this repository, so that nothing is fetched or built twice.
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    // Without HTTPS, as the tests bring their own transport.
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--lib",
            "--no-default-features",
            "--offline",
            "--no-fail-fast",
        ])
        .current_dir(&folder)
        .env(
            "CARGO_TARGET_DIR",
            temporary.parent().expect("the target folder"),
        )
        .output()
        .expect("cargo starts");
    let (ran, said) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success() && !said.contains("warning"),
        "{said}\n{ran}"
    );
    let counts = counts(&ran);
    say(&format!("{file}: passed {counts:?}"));
    let expected = expected.map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(counts, Counts::from(expected));
}

fn generate(model: &Path, service: &str, folder: &Path) {
    let report = Generator::new()
        .model(model)
        .service(service)
        .runtime_path(repository().join("runtime"))
        .out_dir(folder)
        .generate()
        .unwrap_or_else(|error| panic!("{service}\n{error}"));
    // No case is left out.
    assert!(report.warnings.is_empty(), "{}", report.warnings);
}

/// Counts the tests that passed.
fn counts(ran: &str) -> Counts {
    let mut counts = Counts::new();
    let passed = ran.lines().filter_map(|line| {
        line.strip_prefix("test protocol_tests::")?
            .strip_suffix(" ... ok")
    });
    for name in passed {
        let kind = name.split('_').next().unwrap_or_default();
        *counts.entry(kind.to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn aws_json_1_0() {
    run(
        "awsJson1_0.json",
        &["JsonRpc10", "QueryCompatibleJsonRpc10"],
        [("request", 29), ("response", 25), ("error", 16)],
    );
}

/// With the service whose calls for predictions go where an input says.
#[test]
fn aws_json_1_1() {
    run(
        "awsJson1_1.json",
        &["JsonProtocol", "AmazonML_20141212"],
        [("request", 57), ("response", 48), ("error", 14)],
    );
}
