//! `farrier init`: what it writes works, and what was there stays.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a run ended and what it said.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn farrier(folder: &Path, arguments: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
    let command = command
        .current_dir(folder)
        .args(arguments.split_whitespace());
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A package of a test's own, two folders below one with the models in it, as the quick start is.
fn fresh(name: &str) -> PathBuf {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("init")
        .join(name);
    let _ = fs::remove_dir_all(&base);
    let package = base.join("tests/package");
    fs::create_dir_all(&package).unwrap();
    fs::create_dir_all(base.join("models")).unwrap();
    for file in ["kms.json", "kms.waiters.json"] {
        fs::copy(
            root().join("models").join(file),
            base.join("models").join(file),
        )
        .unwrap();
    }
    package
}

const KMS: &str = "init ../../models/kms.json";

/// The same with one operation, where it does not matter which.
const SMALL: &str = "init ../../models/kms.json --operation ListKeys";

/// The names of what is in a folder.
fn listed(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn generate_works_right_after_it() {
    let more =
        "--overlay ../../models/kms.waiters.json --operation *CustomKeyStore* --operation ListKeys";
    for (name, arguments, target) in [
        ("all", String::new(), "farrier-kms/src/lib.rs"),
        (
            "some",
            format!("{more} --service TrentService --out clients/kms --crate-name kms"),
            "clients/kms/src/lib.rs",
        ),
        (
            "module",
            format!("{more} --module src/kms.rs"),
            "src/kms.rs",
        ),
    ] {
        let folder = fresh(name);
        let made = farrier(&folder, &format!("{KMS} {arguments}"));
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{made:?}");
        assert_eq!(listed(&folder), ["farrier.toml"]);
        assert_eq!(farrier(&folder, "check").code, 1, "{name}");
        let done = farrier(&folder, "generate");
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
        assert!(folder.join(target).is_file(), "{name}: {done:?}");
        assert_eq!(farrier(&folder, "check").code, 0, "{name}");
    }
}

/// The text itself; `UPDATE=1 cargo test -p farrier-cli --test init` rewrites it.
#[test]
fn the_file_reads_as_recorded() {
    let folder = fresh("recorded");
    let arguments =
        "--overlay ../../models/kms.waiters.json --operation *CustomKeyStore* --out clients/kms";
    assert_eq!(farrier(&folder, &format!("{KMS} {arguments}")).code, 0);
    let text = fs::read_to_string(folder.join("farrier.toml")).unwrap();
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/init.farrier.toml");
    if env::var_os("UPDATE").is_some() {
        fs::write(&record, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(record).unwrap(), text);
}

/// The quick start is what `farrier init` writes: it is compiled, run and called with every `cargo test`.
#[test]
fn the_build_script_is_that_of_the_quick_start() {
    let folder = fresh("build");
    let operations = [
        "Create",
        "Connect",
        "Describe",
        "Update",
        "Disconnect",
        "Delete",
    ];
    let operations = operations.map(|name| {
        let plural = if name == "Describe" { "s" } else { "" };
        format!("--operation {name}CustomKeyStore{plural}")
    });
    let arguments = format!(
        "--build-rs --overlay ../../models/kms.waiters.json {}",
        operations.join(" ")
    );
    let made = farrier(&folder, &format!("{KMS} {arguments}"));
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(listed(&folder), ["build.rs", "farrier.toml"]);
    let quickstart = root().join("tests/quickstart");
    let expected = fs::read_to_string(quickstart.join("build.rs")).unwrap();
    assert_eq!(
        fs::read_to_string(folder.join("build.rs")).unwrap(),
        expected
    );
    let program = fs::read_to_string(quickstart.join("src/main.rs")).unwrap();
    let included = made.out.split("and the program:\n\n").nth(1).unwrap();
    let included: Vec<&str> = included.lines().map(|line| &line[4..]).collect();
    assert!(program.contains(&included.join("\n")), "{made:?}");
    for line in [
        "[dependencies]",
        "farrier-runtime = \"0.1\"",
        "[build-dependencies]",
        "farrier = \"0.1\"",
    ] {
        assert!(
            made.out.contains(&format!("\n    {line}\n")),
            "{line}: {made:?}"
        );
    }
    assert_eq!(farrier(&folder, "generate").code, 0);
}

#[test]
fn what_is_there_stays() {
    let folder = fresh("there");
    fs::write(folder.join("build.rs"), "// Mine.\n").unwrap();
    let refused = farrier(&folder, &format!("{SMALL} --build-rs"));
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{refused:?}");
    assert!(
        refused
            .err
            .contains("error[FA0303]: this file is there already\n--> build.rs\n"),
        "{refused:?}"
    );
    assert_eq!(listed(&folder), ["build.rs"], "all or nothing");
    assert_eq!(
        fs::read_to_string(folder.join("build.rs")).unwrap(),
        "// Mine.\n"
    );

    let forced = farrier(&folder, &format!("{SMALL} --build-rs --force"));
    assert_eq!(forced.code, 0, "{forced:?}");
    assert_eq!(listed(&folder), ["build.rs", "farrier.toml"]);
    assert!(
        fs::read_to_string(folder.join("build.rs"))
            .unwrap()
            .contains("Generator")
    );
    assert_eq!(farrier(&folder, SMALL).code, 2);
}

/// A link that leads nowhere is there too; what it leads to is not written.
#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = fresh("links");
    std::os::unix::fs::symlink("elsewhere", folder.join("farrier.toml")).unwrap();
    assert_eq!(farrier(&folder, SMALL).code, 2);
    assert_eq!(listed(&folder), ["farrier.toml"]);
}

#[test]
fn a_model_with_faults_is_no_start() {
    let folder = fresh("faults");
    for (arguments, part) in [
        ("--operation Dance", "FA0103"),
        ("--service Nobody", "FA0100"),
        ("--crate-name 1st", "FA0300"),
        ("../../models/none.json", "FA0001"),
        ("--out a --module b.rs", "cannot be used with"),
    ] {
        let run = farrier(&folder, &format!("{KMS} {arguments}"));
        assert_eq!(
            (run.code, run.out.as_str()),
            (2, ""),
            "{arguments}: {run:?}"
        );
        assert!(run.err.contains(part), "{arguments}: {run:?}");
    }
    assert_eq!(listed(&folder), Vec::<String>::new());
}

/// Names may hold whatever they like: what is written is read back as it was.
#[test]
fn odd_names_are_quoted() {
    let folder = fresh("odd");
    let name = "k\"m\\s 'ä\u{7f}.json";
    fs::copy(root().join("models/kms.json"), folder.join(name)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
    command
        .current_dir(&folder)
        .args(["init", name, "--operation", "ListKeys", "--build-rs"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(farrier(&folder, "generate").code, 0);
    let script = fs::read_to_string(folder.join("build.rs")).unwrap();
    assert!(
        script.contains(r#".model("k\"m\\s 'ä\u{7f}.json")"#),
        "{script}"
    );
}

/// What the code needs of the runtime is among the lines for the manifest.
#[test]
fn the_manifest_has_the_features_that_are_needed() {
    let folder = fresh("features");
    let model = r#"{"smithy": "2.0", "shapes": {
"x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Put"}], "traits": {"aws.protocols#awsJson1_1": {}}},
"x#Put": {"type": "operation", "input": {"target": "x#In"}, "traits": {"smithy.api#requestCompression": {"encodings": ["gzip"]}}},
"x#In": {"type": "structure", "members": {}}}}"#;
    fs::write(folder.join("m.json"), model).unwrap();
    for target in ["--module m.rs", "--build-rs --force"] {
        let made = farrier(&folder, &format!("init m.json {target}"));
        let line = "\n    farrier-runtime = { version = \"0.1\", features = [\"gzip\"] }\n";
        assert!(made.out.contains(line), "{made:?}");
    }
    fs::create_dir_all(folder.join("runtime")).unwrap();
    fs::write(folder.join("runtime/Cargo.toml"), "").unwrap();
    let made = farrier(
        &folder,
        "init m.json --build-rs --force --runtime-path runtime",
    );
    let line = "\n    farrier-runtime = { path = \"runtime\", features = [\"gzip\"] }\n";
    assert!(made.out.contains(line), "{made:?}");
}
