//! Calls the command, and keeps what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a run ended and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn farrier(folder: &Path, arguments: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
    run(command
        .current_dir(folder)
        .args(arguments.split_whitespace()))
}

pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of a test's own, with the models in it.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    for file in ["kms.json", "kms.waiters.json"] {
        fs::copy(models.join(file), path.join(file)).unwrap();
    }
    path
}
