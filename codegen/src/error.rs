//! Why nothing was generated.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostics;

/// Why nothing was generated. What was there before still stands.
///
/// `Debug` says the same as `Display`, on lines of its own: it is what cargo shows of a build script whose `main` returns
/// this error.
#[non_exhaustive]
pub enum Error {
    /// The model, the overlays or the names of operations have faults: all of them, with their places.
    Input(Diagnostics),
    /// The settings of the [`Generator`](crate::Generator) do not fit.
    Settings(String),
    /// These files would have to be replaced, and were not generated: the first line of a generated file says so.
    Foreign(Vec<PathBuf>),
    /// These files would have to be replaced or removed, and somebody edited them: what they hold does not fit the hash in
    /// their header. [`Generator::force`](crate::Generator::force) gives the edits up.
    Edited(Vec<PathBuf>),
    /// Another run is writing there: the path is that of its folder.
    Busy(PathBuf),
    /// The disk refused.
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The generator has a fault of its own: it printed something that is not Rust. Please report it.
    Internal {
        /// The module that it printed.
        module: String,
        /// What is wrong with it.
        message: String,
    },
}

impl Error {
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Error {
        Error::Io {
            action,
            path: path.into(),
            source,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input(diagnostics) => write!(f, "{diagnostics}"),
            Error::Settings(message) => write!(f, "error: {message}"),
            Error::Foreign(paths) => {
                f.write_str("error: these files were not generated and are in the way:")?;
                for path in paths {
                    write!(f, "\n  {}", path.display())?;
                }
                f.write_str("\n  help: move or delete them, or choose another target")
            }
            Error::Edited(paths) => {
                f.write_str("error: these files were generated and then edited:")?;
                for path in paths {
                    write!(f, "\n  {}", path.display())?;
                }
                f.write_str(
                    "\n  help: put the change into the model, an overlay or code of your own; `--force` gives it up",
                )
            }
            Error::Busy(folder) => write!(
                f,
                "error: another run of farrier is writing, by way of {}",
                folder.display()
            ),
            Error::Io {
                action,
                path,
                source,
            } => write!(f, "error: cannot {action} {}: {source}", path.display()),
            Error::Internal { module, message } => {
                write!(
                    f,
                    "error: the module `{module}` was printed wrong: {message}"
                )?;
                f.write_str("\n  help: this is a fault of Farrier; please report it")
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
