//! Whether an output is fresh by its hashes, and why one is not.

use std::fmt;

use super::{Generator, Report};
use crate::output::{Difference, Input, Origin, Size, Summary, Tree};

impl Generator {
    /// Reads nothing but hashes: the report of an output that says of itself that it was made by this version and build
    /// of the generator of what is asked for now, and that was not changed since. Of warnings about the model it has only
    /// the number. Nothing where the output does not say so, or anything is wrong, so that
    /// [`prepare`](Generator::prepare) has the word.
    ///
    /// It takes the version of the generator for all that decides what is printed. [`check`](Generator::check) and
    /// [`generate`](Generator::generate) take nothing for granted, and never ask it.
    pub fn sealed(&self) -> Option<Report> {
        let target = self.checked().ok()?;
        let tree = target.tree();
        let seal = tree.seal()?;
        let sources = self.sources();
        let readable = sources.iter().all(|source| source.content.is_ok());
        let origin = self.origin(target, &sources).ok()?;
        if !readable || seal.origin != origin {
            return None;
        }
        let size = tree.is_whole(&seal)?;
        let name = target.name(seal.summary.crate_name.clone());
        Some(Report {
            name,
            out: target.path().to_owned(),
            ..Report::sealed(&seal.summary, size)
        })
    }
}

impl Report {
    /// How much there is of an output that is fresh.
    fn sealed(summary: &Summary, size: Size) -> Report {
        Report {
            operations: summary.operations,
            files: size.files,
            lines: size.lines,
            warned: summary.warnings,
            ..Report::empty()
        }
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
    /// A file that is read has changed, such as `model kms.json`, or a setting, such as `setting operations`.
    Changed(String),
    /// A file is read, or a setting given, that was not.
    Added(String),
    /// A file is no longer read, or a setting no longer given.
    Removed(String),
    /// The files are read in another order.
    Order,
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
            Reason::Changed(input) => write!(f, "the {input} has changed"),
            Reason::Added(input) => write!(f, "the {input} has been added"),
            Reason::Removed(input) => write!(f, "the {input} is no longer asked for"),
            Reason::Order => f.write_str("the models and overlays are in another order"),
            Reason::Output => f.write_str(
                "the output was changed after it was generated, or this build of farrier prints other code",
            ),
        }
    }
}

/// Why an output differs; none when it does not, or only by files that are edited or foreign.
pub(super) fn reasons(tree: &Tree, difference: &Difference, is: &Origin) -> Vec<Reason> {
    let Difference {
        stale,
        missing,
        surplus,
        edited,
        foreign,
        ..
    } = difference;
    let differ = stale.len() + missing.len() + surplus.len();
    if differ == 0 {
        return Vec::new();
    }
    match tree.seal() {
        None if missing.contains(&tree.sealed) => vec![Reason::Missing],
        None => vec![Reason::Unsealed],
        Some(seal) => {
            let mut reasons = changes(&seal.origin, is);
            // Of files that are edited or foreign that is the whole truth.
            if reasons.is_empty() && differ > edited.len() + foreign.len() {
                reasons.push(Reason::Output);
            }
            reasons
        }
    }
}

/// What has changed from one origin to another; nothing where they are the same.
fn changes(was: &Origin, is: &Origin) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if was.version != is.version {
        reasons.push(Reason::Version {
            was: was.version.clone(),
            is: is.version.clone(),
        });
    }
    let same = |one: &Input, two: &Input| (one.role, &one.name) == (two.role, &two.name);
    for input in &is.inputs {
        // Files of two folders may have one name.
        let mut others = was.inputs.iter().filter(|other| same(input, other));
        match others.clone().next() {
            None => reasons.push(Reason::Added(input.to_string())),
            Some(_) if others.all(|other| other.hash != input.hash) => {
                reasons.push(Reason::Changed(input.to_string()));
            }
            Some(_) => {}
        }
    }
    let removed = was.inputs.iter();
    let removed = removed.filter(|input| !is.inputs.iter().any(|other| same(input, other)));
    reasons.extend(removed.map(|input| Reason::Removed(input.to_string())));
    if reasons.is_empty() && was.inputs != is.inputs {
        reasons.push(Reason::Order);
    }
    reasons
}
