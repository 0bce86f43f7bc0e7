//! What is on disk against what was made.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::File;
use super::hash::normalized;
use super::header::Headed;
use super::seal::{self, without_build};
use super::staging::Staging;
use crate::error::Error;
use crate::list::List as _;
use crate::order;

/// Where files go, and what else there belongs to the generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    /// The folder that the paths of the files start from.
    pub(crate) base: PathBuf,
    /// The file that has the seal, under `base`.
    pub(crate) sealed: PathBuf,
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
    /// Those of `stale` and `surplus` whose bodies somebody changed.
    pub(crate) edited: Vec<PathBuf>,
    /// Not generated, and in the way.
    pub(crate) foreign: Vec<PathBuf>,
    /// As it was made but for the build of the generator in its seal.
    pub(crate) resealed: Option<PathBuf>,
}

impl Tree {
    /// Compares what was made with what is there, as if all lines ended in `\n`.
    pub(crate) fn compare(&self, files: &[File]) -> Result<Difference, Error> {
        let mut difference = Difference::default();
        for file in files {
            let path = self.base.join(&file.path);
            match fs::read(&path) {
                Ok(content) => compare(file, &content, &mut difference),
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    difference.missing.push(file.path.clone());
                }
                Err(error) => return Err(Error::io("read", path, error)),
            }
        }
        let made: HashSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
        let mut others = self.sources()?;
        others.retain(|path| !made.contains(path.as_path()));
        for path in others {
            let content = self.read(&path)?;
            let text = String::from_utf8_lossy(&content);
            if let Some(headed) = Headed::read(&text) {
                if headed.is_edited() {
                    difference.edited.push(path.clone());
                }
                difference.surplus.push(path);
            }
        }
        Ok(difference)
    }

    /// Writes what differs beside what is there.
    pub(crate) fn stage(&self, files: &[File], difference: &Difference) -> Result<Staging, Error> {
        let changed = difference.stale.iter().chain(&difference.missing);
        let changed = changed.chain(&difference.resealed);
        let changed: HashSet<&Path> = changed.map(PathBuf::as_path).collect();
        let mut staging = Staging::new(&self.base, &self.staging())?;
        let files = files
            .iter()
            .filter(|file| changed.contains(file.path.as_path()));
        staging.stage(&files.list())?;
        for path in &difference.surplus {
            staging.stage_removal(path);
        }
        Ok(staging)
    }

    /// Undoes what a run that was killed left half done.
    pub(crate) fn recover(&self) -> Result<(), Error> {
        Staging::recover(&self.base, &self.staging())
    }

    /// The name of the folder that changes are staged in: one at a time for a crate or a module.
    fn staging(&self) -> String {
        match self.owned {
            Some(_) => ".farrier".to_owned(),
            None => format!(".farrier-{}", self.sealed.display()),
        }
    }

    /// A file under the base, with `\n` as the end of lines.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        let path = self.base.join(path);
        let content = fs::read(&path).map_err(|error| Error::io("read", path, error))?;
        Ok(match normalized(&content) {
            std::borrow::Cow::Borrowed(_) => content,
            std::borrow::Cow::Owned(content) => content,
        })
    }

    /// The files of Rust in the owned folder, sorted.
    pub(super) fn sources(&self) -> Result<Vec<PathBuf>, Error> {
        let mut sources = Vec::new();
        if let Some(owned) = self.owned {
            self.walk(Path::new(owned), &mut sources)?;
            order::sort(&mut sources);
        }
        Ok(sources)
    }

    /// The files of Rust below `folder`; links are not followed.
    fn walk(&self, folder: &Path, sources: &mut Vec<PathBuf>) -> Result<(), Error> {
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
                self.walk(&inside, sources)?;
            } else if kind.is_file() && inside.extension().is_some_and(|name| name == "rs") {
                sources.push(inside);
            }
        }
        Ok(())
    }
}

/// Compares a file with the content of the one in its place.
fn compare(file: &File, content: &[u8], difference: &mut Difference) {
    let content = normalized(content);
    if *content == *file.text.as_bytes() {
        return;
    }
    let text = String::from_utf8_lossy(&content);
    let Some(there) = Headed::read(&text) else {
        difference.foreign.push(file.path.clone());
        difference.stale.push(file.path.clone());
        return;
    };
    let edited = there.is_edited();
    if let Some(made) = Headed::read(&file.text) {
        // Nothing is lost of an edit that the generator now makes too.
        if edited && there.body != made.body {
            difference.edited.push(file.path.clone());
        }
        let names_build = seal::names_build(&made);
        if without_build(there) == without_build(made) {
            difference.resealed = names_build.then(|| file.path.clone());
            return;
        }
    }
    difference.stale.push(file.path.clone());
}

impl Difference {
    /// Whether there is nothing to write or to remove.
    pub(crate) fn is_empty(&self) -> bool {
        let Difference {
            stale,
            missing,
            surplus,
            resealed,
            ..
        } = self;
        stale.is_empty() && missing.is_empty() && surplus.is_empty() && resealed.is_none()
    }
}

/// How many lines a text has, the last of which has an end.
pub(crate) fn lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}
