//! Names this build of the generator, where its version does not: in a checkout.
//!
//! A published package is alone in its folder, and its version says what it prints. In a checkout the generator is worked
//! on under one version, so its sources are hashed, and what its dependencies are locked to.

use std::fs;
use std::hash::Hasher;
use std::io::Result;
use std::path::{Path, PathBuf};

use siphasher::sip128::{Hasher128, SipHasher13};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let sources = Path::new("../src");
    if !sources.join("generate.rs").exists() {
        return Ok(());
    }
    let mut files = Vec::new();
    walk(sources, &mut files)?;
    files.sort();
    files.push("../Cargo.toml".into());
    files.extend(
        ["../../Cargo.lock".into()]
            .into_iter()
            .filter(|path: &PathBuf| path.exists()),
    );
    let mut hasher = SipHasher13::new();
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let content = fs::read(&path)?;
        hasher.write_u64(content.len() as u64);
        hasher.write(&content);
    }
    let hash = hasher.finish128().as_u128() >> 64;
    println!("cargo::rustc-env=FARRIER_BUILD={hash:016x}");
    Ok(())
}

/// The files below a folder that decide what is printed: all but tests.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    // A file that comes anew changes the folder.
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
