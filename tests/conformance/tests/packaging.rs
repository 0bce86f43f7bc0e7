//! The printed crate in the place of the official one, in a workspace of its own: by `[patch.crates-io]`, and by a path
//! under another name.

use farrier::Generator;
use farrier_conformance::repository;
use farrier_test_service::Service;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program as users of the official crate have it.
const PROGRAM: &str = r#"
use aws_config::environment::{
    EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider,
};
use aws_sdk_kms::Client;
use aws_sdk_kms::config::BehaviorVersion;
use aws_sdk_kms::types::CustomKeyStoreType;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), aws_sdk_kms::Error> {
    // Not the default chains: they want the HTTP client of aws-config, which takes long to build.
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(EnvironmentVariableRegionProvider::new())
        .credentials_provider(EnvironmentVariableCredentialsProvider::new())
        .load()
        .await;
    let client = Client::new(&config);
    let error = client
        .delete_custom_key_store()
        .custom_key_store_id("cks-1234567890abcdef0")
        .send()
        .await
        .expect_err("there are no stores");
    println!("{}", error.into_service_error().is_custom_key_store_not_found_exception());
    let stores = client.describe_custom_key_stores().send().await?;
    println!("{} stores", stores.custom_key_stores().len());
    println!("{} {}", CustomKeyStoreType::AwsCloudhsm, aws_sdk_kms::meta::PKG_VERSION);
    Ok(())
}
"#;

/// All features that the official crate declares.
const FEATURES: [&str; 9] = [
    "behavior-version-latest",
    "default",
    "default-https-client",
    "gated-tests",
    "legacy-https-client",
    "legacy-test-util",
    "rt-tokio",
    "rustls",
    "test-util",
];

#[test]
fn a_patch_puts_the_printed_crate_in_the_place_of_the_official_one() {
    let folder = folder("patched");
    let printed = folder.join("printed");
    Generator::new()
        .model(repository().join("models/kms.json"))
        .overlay(repository().join("models/kms.waiters.json"))
        .crate_name("aws-sdk-kms")
        .crate_version("1.129.0")
        .runtime_path(repository().join("runtime"))
        .out_dir(&printed)
        .generate()
        .expect("the client is printed");
    let dependency = format!("{{ version = \"1.129\", features = {FEATURES:?} }}");
    let patch = format!("[patch.crates-io]\naws-sdk-kms = {{ path = {printed:?} }}\n");
    runs(&folder, &dependency, &patch, "1.129.0");
}

#[test]
fn a_path_under_the_name_of_the_official_crate_does_as_well() {
    let path = repository().join("generated/kms");
    let dependency = format!("{{ package = \"farrier-kms\", path = {path:?} }}");
    runs(&folder("renamed"), &dependency, "", "0.1.0");
}

/// What the test-util feature brings is there with it, and not without.
#[test]
fn test_defaults_come_with_their_feature() {
    let manifest = repository().join("generated/kms/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("the manifest");
    for feature in FEATURES {
        assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
    }
    let config = repository().join("generated/kms/src/config.rs");
    let config = std::fs::read_to_string(config).expect("the settings");
    let lines: Vec<_> = config.lines().map(str::trim).collect();
    for name in ["apply_test_defaults", "with_test_defaults"] {
        let setter = format!("pub fn {name}(");
        let at = lines.iter().position(|line| line.starts_with(&setter));
        let at = at.expect("a setter of defaults for tests");
        assert!(lines[at - 2..at].contains(&"#[cfg(feature = \"test-util\")]"));
    }
}

/// An empty folder below the target folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("packaging")
        .join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the folder can be emptied");
    }
    std::fs::create_dir_all(folder.join("src")).expect("a folder");
    folder
}

/// Builds the program with a dependency on `aws-sdk-kms` and runs it against a service.
fn runs(folder: &Path, dependency: &str, patch: &str, version: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let service = runtime
        .block_on(Service::builder().start())
        .expect("a service");
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\naws-config = {{ version = \"1\", default-features = false, features = [\"rt-tokio\"] }}\n\
         aws-sdk-kms = {dependency}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n{patch}"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    std::fs::write(folder.join("src/main.rs"), PROGRAM).expect("a program");
    std::fs::write(folder.join("Cargo.lock"), lock()).expect("a lock file");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let credentials = service.credentials();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.expect("the target folder"))
        .env("AWS_ACCESS_KEY_ID", credentials.access_key_id())
        .env("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
        .env("AWS_REGION", service.region())
        .env("AWS_ENDPOINT_URL_KMS", service.endpoint_url())
        .env("AWS_CONFIG_FILE", folder.join("none"))
        .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("none"))
        .env_remove("AWS_SESSION_TOKEN")
        .env_remove("AWS_PROFILE")
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(said, format!("true\n0 stores\nAWS_CLOUDHSM {version}\n"));
    let requests = service.requests();
    assert_eq!(requests.len(), 2);
    let agent = requests[0].header("user-agent").unwrap_or_default();
    assert!(agent.starts_with("farrier/"), "another client: {agent}");
}

/// The lock file of this repository, so that the same versions are built; without the official crate, as what it was
/// locked to is not what a patch gives.
fn lock() -> String {
    let lock = std::fs::read_to_string(repository().join("Cargo.lock")).expect("the lock file");
    let (head, packages) = lock.split_once("[[package]]").expect("packages");
    let kept = packages
        .split("[[package]]")
        .filter(|package| !package.contains("name = \"aws-sdk-kms\""))
        .filter(|package| !package.contains("name = \"farrier"));
    kept.fold(head.to_owned(), |lock, package| {
        lock + "[[package]]" + package
    })
}
