//! The Python that brings services and clients written by others.

use crate::repository;
use std::path::PathBuf;
use std::process::Command;

/// Names the folder of the virtual environment; `tests/.venv` where it is not set.
const VARIABLE: &str = "FARRIER_VENV";

/// The folder of our Python programs.
pub fn programs() -> PathBuf {
    repository().join("tests/conformance/python")
}

/// A Python that has what `requirements.txt` lists.
///
/// # Panics
///
/// When there is none: a suite that cannot run has not passed.
pub fn python() -> Command {
    let folder = match std::env::var_os(VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("tests/.venv"),
    };
    let program = folder.join("bin/python");
    assert!(
        program.is_file(),
        "{} is not there: this suite needs a virtual environment with what {} lists; \
         `.ci/run venv` makes one in tests/.venv, and {VARIABLE} names another",
        program.display(),
        programs().join("requirements.txt").display()
    );
    Command::new(program)
}
