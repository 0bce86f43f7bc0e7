//! What a run is about to change, in a file, so that it can be undone by another run.

use std::fs;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

/// The changes of a run, and the folders it makes for them. Paths are under the base.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    text: String,
}

/// A change.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry<P> {
    /// A file gets another content.
    Replace(P),
    /// A file comes where there was none.
    Add(P),
    /// A file goes away.
    Remove(P),
}

/// The name of the file.
const NAME: &str = "journal";

/// What a line ends with.
const END: char = '\0';

impl Journal {
    /// A journal without changes.
    pub(super) fn new(folders: &[PathBuf]) -> Journal {
        let mut journal = Journal::default();
        for folder in folders {
            journal.line("folder", folder);
        }
        journal
    }

    /// Adds a change; the first has the number 0.
    pub(super) fn add(&mut self, entry: &Entry<&PathBuf>) {
        match entry {
            Entry::Replace(path) => self.line("replace", path),
            Entry::Add(path) => self.line("add", path),
            Entry::Remove(path) => self.line("remove", path),
        }
    }

    /// Adds a line. Lines end with a character that no path has.
    fn line(&mut self, word: &str, path: &Path) {
        // A path under the base is text: names of modules, or the name of a file, of which that is asked.
        let path = path.to_string_lossy();
        self.text.push_str(&format!("{word} {path}{END}"));
    }

    /// Writes it to a folder, as a whole.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let part = folder.join("journal-part");
        fs::write(&part, &self.text)?;
        fs::rename(part, folder.join(NAME))
    }

    /// Reads it from a folder, when there is one.
    pub(super) fn read(folder: &Path) -> Result<Option<Journal>> {
        match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => Ok(Some(Journal { text })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes it from a folder, when there is one.
    pub(super) fn remove(folder: &Path) -> Result<()> {
        match fs::remove_file(folder.join(NAME)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The folders, those around others first.
    pub(super) fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.lines()
            .filter_map(|(word, path)| (word == "folder").then_some(path))
    }

    /// The changes.
    pub(super) fn changes(&self) -> impl Iterator<Item = Entry<&str>> {
        self.lines().filter_map(|(word, path)| match word {
            "replace" => Some(Entry::Replace(path)),
            "add" => Some(Entry::Add(path)),
            "remove" => Some(Entry::Remove(path)),
            _ => None,
        })
    }

    fn lines(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.text
            .split_terminator(END)
            .filter_map(|line| line.split_once(' '))
    }
}
