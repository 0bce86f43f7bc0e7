//! Clients of the models that AWS published compile, lint and document without a warning, as they are.

use farrier::Generator;
use farrier_conformance::{repository, say, shared};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The models that no client is made of yet, with a word that the refusal must hold.
const REFUSED: &[(&str, &str)] = &[];

/// What rustdoc reports by itself as a warning, and what it is silent about otherwise.
const RUSTDOC: &str = "-D warnings -D rustdoc::unescaped_backticks";

/// The models, by name.
fn models() -> Vec<(String, Vec<PathBuf>)> {
    let Some(folder) = shared("models") else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut models: Vec<(String, Vec<PathBuf>)> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a file has a name");
            (name.to_string_lossy().into_owned(), vec![path])
        })
        .collect();
    models.sort();
    models
}

/// Models of our own: every kind of shape, names that collide, and endpoints that are discovered, which are compiled as
/// modules elsewhere.
const OURS: &[(&str, &[&str])] = &[
    ("our-cells", &["cells.json"]),
    ("our-constraints", &["constraints.json"]),
    ("our-names", &["names.json"]),
    ("our-operations", &["operations.json"]),
    ("our-shapes", &["shapes.json", "shapes.old.json"]),
    ("our-shelves", &["shelves.json"]),
    ("our-waiters", &["waiters.json"]),
];

/// Generates a crate; `false` where the model is refused, as it is listed.
fn generates(workspace: &Path, name: &str, models: &[PathBuf]) -> bool {
    let refused = REFUSED.iter().find(|(refused, _)| *refused == name);
    let generator = models.iter().fold(Generator::new(), Generator::model);
    let result = generator
        .crate_name(name)
        .runtime_path(repository().join("runtime"))
        .out_dir(workspace.join(name))
        .generate();
    match (result, refused) {
        (Ok(report), None) => {
            say(&format!(
                "{name}: {} operations, {} lines",
                report.operations, report.lines
            ));
            true
        }
        (Err(error), Some((_, why))) => {
            assert!(error.to_string().contains(why), "{name}\n{error}");
            say(&format!("{name}: refused for {why}"));
            false
        }
        (Ok(_), Some((_, why))) => panic!("{name} is listed as refused for {why}, and is not"),
        (Err(error), None) => panic!("{name}\n{error}"),
    }
}

/// Runs cargo in the workspace; what it prints must hold no warning.
fn cargo(workspace: &Path, arguments: &[&str]) {
    let start = Instant::now();
    // The target folder of this repository, where the dependencies are built already.
    let target = workspace.ancestors().nth(2).expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--workspace", "--offline"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", RUSTDOC)
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let silent = output.status.success() && !said.contains("warning");
    assert!(silent, "cargo {}\n{said}", arguments.join(" "));
    say(&format!(
        "cargo {} without a warning: {:.0?}",
        arguments.join(" "),
        start.elapsed()
    ));
}

#[test]
fn clients_of_published_models_are_without_warnings() {
    let workspace = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("published-models");
    let _ = fs::remove_dir_all(&workspace);
    fs::create_dir_all(&workspace).expect("a folder for the crates");
    let golden = repository().join("tests/golden");
    let ours = OURS.iter().map(|(name, files)| {
        let files = files.iter().map(|file| golden.join(file)).collect();
        ((*name).to_owned(), files)
    });
    let mut members: Vec<(String, Vec<PathBuf>)> = models();
    members.extend(ours);
    members.retain(|(name, models)| generates(&workspace, name, models));
    // One workspace of its own, with the versions that this repository has, so that nothing is fetched or built twice.
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
    fs::write(workspace.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(
        repository().join("Cargo.lock"),
        workspace.join("Cargo.lock"),
    )
    .expect("a lock file");
    // Clippy compiles what `check` does. Every crate has its tests built where they are run, so only the client is here.
    // With the feature that is off by default, which takes nothing away.
    let checked = ["--features", "validate-input"];
    cargo(&workspace, &[&["clippy", "--lib"][..], &checked].concat());
    cargo(&workspace, &[&["doc", "--no-deps"][..], &checked].concat());
}
