//! The command under limits of time and memory.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Address space, in kB: debug builds take more than the others, and threads reserve theirs.
const MEMORY: usize = 3_000_000;

/// Where a run ends at the latest. What is linear takes seconds, in a debug build on a busy machine perhaps a minute.
const LONGEST: Duration = Duration::from_secs(240);

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("hostile")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the command on a model under the limits.
pub(super) fn run(name: &str, model: &[u8], arguments: &[&str]) -> Output {
    let folder = folder(name);
    fs::write(folder.join("model.json"), model).unwrap();
    let start = Instant::now();
    let output = Command::new("sh")
        .args([
            "-c",
            &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""),
            env!("CARGO_BIN_EXE_farrier"),
        ])
        .args(arguments)
        .current_dir(&folder)
        .output()
        .unwrap();
    let taken = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    let said: String = said.chars().take(2_000).collect();
    assert_eq!(output.status.signal(), None, "{name} was killed: {said}");
    assert!(
        !said.contains("panicked") && output.status.code() != Some(101),
        "{name}: {said}"
    );
    assert!(taken < LONGEST, "{name} took {taken:?}");
    output
}

/// The model is printed.
pub(super) fn prints(name: &str, model: &Value) {
    let output = run(
        name,
        model.to_string().as_bytes(),
        &["generate", "--model", "model.json", "--module", "out.rs"],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The model is refused, for this.
pub(super) fn refuses(name: &str, model: &[u8], why: &str) {
    let output = run(
        name,
        model,
        &["generate", "--model", "model.json", "--module", "out.rs"],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{name}");
    let shown: String = said.chars().take(2_000).collect();
    assert!(said.contains(why), "{name}: {shown}");
    let files = fs::read_dir(
        Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("hostile")
            .join(name),
    );
    assert_eq!(files.unwrap().count(), 1, "{name} left something behind");
}
