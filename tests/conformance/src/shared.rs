//! What stands beside the repository: published models and tools, which belong to others and may be absent.

use crate::repository;
use std::io::Write;
use std::path::PathBuf;

/// A file of `../shared`, or nothing and a word about it.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = repository().join("../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    // Not captured by the test harness: that a comparison did not happen is to be seen in every run.
    say(&format!(
        "absent, so nothing is compared with it: ../shared/{path}"
    ));
    None
}

/// Prints a line that is seen whether the test passes or not.
pub fn say(line: &str) {
    let mut output = std::io::stderr().lock();
    writeln!(output, "{line}").expect("standard error takes a line");
}
