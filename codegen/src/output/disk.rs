//! What is on disk against what was made.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::staging::Staging;
use super::{File, is_generated};
use crate::error::Error;
use crate::order;

/// Where files go, and what else there belongs to the generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    /// The folder that the paths of the files start from.
    pub(crate) base: PathBuf,
    /// The folder under `base` whose generated files are removed when they are no longer made.
    pub(crate) owned: Option<&'static str>,
}

/// How the disk differs from what was made. Paths are under the base, in the order of the files; surplus ones sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// There, with another content.
    pub(crate) stale: Vec<PathBuf>,
    /// Not there.
    pub(crate) missing: Vec<PathBuf>,
    /// Generated once, not made any more.
    pub(crate) surplus: Vec<PathBuf>,
    /// Not generated, and in the way.
    foreign: Vec<PathBuf>,
}

impl Tree {
    /// Compares what was made with what is there.
    pub(crate) fn compare(&self, files: &[File]) -> Result<Difference, Error> {
        let mut difference = Difference::default();
        for file in files {
            let path = self.base.join(&file.path);
            match fs::read(&path) {
                Ok(content) if content == file.text.as_bytes() => {}
                Ok(content) => {
                    if !is_generated(&content) {
                        difference.foreign.push(path);
                    }
                    difference.stale.push(file.path.clone());
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    difference.missing.push(file.path.clone());
                }
                Err(error) => return Err(Error::io("read", path, error)),
            }
        }
        if let Some(owned) = self.owned {
            let made = files.iter().map(|file| file.path.as_path()).collect();
            self.find_surplus(Path::new(owned), &made, &mut difference.surplus)?;
            order::sort(&mut difference.surplus);
        }
        Ok(difference)
    }

    /// Makes the disk what was made; after a failure it is as it was.
    pub(crate) fn write(&self, files: &[File], difference: &Difference) -> Result<(), Error> {
        if !difference.foreign.is_empty() {
            return Err(Error::Foreign(difference.foreign.clone()));
        }
        if difference.is_empty() {
            return Ok(());
        }
        let changed = difference.stale.iter().chain(&difference.missing);
        let changed: HashSet<&PathBuf> = changed.collect();
        let mut staging = Staging::new(&self.base)?;
        let files = files.iter().filter(|file| changed.contains(&file.path));
        staging.stage(&files.collect::<Vec<_>>())?;
        for path in &difference.surplus {
            staging.stage_removal(path);
        }
        staging.commit()
    }

    /// Generated files below `folder` that are not among `made`; links are not followed.
    fn find_surplus(
        &self,
        folder: &Path,
        made: &HashSet<&Path>,
        surplus: &mut Vec<PathBuf>,
    ) -> Result<(), Error> {
        let path = self.base.join(folder);
        let failed = |error| Error::io("list", path.clone(), error);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let inside = folder.join(entry.file_name());
            if kind.is_dir() {
                self.find_surplus(&inside, made, surplus)?;
            } else if kind.is_file()
                && inside
                    .extension()
                    .is_some_and(|extension| extension == "rs")
                && !made.contains(inside.as_path())
            {
                let content = fs::read(entry.path());
                let content = content.map_err(|error| Error::io("read", entry.path(), error))?;
                if is_generated(&content) {
                    surplus.push(inside);
                }
            }
        }
        Ok(())
    }
}

impl Difference {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.surplus.is_empty()
    }
}
