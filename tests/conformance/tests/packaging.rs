//! The printed crate in the place of the official one, in a workspace of its own: by `[patch.crates-io]`, and by a path
//! under another name; its features, and what they bring.

use farrier::Generator;
use farrier_conformance::repository;
use farrier_test_service::Service;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
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

/// A program that has turned all features off, and so brings what they stand for, but for the transport.
const BARE: &str = r#"
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{AsyncSleep, BehaviorVersion, Config, Credentials, Region, Sleep};
use aws_sdk_kms::error::SdkError;

#[derive(Debug)]
struct Sleepless;

impl AsyncSleep for Sleepless {
    fn sleep(&self, _: std::time::Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let credentials = Credentials::builder()
        .access_key_id("AKIDEXAMPLE")
        .secret_access_key("secret")
        .provider_name("program");
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials.build())
        .sleep_impl(Sleepless)
        .build();
    let error = Client::from_conf(config).list_keys().send().await.expect_err("no transport");
    println!("{}", matches!(error, SdkError::DispatchFailure(_)));
    println!("{}", aws_sdk_kms::meta::PKG_VERSION);
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

/// The features that only ours has.
const ADDED: [&str; 6] = [
    "aws-lc",
    "fips",
    "http2",
    "https",
    "validate-input",
    "webpki-roots",
];

/// The official crate, and ours in its place.
const OFFICIAL: &str = "aws-sdk-kms";

#[test]
fn a_patch_puts_the_printed_crate_in_the_place_of_the_official_one() {
    let folder = folder("patched");
    let dependency = format!("{{ version = \"1.129\", features = {FEATURES:?} }}");
    runs(&folder, &dependency, &patch(&folder), "1.129.0");
}

/// Both crates do without any feature, and say alike what is lacking then.
#[test]
fn without_features_a_patch_does_as_well() {
    let dependency = "{ version = \"=1.129.0\", default-features = false }";
    let official = folder("bare-official");
    write(&official, dependency, "", BARE, lock(&["farrier"]));
    let ours = folder("bare-patched");
    let without = lock(&["farrier", OFFICIAL]);
    write(&ours, dependency, &patch(&ours), BARE, without);
    let texts = [&official, &ours].map(|folder| said(&mut run(folder)));
    assert_eq!(texts, ["true\n1.129.0\n"; 2]);
    let is_ours = |folder: &Path| {
        let lock = std::fs::read_to_string(folder.join("Cargo.lock")).expect("a lock file");
        lock.contains("name = \"farrier-runtime\"")
    };
    assert!(
        !is_ours(&official) && is_ours(&ours),
        "the same client twice"
    );
}

#[test]
fn a_path_under_the_name_of_the_official_crate_does_as_well() {
    let path = repository().join("generated/kms");
    let dependency = format!("{{ package = \"farrier-kms\", path = {path:?} }}");
    runs(&folder("renamed"), &dependency, "", "0.1.0");
}

/// Each feature of the official crate is there by its name, and is on where it is on there; the others are ours.
#[test]
fn the_features_are_those_of_the_official_crate() {
    let metadata = said(
        cargo("metadata", &repository())
            .args(["--locked", "--format-version", "1"])
            .args(["--filter-platform", env!("TARGET")]),
    );
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let of = |name: &str| {
        let packages = metadata["packages"].as_array().expect("packages");
        let package = packages.iter().find(|package| package["name"] == name);
        let features = package.and_then(|package| package["features"].as_object());
        features.expect("a package with features").clone()
    };
    let (official, ours) = (of(OFFICIAL), of("farrier-kms"));
    let mut names: Vec<_> = official.keys().collect();
    names.sort_unstable();
    assert_eq!(names, FEATURES.each_ref(), "the list in this test");
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !ours.contains_key(**name))
        .collect();
    assert!(
        missing.is_empty(),
        "features of the official crate: {missing:?}"
    );
    assert_eq!(official["default"], ours["default"]);
    let mut added: Vec<_> = ours
        .keys()
        .filter(|name| !official.contains_key(*name))
        .collect();
    added.sort_unstable();
    assert_eq!(added, ADDED);
}

/// A program that does not check its inputs builds nothing for it.
#[test]
fn patterns_are_in_the_tree_only_where_inputs_are_checked() {
    let engine = ["regex", "regex-automata", "regex-syntax"];
    let tree = |features: &str| {
        let tree = said(
            cargo("tree", &repository())
                .args(["--locked", "--edges", "normal", "--prefix", "none"])
                .args(["--package", "farrier-kms", "--features", features]),
        );
        let names = tree.lines().filter_map(|line| line.split(' ').next());
        names.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (off, on) = (tree(""), tree("validate-input"));
    assert!(off.contains("farrier-runtime"), "another tree: {off:?}");
    let added: Vec<_> = on.difference(&off).map(String::as_str).collect();
    assert_eq!(added, engine);
    assert!(off.is_subset(&on));
}

/// What the test-util feature brings is there with it, and not without.
#[test]
fn test_defaults_come_with_their_feature() {
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

/// Prints the client under the name of the official crate; the lines of a manifest that put it in its place.
fn patch(folder: &Path) -> String {
    let printed = folder.join("printed");
    Generator::new()
        .model(repository().join("models/kms.json"))
        .overlay(repository().join("models/kms.waiters.json"))
        .crate_name(OFFICIAL)
        .crate_version("1.129.0")
        .runtime_path(repository().join("runtime"))
        .out_dir(&printed)
        .generate()
        .expect("the client is printed");
    format!("[patch.crates-io]\n{OFFICIAL} = {{ path = {printed:?} }}\n")
}

/// Writes a program with a dependency on `aws-sdk-kms`, in a workspace of its own.
fn write(folder: &Path, dependency: &str, more: &str, program: &str, lock: String) {
    // A name of its own, as the programs share a target folder.
    let name = folder.file_name().and_then(OsStr::to_str).expect("a name");
    let manifest = format!(
        "[package]\nname = \"program-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{OFFICIAL} = {dependency}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{more}"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    std::fs::write(folder.join("src/main.rs"), program).expect("a program");
    std::fs::write(folder.join("Cargo.lock"), lock).expect("a lock file");
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
    let more = format!(
        "aws-config = {{ version = \"1\", default-features = false, features = [\"rt-tokio\"] }}\n\n{patch}"
    );
    let lock = lock(&["farrier", OFFICIAL]);
    write(folder, dependency, &more, PROGRAM, lock);
    let credentials = service.credentials();
    let said = said(
        run(folder)
            .env("AWS_ACCESS_KEY_ID", credentials.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
            .env("AWS_REGION", service.region())
            .env("AWS_ENDPOINT_URL_KMS", service.endpoint_url())
            .env("AWS_CONFIG_FILE", folder.join("none"))
            .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("none"))
            .env_remove("AWS_SESSION_TOKEN")
            .env_remove("AWS_PROFILE"),
    );
    assert_eq!(said, format!("true\n0 stores\nAWS_CLOUDHSM {version}\n"));
    let requests = service.requests();
    assert_eq!(requests.len(), 2);
    let agent = requests[0].header("user-agent").unwrap_or_default();
    assert!(agent.starts_with("farrier/"), "another client: {agent}");
}

/// Cargo about to do something offline in a workspace.
fn cargo(command: &str, workspace: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([command, "--offline", "--manifest-path"])
        .arg(workspace.join("Cargo.toml"));
    cargo
}

/// Cargo about to build and run a program, in the target folder of this repository.
fn run(folder: &Path) -> Command {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let mut run = cargo("run", folder);
    run.args(["--quiet", "--target-dir"])
        .arg(target.expect("the target folder"));
    run
}

/// What a command prints, which must end well.
#[track_caller]
fn said(command: &mut Command) -> String {
    let output = command.output().expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// The lock file of this repository, so that the same versions are built; without packages whose names begin so, as what
/// they are locked to is not what the program is to have.
fn lock(without: &[&str]) -> String {
    let lock = std::fs::read_to_string(repository().join("Cargo.lock")).expect("the lock file");
    let (head, packages) = lock.split_once("[[package]]").expect("packages");
    let left_out = |package: &str| {
        let mut names = without.iter().map(|name| format!("name = \"{name}"));
        names.any(|name| package.contains(&name))
    };
    let kept = packages.split("[[package]]");
    let kept = kept.filter(|package| !left_out(package));
    kept.fold(head.to_owned(), |lock, package| {
        lock + "[[package]]" + package
    })
}
