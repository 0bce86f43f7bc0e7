//! Changes to a folder that happen together or not at all.
//!
//! New contents are written beside the folder's files first, so that a full disk or a missing right shows before
//! anything is touched. Then each takes its place by a rename; what was there is kept until the last one succeeded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::{File, threads};
use crate::error::Error;

/// Changes that wait to be made. Dropped before its end, it undoes what it did.
#[derive(Debug)]
pub(super) struct Staging {
    /// What the paths of the changes start from.
    base: PathBuf,
    /// Holds new contents and what they replaced, while this lives.
    folder: PathBuf,
    changes: Vec<Change>,
    /// Folders made on the way, the outermost first.
    made: Vec<PathBuf>,
    /// What was done so far.
    done: Vec<Done>,
}

#[derive(Debug)]
enum Change {
    /// The staged content goes to `target`.
    Write { staged: PathBuf, target: PathBuf },
    /// `target` goes away.
    Remove { target: PathBuf },
}

#[derive(Debug)]
enum Done {
    /// There was nothing here before.
    Added(PathBuf),
    /// What was here before is kept as `old`.
    Replaced { old: PathBuf, target: PathBuf },
}

/// Tells apart the stagings of one process.
static COUNT: AtomicU32 = AtomicU32::new(0);

impl Staging {
    /// Begins changes below `base`, which is made if need be.
    pub(super) fn new(base: &Path) -> Result<Staging, Error> {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut staging = Staging {
            base: base.to_owned(),
            folder: base.join(format!(".farrier-{}-{count}", process::id())),
            changes: Vec::new(),
            made: Vec::new(),
            done: Vec::new(),
        };
        let folder = staging.folder.clone();
        staging.make_folder(&folder)?;
        Ok(staging)
    }

    /// Notes new contents for paths under the base and writes them, to another place for now.
    pub(super) fn stage(&mut self, files: &[&File]) -> Result<(), Error> {
        let first = self.changes.len();
        let (base, folder) = (&self.base, &self.folder);
        let staged = |index: usize| folder.join(format!("new-{}", first + index));
        let failed: Vec<OnceLock<Error>> = files.iter().map(|_| OnceLock::new()).collect();
        threads::share(files.len(), &|index| {
            let file = files[index];
            if let Err(error) = fs::write(staged(index), &file.text) {
                failed[index].get_or_init(|| Error::io("write", base.join(&file.path), error));
            }
        });
        let changes = files.iter().enumerate().map(|(index, file)| Change::Write {
            staged: staged(index),
            target: base.join(&file.path),
        });
        self.changes.extend(changes);
        // Of several, the first in the order of the files, whichever failed first.
        let mut failed = failed.into_iter().filter_map(OnceLock::into_inner);
        failed.next().map_or(Ok(()), Err)
    }

    /// Notes that a path under the base goes away.
    pub(super) fn stage_removal(&mut self, path: &Path) {
        let target = self.base.join(path);
        self.changes.push(Change::Remove { target });
    }

    /// Makes the changes.
    pub(super) fn commit(mut self) -> Result<(), Error> {
        let mut emptied = Vec::new();
        for (index, change) in std::mem::take(&mut self.changes).into_iter().enumerate() {
            let old = self.folder.join(format!("old-{index}"));
            match change {
                Change::Write { staged, target } => self.put(staged, target, old)?,
                Change::Remove { target } => {
                    fs::rename(&target, &old)
                        .map_err(|error| Error::io("remove", target.clone(), error))?;
                    emptied.extend(target.parent().map(Path::to_owned));
                    self.done.push(Done::Replaced { old, target });
                }
            }
        }
        self.done.clear();
        self.made.clear();
        for folder in emptied {
            remove_empty(&folder, &self.base);
        }
        Ok(())
    }

    fn put(&mut self, staged: PathBuf, target: PathBuf, old: PathBuf) -> Result<(), Error> {
        if let Some(parent) = target.parent() {
            self.make_folder(parent)?;
        }
        let failed = |error| Error::io("write", target.clone(), error);
        let existed = target.symlink_metadata().is_ok();
        if existed && fs::hard_link(&target, &old).is_err() {
            // Not every file system has hard links.
            fs::copy(&target, &old).map_err(failed)?;
        }
        fs::rename(&staged, &target).map_err(failed)?;
        self.done.push(if existed {
            Done::Replaced { old, target }
        } else {
            Done::Added(target)
        });
        Ok(())
    }

    /// Makes a folder and those around it, and remembers which were not there.
    fn make_folder(&mut self, folder: &Path) -> Result<(), Error> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_folder(parent)?;
        }
        fs::create_dir(folder).map_err(|error| Error::io("make the folder", folder, error))?;
        if folder != self.folder {
            self.made.push(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Undoes what was done, the last first, and tidies up. Nothing more can be done about what fails here.
    fn drop(&mut self) {
        for done in self.done.drain(..).rev() {
            let _ = match done {
                Done::Added(target) => fs::remove_file(target),
                Done::Replaced { old, target } => fs::rename(old, target),
            };
        }
        let _ = fs::remove_dir_all(&self.folder);
        for folder in self.made.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Removes a folder and those around it, up to `base`, as long as they are empty.
fn remove_empty(folder: &Path, base: &Path) {
    let mut at = Some(folder);
    while let Some(folder) = at {
        if folder == base || fs::remove_dir(folder).is_err() {
            return;
        }
        at = folder.parent();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{File, Staging};

    /// A fresh folder for a test.
    fn fresh(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("farrier-staging-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
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
        let mut staging = Staging::new(&base).unwrap();
        stage(&mut staging, "b.rs");
        stage(&mut staging, "deep/er/c.rs");
        staging.stage_removal(Path::new("gone/a.rs"));
        staging.commit().unwrap();
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
        let mut staging = Staging::new(&base).unwrap();
        stage(&mut staging, "a.rs");
        stage(&mut staging, "new/b.rs");
        staging.stage_removal(Path::new("gone.rs"));
        // A file cannot take the place of a folder.
        stage(&mut staging, "in/the/way");
        fs::create_dir_all(base.join("in/the/way")).unwrap();
        let error = staging.commit().unwrap_err().to_string();
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
            let mut staging = Staging::new(&base).unwrap();
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
        let mut staging = Staging::new(&base).unwrap();
        stage(&mut staging, "Cargo.toml");
        stage(&mut staging, "src/lib.rs");
        let error = staging.commit().unwrap_err().to_string();
        assert!(error.contains("src"), "{error}");
        assert_eq!(listing(&base), before);
        fs::remove_dir_all(base).unwrap();
    }
}
