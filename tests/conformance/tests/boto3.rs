//! boto3 drives the custom key store service of the tests, so that the service is not merely what our client expects.

use std::process::{Command, Stdio};

/// Builds the service and says where it is.
fn service() -> String {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--package", "farrier-test-service"])
        .args([
            "--bin",
            "custom_key_store_service",
            "--message-format",
            "json",
        ])
        .current_dir(farrier_conformance::repository())
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "the service does not build");
    String::from_utf8(output.stdout)
        .expect("cargo writes UTF-8")
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(String::from))
        .expect("cargo names what it built")
}

#[test]
fn boto3_lives_the_life_of_custom_key_stores() {
    let output = farrier_conformance::python()
        .arg(farrier_conformance::programs().join("custom_key_stores.py"))
        .args(["--service", &service()])
        .output()
        .expect("Python starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    // `N passed, 0 failed` is the last line.
    farrier_conformance::say(&format!("boto3: {}", said.trim_end()));
}
