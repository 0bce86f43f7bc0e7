//! Changes to a folder that happen together or not at all.
//!
//! New contents are written beside the folder's files first, so that a full disk or a missing right shows before
//! anything is touched. Then each takes its place by a rename; what was there is kept until the last one succeeded.
//! What is changed stands in a journal before it is changed, so that a run that was killed can be undone by the next.

use std::collections::HashSet;
use std::fs::{self, TryLockError};
use std::io::{ErrorKind, Result as IoResult};
use std::path::{Path, PathBuf};

use super::journal::{Entry, Journal};
use super::{File, threads};
use crate::error::Error;

/// Changes that wait to be made. Dropped before its end, it undoes what it did.
#[derive(Debug)]
pub(crate) struct Staging {
    /// What the paths of the changes start from.
    base: PathBuf,
    /// Holds new contents and what they replaced, while this lives.
    folder: PathBuf,
    /// Held by who works in the folder; the system lets it go when a process ends, however it ends.
    lock: Option<fs::File>,
    changes: Vec<Change>,
    /// Folders made on the way to `folder`, the outermost first.
    made: Vec<PathBuf>,
    /// Whether what was done is to stay.
    finished: bool,
}

#[derive(Debug)]
enum Change {
    /// The staged content goes to this path under the base.
    Write(PathBuf),
    /// This path under the base goes away.
    Remove(PathBuf),
}

/// The name of the file that is locked.
const LOCK: &str = "lock";

impl Staging {
    /// Begins changes below `base`, which is made if need be. There is one at a time for each `name`, which is that of
    /// a hidden folder.
    pub(super) fn new(base: &Path, name: &str) -> Result<Staging, Error> {
        let mut staging = Staging {
            base: base.to_owned(),
            folder: base.join(name),
            lock: None,
            changes: Vec::new(),
            made: Vec::new(),
            finished: false,
        };
        staging.make_base(base)?;
        let folder = &staging.folder;
        match fs::create_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(Error::Busy(folder.clone()));
            }
            Err(error) => return Err(Error::io("make the folder", folder, error)),
        }
        let lock = fs::File::create(folder.join(LOCK)).map_err(|error| {
            let _ = fs::remove_dir(folder);
            Error::io("write in", folder, error)
        })?;
        // Where files cannot be locked, nobody takes a run for dead.
        let _ = lock.try_lock();
        staging.lock = Some(lock);
        Ok(staging)
    }

    /// Undoes what a run of that name left behind when it was killed.
    pub(super) fn recover(base: &Path, name: &str) -> Result<(), Error> {
        let folder = base.join(name);
        if !folder.is_dir() {
            return Ok(());
        }
        let failed = |error| Error::io("undo what a run left in", &folder, error);
        match fs::File::open(folder.join(LOCK)).map(|file| file.try_lock()) {
            // It was killed before it held the lock, or the lock has gone with it.
            Ok(Ok(())) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Ok(Err(TryLockError::WouldBlock)) => return Err(Error::Busy(folder)),
            Ok(Err(TryLockError::Error(error))) | Err(error) => return Err(failed(error)),
        }
        undo(base, &folder).map_err(failed)?;
        fs::remove_dir_all(&folder).map_err(failed)
    }

    /// Notes new contents for paths under the base and writes them, to another place for now.
    pub(super) fn stage(&mut self, files: &[&File]) -> Result<(), Error> {
        let first = self.changes.len();
        let (base, folder) = (&self.base, &self.folder);
        let written = threads::map(files.len(), |index| {
            let file = files[index];
            fs::write(new(folder, first + index), &file.text)
                .map_err(|error| Error::io("write", base.join(&file.path), error))
        });
        let changes = files.iter().map(|file| Change::Write(file.path.clone()));
        self.changes.extend(changes);
        // Of several, the first in the order of the files, whichever failed first.
        written.into_iter().collect()
    }

    /// Notes that a path under the base goes away.
    pub(super) fn stage_removal(&mut self, path: &Path) {
        self.changes.push(Change::Remove(path.to_owned()));
    }

    /// Makes the changes. They are undone unless [`finish`](Staging::finish) follows.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        self.prepare()?;
        for (index, change) in self.changes.iter().enumerate() {
            self.make(index, change)?;
        }
        for change in &self.changes {
            if let Change::Remove(path) = change
                && let Some(parent) = path.parent()
            {
                remove_empty(&self.base, parent);
            }
        }
        Ok(())
    }

    /// Keeps what is to change, says in the journal what will be done, and makes the folders for it.
    fn prepare(&self) -> Result<(), Error> {
        let folders = self.missing_folders();
        let mut journal = Journal::new(&folders);
        for (index, change) in self.changes.iter().enumerate() {
            journal.add(&match change {
                Change::Remove(path) => Entry::Remove(path),
                Change::Write(path) if self.keep(index, path)? => Entry::Replace(path),
                Change::Write(path) => Entry::Add(path),
            });
        }
        let failed = |error| Error::io("write in", &self.folder, error);
        journal.write(&self.folder).map_err(failed)?;
        for folder in folders {
            let folder = self.base.join(folder);
            fs::create_dir(&folder).map_err(|error| Error::io("make the folder", folder, error))?;
        }
        Ok(())
    }

    fn make(&self, index: usize, change: &Change) -> Result<(), Error> {
        match change {
            Change::Write(path) => {
                let target = self.base.join(path);
                fs::rename(new(&self.folder, index), &target)
                    .map_err(|error| Error::io("write", target, error))
            }
            Change::Remove(path) => {
                let target = self.base.join(path);
                fs::rename(&target, old(&self.folder, index))
                    .map_err(|error| Error::io("remove", target, error))
            }
        }
    }

    /// Lets what was done stay. What was there before is removed when this is dropped, which takes its time: of several
    /// stagings all are to be finished before the first is dropped.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        Journal::remove(&self.folder)
            .map_err(|error| Error::io("write in", &self.folder, error))?;
        // From here on nothing can be undone.
        self.finished = true;
        Ok(())
    }

    /// Keeps what is at a path, when there is anything, and says whether there is.
    fn keep(&self, index: usize, path: &Path) -> Result<bool, Error> {
        let target = self.base.join(path);
        if !is_there(&target) {
            return Ok(false);
        }
        let old = old(&self.folder, index);
        if fs::hard_link(&target, &old).is_err() {
            // Not every file system has hard links.
            fs::copy(&target, &old).map_err(|error| Error::io("write", target, error))?;
        }
        Ok(true)
    }

    /// The folders under the base that new files need, those around others first.
    fn missing_folders(&self) -> Vec<PathBuf> {
        let mut missing: Vec<PathBuf> = Vec::new();
        let mut seen: HashSet<&Path> = HashSet::new();
        for change in &self.changes {
            let Change::Write(path) = change else {
                continue;
            };
            let (known, folders) = (missing.len(), path.ancestors().skip(1));
            // The last is the base, which is there.
            for folder in folders.take_while(|folder| !folder.as_os_str().is_empty()) {
                if !seen.insert(folder) || self.base.join(folder).is_dir() {
                    break;
                }
                missing.insert(known, folder.to_owned());
            }
        }
        missing
    }

    /// Makes a folder and those around it, and remembers which were not there.
    fn make_base(&mut self, folder: &Path) -> Result<(), Error> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_base(parent)?;
        }
        match fs::create_dir(folder) {
            Ok(()) => self.made.push(folder.to_owned()),
            // Another output was quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(Error::io("make the folder", folder, error)),
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Undoes what is not finished, and tidies up. What cannot be undone stays in the journal, for the next run.
    fn drop(&mut self) {
        // Without a lock the folder is somebody else's.
        if self.lock.is_some() && (self.finished || undo(&self.base, &self.folder).is_ok()) {
            self.lock = None;
            let _ = fs::remove_dir_all(&self.folder);
        }
        if !self.finished {
            for folder in self.made.drain(..).rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Where the new content of a change is, until it takes its place.
fn new(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("new-{index}"))
}

/// Where what was there before a change is.
fn old(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("old-{index}"))
}

/// Undoes what the journal in a folder says, as far as it was done. Done twice, or broken off and done again, it comes
/// to the same.
fn undo(base: &Path, folder: &Path) -> IoResult<()> {
    let Some(journal) = Journal::read(folder)? else {
        return Ok(());
    };
    for (index, entry) in journal.changes().enumerate() {
        let (new, old) = (new(folder, index), old(folder, index));
        match entry {
            Entry::Replace(path) if !is_there(&new) && is_there(&old) => {
                fs::rename(old, base.join(path))?;
            }
            Entry::Add(path) if !is_there(&new) && is_there(&base.join(path)) => {
                fs::remove_file(base.join(path))?;
            }
            Entry::Remove(path) if is_there(&old) => {
                let target = base.join(path);
                // The folder may have been removed after its last file.
                fs::create_dir_all(target.parent().unwrap_or(base))?;
                fs::rename(old, target)?;
            }
            // Not done, or undone already.
            _ => {}
        }
    }
    for made in journal.folders().rev() {
        // It stays when somebody has put something into it.
        let _ = fs::remove_dir(base.join(made));
    }
    Journal::remove(folder)
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Removes a folder under the base and those around it, as long as they are empty.
fn remove_empty(base: &Path, folder: &Path) {
    for folder in folder.ancestors() {
        if folder.as_os_str().is_empty() || fs::remove_dir(base.join(folder)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
