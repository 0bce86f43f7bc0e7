//! One thing to be said: a diagnostic of the library, or what the command itself finds.

use std::path::Path;

use farrier::{Diagnostic, Diagnostics, Error, Place, Severity};

use crate::kind::Kind;

/// One error or warning.
///
/// They are ordered by place, as that comes first; those without a place precede all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// Where it is, where that can be said.
    pub(crate) place: Option<Place>,
    pub(crate) severity: Severity,
    /// Such as `FA0012`.
    pub(crate) code: String,
    /// The shape or member it is about.
    pub(crate) shape: Option<String>,
    /// What is wrong: one sentence, without a full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// How many characters it is about; 0 for the word that stands at its place.
    pub(crate) length: usize,
}

impl Problem {
    /// An error of the command's own, without a place.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Problem {
        Problem {
            place: None,
            severity: Severity::Error,
            code: kind.to_string(),
            shape: None,
            message: message.into(),
            help: None,
            length: 0,
        }
    }

    /// Says what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Says which file or folder it is about, as a whole.
    pub(crate) fn in_file(mut self, path: &Path) -> Problem {
        self.place = Some(Place {
            file: path.display().to_string(),
            line: 0,
            column: 0,
        });
        self
    }

    /// A problem for each diagnostic.
    pub(crate) fn all_in(diagnostics: &Diagnostics) -> impl Iterator<Item = Problem> {
        diagnostics.iter().cloned().map(Problem::from)
    }

    /// Everything an error of the library says.
    pub(crate) fn all_of(error: Error) -> Vec<Problem> {
        match error {
            Error::Input(diagnostics) => diagnostics.into_iter().map(Problem::from).collect(),
            Error::Settings(message) => vec![Problem::new(Kind::BadSettings, message)],
            Error::Foreign(paths) => paths.iter().map(|path| foreign(path)).collect(),
            Error::Edited(paths) => paths.iter().map(|path| edited(path)).collect(),
            Error::Busy(folder) => {
                let message = "another run is writing here";
                vec![Problem::new(Kind::Busy, message).in_file(&folder)]
            }
            Error::Io {
                action,
                path,
                source,
            } => {
                let message = format!("cannot {action} {}: {source}", path.display());
                vec![Problem::new(Kind::Disk, message).in_file(&path)]
            }
            Error::Internal { module, message } => {
                let message = format!("the module `{module}` was printed wrong: {message}");
                let help = "this is a fault of Farrier; please report it";
                vec![Problem::new(Kind::Internal, message).help(help)]
            }
            other => vec![Problem::new(Kind::Internal, other.to_string())],
        }
    }
}

fn foreign(path: &Path) -> Problem {
    let message = "this file was not generated and is in the way";
    Problem::new(Kind::Foreign, message)
        .help("move or delete it, or choose another target")
        .in_file(path)
}

fn edited(path: &Path) -> Problem {
    let message = "this file was generated and then edited";
    Problem::new(Kind::Edited, message)
        .help(
            "put the change into the model, an overlay or code of your own; `--force` gives it up",
        )
        .in_file(path)
}

impl From<Diagnostic> for Problem {
    fn from(diagnostic: Diagnostic) -> Problem {
        Problem {
            place: diagnostic.place,
            severity: diagnostic.severity,
            code: diagnostic.code.to_string(),
            shape: diagnostic.shape,
            message: diagnostic.message,
            help: diagnostic.help,
            length: 0,
        }
    }
}
