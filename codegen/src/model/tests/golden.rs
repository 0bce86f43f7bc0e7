//! The texts of diagnostics: `codegen/tests/diagnostics/*.json` against the `*.txt` beside them.
//!
//! `X.overlay.json` is read together with `X.json`, as an overlay, and `X.more.json` as another model file.
//! `UPDATE=1 cargo test -p farrier --lib golden` rewrites the texts.

use std::path::{Path, PathBuf};

use super::{Source, read_all};

#[test]
fn diagnostics_read_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".json") && name.matches('.').count() == 1
        })
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let different: Vec<String> = cases.iter().filter_map(|path| difference(path)).collect();
    assert!(
        different.is_empty(),
        "UPDATE=1 rewrites:\n{}",
        different.join("\n")
    );
}

/// What a case says now, if that is not what is recorded.
fn difference(path: &Path) -> Option<String> {
    let read = |path: &Path| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        (name, std::fs::read(path))
    };
    let (name, content) = read(path);
    let mut sources = vec![Source::model(name, content)];
    for (suffix, source) in [
        ("more", Source::model as fn(String, _) -> Source),
        ("overlay", Source::overlay),
    ] {
        let path = path.with_extension(format!("{suffix}.json"));
        if path.exists() {
            let (name, content) = read(&path);
            sources.push(source(name, content));
        }
    }
    let (_, diagnostics) = read_all(sources);
    let actual = format!("{diagnostics}\n");
    let record = path.with_extension("txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&record, &actual).expect("the record can be written");
    }
    let expected = std::fs::read_to_string(&record).unwrap_or_default();
    (expected != actual).then(|| format!("{}\n{actual}", path.display()))
}
