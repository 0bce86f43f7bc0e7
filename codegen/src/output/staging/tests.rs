//! Changes that happen together, and what is left of them when they do not.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::File;
use super::Staging;

/// A fresh folder for a test.
fn fresh(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("farrier-staging-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

const NAME: &str = ".farrier";

fn begin(base: &Path) -> Staging {
    Staging::new(base, NAME).unwrap()
}

fn stage(staging: &mut Staging, path: &str) {
    let file = File {
        path: PathBuf::from(path),
        text: "new".to_owned(),
    };
    staging.stage(&[&file]).unwrap();
}

/// Every path below a folder, with the content of files.
fn listing(folder: &Path) -> Vec<(PathBuf, Option<String>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push((path.clone(), None));
            all.extend(listing(&path));
        } else {
            all.push((path.clone(), Some(fs::read_to_string(&path).unwrap())));
        }
    }
    all.sort();
    all
}

#[test]
fn changes_happen() {
    let base = fresh("happen");
    fs::create_dir(base.join("gone")).unwrap();
    fs::write(base.join("gone/a.rs"), "old").unwrap();
    fs::write(base.join("b.rs"), "old").unwrap();
    let mut staging = begin(&base);
    stage(&mut staging, "b.rs");
    stage(&mut staging, "deep/er/c.rs");
    staging.stage_removal(Path::new("gone/a.rs"));
    staging.commit().unwrap();
    staging.finish().unwrap();
    drop(staging);
    let expected = [
        (base.join("b.rs"), Some("new".to_owned())),
        (base.join("deep"), None),
        (base.join("deep/er"), None),
        (base.join("deep/er/c.rs"), Some("new".to_owned())),
    ];
    assert_eq!(listing(&base), expected);
    fs::remove_dir_all(base).unwrap();
}

#[test]
fn a_late_failure_undoes_everything() {
    let base = fresh("undo");
    fs::write(base.join("a.rs"), "old").unwrap();
    fs::write(base.join("gone.rs"), "old").unwrap();
    let before = listing(&base);
    let mut staging = begin(&base);
    stage(&mut staging, "a.rs");
    stage(&mut staging, "new/b.rs");
    staging.stage_removal(Path::new("gone.rs"));
    // A file cannot take the place of a folder.
    stage(&mut staging, "in/the/way");
    fs::create_dir_all(base.join("in/the/way")).unwrap();
    let error = staging.commit().unwrap_err().to_string();
    drop(staging);
    assert!(error.contains("way"), "{error}");
    fs::remove_dir_all(base.join("in")).unwrap();
    assert_eq!(listing(&base), before);
    fs::remove_dir_all(base).unwrap();
}

/// Whichever thread comes to it first.
#[test]
fn of_several_failures_the_first_file_is_named() {
    let base = fresh("several");
    let files: Vec<File> = (0..8)
        .map(|index| File {
            path: format!("{index}.rs").into(),
            text: "new".to_owned(),
        })
        .collect();
    let files: Vec<&File> = files.iter().collect();
    for _ in 0..100 {
        let mut staging = begin(&base);
        fs::remove_dir_all(&staging.folder).unwrap();
        let error = staging.stage(&files).unwrap_err().to_string();
        assert!(error.contains("0.rs"), "{error}");
    }
    fs::remove_dir_all(base).unwrap();
}

#[test]
fn a_file_in_the_way_of_a_folder_is_named() {
    let base = fresh("file");
    fs::write(base.join("src"), "a file").unwrap();
    let before = listing(&base);
    let mut staging = begin(&base);
    stage(&mut staging, "Cargo.toml");
    stage(&mut staging, "src/lib.rs");
    let error = staging.commit().unwrap_err().to_string();
    drop(staging);
    assert!(error.contains("src"), "{error}");
    assert_eq!(listing(&base), before);
    fs::remove_dir_all(base).unwrap();
}

/// Leaves a staging as a process that is killed does.
fn kill(mut staging: Staging) {
    staging.lock = None;
    std::mem::forget(staging);
}

/// A folder, and changes of every kind to it.
fn changing(name: &str) -> (PathBuf, Staging) {
    let base = fresh(name);
    fs::create_dir(base.join("gone")).unwrap();
    fs::write(base.join("gone/a.rs"), "old").unwrap();
    fs::write(base.join("b.rs"), "old").unwrap();
    let mut staging = begin(&base);
    stage(&mut staging, "b.rs");
    stage(&mut staging, "deep/er/c.rs");
    stage(&mut staging, "deep/d.rs");
    staging.stage_removal(Path::new("gone/a.rs"));
    (base, staging)
}

/// However many of its changes a run had made when it was killed, the next one undoes them; and whenever that one is
/// killed, the one after it does.
#[test]
fn a_run_that_was_killed_is_undone() {
    for made in 0..=4 {
        for undone in [false, true] {
            let (base, staging) = changing("killed");
            let mut old = listing(&base);
            old.retain(|(path, _)| !path.starts_with(base.join(NAME)));
            staging.prepare().unwrap();
            for (index, change) in staging.changes.iter().take(made).enumerate() {
                staging.make(index, change).unwrap();
            }
            let folder = staging.folder.clone();
            kill(staging);
            if undone {
                super::undo(&base, &folder).unwrap();
            }
            Staging::recover(&base, NAME).unwrap();
            assert_eq!(listing(&base), old, "{made} {undone}");
            Staging::recover(&base, NAME).unwrap();
            fs::remove_dir_all(base).unwrap();
        }
    }
}

#[test]
fn a_run_that_lives_is_let_be() {
    let (base, mut staging) = changing("lives");
    for busy in [
        Staging::new(&base, NAME).map(|_| ()),
        Staging::recover(&base, NAME),
    ] {
        let error = busy.unwrap_err().to_string();
        assert!(error.contains("another run"), "{error}");
    }
    staging.commit().unwrap();
    staging.finish().unwrap();
    drop(staging);
    assert!(base.join("deep/er/c.rs").exists());
    fs::remove_dir_all(base).unwrap();
}
