//! What the command says of bad input: whole texts as recorded in `shown/`, for people and for tools.
//!
//! The inputs are those of the library's own tests, and the examples of `farrier explain`.
//! `UPDATE=1 cargo test -p farrier-cli --test diagnostics` rewrites the texts.

mod config;
mod examples;
mod formats;
mod recorded;

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

/// The command, in an environment that says nothing of colours.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn farrier(folder: &Path, arguments: &str) -> Run {
    let mut command = command(env!("CARGO_BIN_EXE_farrier"), folder);
    run(command.args(arguments.split_whitespace()))
}

fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of a test's own, empty.
fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diagnostics")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// The folder of this package.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a text with the one that is recorded; says what differs, unless it is to be rewritten.
fn difference(record: &Path, actual: &str) -> Option<String> {
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(record.parent()?).unwrap();
        fs::write(record, actual).unwrap();
    }
    let expected = fs::read_to_string(record).unwrap_or_default();
    (expected != actual).then(|| format!("{}\n{actual}", record.display()))
}

fn none_differs(different: &[String]) {
    assert!(
        different.is_empty(),
        "UPDATE=1 rewrites:\n{}",
        different.join("\n")
    );
}
