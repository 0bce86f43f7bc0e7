//! What came of the settings: output that is ready to be written, and the report of it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::output::{Difference, File, Origin, Seal, Size, Staging, Tree};

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
        staged.finish()
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

    /// Gives up what was there before.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn finish(self) -> Result<Report, Error> {
        self.staging.map_or(Ok(()), Staging::finish)?;
        Ok(self.report)
    }
}

/// What was generated, and how it differs from what was there before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The name of the crate, or the path of the module's file.
    pub name: String,
    /// How many operations there are.
    pub operations: usize,
    /// How many files there are.
    pub files: usize,
    /// How many lines they have.
    pub lines: usize,
    /// Files that were there with another content.
    pub stale: Vec<PathBuf>,
    /// Files that were not there.
    pub missing: Vec<PathBuf>,
    /// Generated files of an earlier run that are no longer made.
    pub surplus: Vec<PathBuf>,
    /// Those among `stale` and `surplus` that somebody changed: what they hold does not fit the hash in their header.
    pub edited: Vec<PathBuf>,
    /// Whether all is as it would be made, but by another [build](crate::Generator::build) of the generator.
    pub other_build: bool,
    /// Why it is not fresh. Empty where it is.
    pub reasons: Vec<Reason>,
    /// What looks wrong with the model and does not stop the run.
    pub warnings: Diagnostics,
}

impl Report {
    /// The report of an output that is fresh.
    pub(super) fn sealed(name: String, operations: usize, size: Size) -> Report {
        Report {
            name,
            operations,
            files: size.files,
            lines: size.lines,
            ..Report::empty()
        }
    }

    /// How what is there differs; the rest is empty.
    pub(super) fn of(
        tree: &Tree,
        difference: &Difference,
        was: Option<Seal>,
        origin: &Origin,
    ) -> Report {
        let mut report = Report {
            stale: in_base(tree, &difference.stale),
            missing: in_base(tree, &difference.missing),
            surplus: in_base(tree, &difference.surplus),
            edited: in_base(tree, &difference.edited),
            other_build: difference.resealed.is_some(),
            ..Report::empty()
        };
        if !report.is_fresh() {
            report.reasons = match was {
                None if difference.missing.contains(&tree.sealed) => vec![Reason::Missing],
                None => vec![Reason::Unsealed],
                Some(seal) => reasons(&seal.origin, origin),
            };
        }
        report
    }

    fn empty() -> Report {
        Report {
            name: String::new(),
            operations: 0,
            files: 0,
            lines: 0,
            stale: Vec::new(),
            missing: Vec::new(),
            surplus: Vec::new(),
            edited: Vec::new(),
            other_build: false,
            reasons: Vec::new(),
            warnings: Diagnostics::new(),
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

/// Why an output is not fresh. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is not there, or the file is not that has the hashes of what it was made of.
    Missing,
    /// It does not say what it was made of: an older generator wrote it, or the header was changed.
    Unsealed,
    /// Another version of the generator made it.
    Version {
        /// That version.
        was: String,
        /// The version of this one.
        is: String,
    },
    /// A file that is read has changed, such as `model kms.json`.
    Changed(String),
    /// A file is read that was not.
    Added(String),
    /// A file is no longer read.
    Removed(String),
    /// The files are read in another order.
    Order,
    /// Settings have changed: operations, service, form, name or version of the crate, way to the runtime.
    Options,
    /// It was made of what is asked for now, and then changed, or another build of the generator made it.
    Output,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Missing => f.write_str("it was not generated yet, or was removed"),
            Reason::Unsealed => f.write_str("it does not say what it was made of"),
            Reason::Version { was, is } => {
                write!(f, "farrier {was} made it, and this is farrier {is}")
            }
            Reason::Changed(file) => write!(f, "the {file} has changed"),
            Reason::Added(file) => write!(f, "the {file} has been added"),
            Reason::Removed(file) => write!(f, "the {file} is no longer asked for"),
            Reason::Order => f.write_str("the models and overlays are in another order"),
            Reason::Options => f.write_str("options have changed"),
            Reason::Output => f.write_str(
                "the output was changed after it was generated, or this build of farrier prints other code",
            ),
        }
    }
}

/// What has changed from one origin to another.
fn reasons(was: &Origin, is: &Origin) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if was.version != is.version {
        reasons.push(Reason::Version {
            was: was.version.clone(),
            is: is.version.clone(),
        });
    }
    let same = |one: &crate::output::Input, two: &crate::output::Input| {
        (one.role, &one.name) == (two.role, &two.name)
    };
    for input in &is.inputs {
        match was.inputs.iter().find(|other| same(input, other)) {
            None => reasons.push(Reason::Added(input.to_string())),
            Some(other) if other.hash != input.hash => {
                reasons.push(Reason::Changed(input.to_string()));
            }
            Some(_) => {}
        }
    }
    let removed = was.inputs.iter();
    let removed = removed.filter(|input| !is.inputs.iter().any(|other| same(input, other)));
    reasons.extend(removed.map(|input| Reason::Removed(input.to_string())));
    if was.options != is.options {
        reasons.push(Reason::Options);
    }
    if reasons.is_empty() && was.inputs != is.inputs {
        reasons.push(Reason::Order);
    }
    if reasons.is_empty() {
        reasons.push(Reason::Output);
    }
    reasons
}

fn in_base(tree: &Tree, paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| tree.base.join(path)).collect()
}
