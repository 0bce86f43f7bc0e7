//! What a change of a model does to those who use the generated client, and the verdict on it.
//!
//! Two values of `Api` are compared, that is, what would be printed: the verdict is about Rust and not about Smithy. It follows
//! [Cargo's rules](https://doc.rust-lang.org/cargo/reference/semver.html) for the items that Farrier prints. Those are made
//! so that they can grow: structs and enums are `#[non_exhaustive]`, builders take what comes to them, the trait of waiters
//! is sealed. Behind the feature `tools`, for the command and for those who build one like it.

mod change;
mod constraints;
mod endpoint;
mod join;
mod operation;
mod paginator;
mod record;
mod rust;
mod service;
mod side;
mod types;
mod waiter;

#[cfg(test)]
mod tests;

pub use change::{Address, Change, Kind, Severity};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::generate::Generator;
use change::Found;

/// What differs between the clients of two models.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// All changes: the most severe first and documentation last, else in the order in which the client is printed.
    pub changes: Vec<Change>,
    /// What looks wrong with the new model, not with the old one too, and does not stop the comparison.
    pub warnings: Diagnostics,
}

impl Comparison {
    /// The verdict: the severity of the most severe change; none where nothing has changed.
    pub fn severity(&self) -> Option<Severity> {
        self.changes.iter().map(Change::severity).max()
    }

    /// How many changes there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |change: &&Change| change.severity() == severity;
        self.changes.iter().filter(of).count()
    }
}

/// Compares the clients that two generators would print, and prints neither.
///
/// Of the generators only models, overlays, service and operations count. The clients are compared as crates. A name or a
/// pattern of operations has to fit one of the models; in the other the operation may be missing, which is a change.
///
/// ```no_run
/// # fn main() -> Result<(), farrier::Error> {
/// use farrier::Generator;
///
/// let (old, new) = (Generator::new().model("old.json"), Generator::new().model("new.json"));
/// let comparison = farrier::diff::compare(&old, &new)?;
/// for change in &comparison.changes {
///     println!("{:?} {}: {}", change.severity(), change.item, change.sentence);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// When a generator has no model, and when either model has faults: those of both.
pub fn compare(old: &Generator, new: &Generator) -> Result<Comparison, Error> {
    let (old, new, warnings) = side::both(old, new)?;
    let mut found = Found::default();
    service::compare(&mut found, &old, &new);
    endpoint::compare(&mut found, &old, &new);
    operation::compare(&mut found, &old, &new);
    waiter::compare(&mut found, &old, &new);
    types::compare(&mut found, &old, &new);
    types::compare_faults(&mut found, &old, &new);
    constraints::compare(&mut found, &old, &new);
    Ok(Comparison {
        changes: found.sorted(),
        warnings,
    })
}
