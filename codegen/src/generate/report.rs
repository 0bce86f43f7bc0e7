//! What came of the settings: output that is ready to be written, and the report of it.

use std::path::{Path, PathBuf};

#[cfg(feature = "tools")]
use super::sealed::Reason;
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::list::List as _;
use crate::output::{Difference, File, Staging, Tree};

/// Output that is made and compared with what is there, ready to be written.
#[derive(Debug)]
pub struct Prepared {
    tree: Tree,
    files: Vec<File>,
    difference: Difference,
    report: Report,
    force: bool,
}

impl Prepared {
    pub(super) fn new(
        tree: Tree,
        files: Vec<File>,
        difference: Difference,
        report: Report,
        force: bool,
    ) -> Prepared {
        Prepared {
            tree,
            files,
            difference,
            report,
            force,
        }
    }

    /// Writes it, all or nothing; the report says what was changed.
    ///
    /// # Errors
    ///
    /// As [`stage`](Prepared::stage) and [`Staged::commit`].
    pub fn write(self) -> Result<Report, Error> {
        let mut staged = self.stage()?;
        staged.commit()?;
        staged.finish()?;
        Ok(staged.into_report())
    }

    /// Writes it to a hidden folder beside what is there, which stays as it is until [`Staged::commit`].
    ///
    /// # Errors
    ///
    /// When a file that was not generated is in the way, when one that was has been edited and
    /// [`force`](crate::Generator::force) was not called, when another run is writing there, and when the disk refuses.
    pub fn stage(self) -> Result<Staged, Error> {
        self.refusal().map_or(Ok(()), Err)?;
        let staging = match self.difference.is_empty() {
            true => None,
            false => Some(self.tree.stage(&self.files, &self.difference)?),
        };
        Ok(Staged {
            staging,
            report: self.report,
        })
    }

    /// Why it would not be written: files that are not the generator's to overwrite.
    pub fn refusal(&self) -> Option<Error> {
        let Difference {
            foreign, edited, ..
        } = &self.difference;
        if !foreign.is_empty() {
            Some(Error::Foreign(in_base(&self.tree, foreign)))
        } else if !edited.is_empty() && !self.force {
            Some(Error::Edited(in_base(&self.tree, edited)))
        } else {
            None
        }
    }

    /// What would be changed.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What would be written to one of the paths that the report names; nothing for one that would be removed.
    pub fn text(&self, path: &Path) -> Option<&str> {
        let path = path.strip_prefix(&self.tree.base).ok()?;
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.text)
    }

    /// Writes nothing; the report says what would be changed.
    pub fn compare(self) -> Report {
        self.report
    }
}

/// Output that lies beside what it is to replace. Dropped before it is [finished](Staged::finish), it leaves everything
/// as it was.
#[derive(Debug)]
pub struct Staged {
    /// None where there is nothing to change.
    staging: Option<Staging>,
    report: Report,
}

impl Staged {
    /// Puts it in its place, all of it; what was there is kept aside.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.staging.as_mut().map_or(Ok(()), Staging::commit)
    }

    /// Makes it last. What was there before is removed when this is dropped.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.staging.as_mut().map_or(Ok(()), Staging::finish)
    }

    /// What was changed.
    pub fn into_report(self) -> Report {
        self.report
    }
}

/// What was generated, and how it differs from what was there before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The name of the crate, or the path of the module's file.
    pub name: String,
    /// Where it is: the folder of the crate, or the file of the module.
    pub out: PathBuf,
    /// How many operations there are.
    pub operations: usize,
    /// How many files there are.
    pub files: usize,
    /// How many lines they have.
    pub lines: usize,
    /// The features of `farrier-runtime` that the code needs; the manifest of a crate names them. Empty where the model was
    /// not read, as by `Generator::sealed`.
    pub runtime_features: Vec<&'static str>,
    /// Files that were there with another content.
    pub stale: Vec<PathBuf>,
    /// Files that were not there.
    pub missing: Vec<PathBuf>,
    /// Generated files of an earlier run that are no longer made.
    pub surplus: Vec<PathBuf>,
    /// Those among `stale` and `surplus` that somebody changed: what they hold does not fit the hash in their header.
    pub edited: Vec<PathBuf>,
    /// Those among `stale` that are not the generator's: they have no header, and nothing overwrites them.
    pub foreign: Vec<PathBuf>,
    /// Whether all is as it would be made, but by another [build](crate::Generator::build) of the generator.
    pub other_build: bool,
    /// Why it is not fresh. Empty where it is, and where nothing is the matter but `edited` and `foreign` files.
    #[cfg(feature = "tools")]
    pub reasons: Vec<Reason>,
    /// What looks wrong with the model and does not stop the run. Empty where the model was not read, as by
    /// `Generator::sealed`.
    pub warnings: Diagnostics,
    /// How many warnings there are, or were when the output was made.
    pub warned: usize,
}

impl Report {
    /// How what is there differs; the rest is empty.
    pub(super) fn of(tree: &Tree, difference: &Difference) -> Report {
        Report {
            stale: in_base(tree, &difference.stale),
            missing: in_base(tree, &difference.missing),
            surplus: in_base(tree, &difference.surplus),
            edited: in_base(tree, &difference.edited),
            foreign: in_base(tree, &difference.foreign),
            other_build: difference.resealed.is_some(),
            ..Report::empty()
        }
    }

    pub(super) fn empty() -> Report {
        Report {
            name: String::new(),
            out: PathBuf::new(),
            operations: 0,
            files: 0,
            lines: 0,
            runtime_features: Vec::new(),
            stale: Vec::new(),
            missing: Vec::new(),
            surplus: Vec::new(),
            edited: Vec::new(),
            foreign: Vec::new(),
            other_build: false,
            #[cfg(feature = "tools")]
            reasons: Vec::new(),
            warnings: Diagnostics::new(),
            warned: 0,
        }
    }

    /// Whether everything was there already.
    pub fn is_fresh(&self) -> bool {
        self.changed() == 0
    }

    /// How many files were stale, missing or surplus.
    pub fn changed(&self) -> usize {
        self.stale.len() + self.missing.len() + self.surplus.len()
    }
}

fn in_base(tree: &Tree, paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| tree.base.join(path)).list()
}
