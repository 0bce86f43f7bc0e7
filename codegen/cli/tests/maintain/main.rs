//! What those who maintain generated crates rely on: what `check` tells, what `generate` keeps, and that nothing is ever
//! half written.

mod batch;
#[path = "../called/mod.rs"]
mod called;
mod check;
mod documents;
#[cfg(unix)]
mod interrupted;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder with what they hold, and the folders.
fn listing(folder: &Path) -> BTreeMap<PathBuf, Option<String>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(listing(&path));
            all.insert(path, None);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            all.insert(path, Some(text));
        }
    }
    all
}

/// Changes a file, in which something must be to change.
fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from:?} in {}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}
