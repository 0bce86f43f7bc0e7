//! What is wrong with the input, where, and what to do about it: collected by every stage, shown together.

mod code;
mod suggest;

use std::fmt;

pub use code::Code;
pub(crate) use suggest::{did_you_mean, nearest, one_of};

use crate::model::{Files, ShapeId, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is printed.
    Error,
    /// Something is left out or looks wrong, and the rest is printed.
    Warning,
}

/// A place in one of the input files.
///
/// Displayed as `models/kms.json:12:8`, or as the path alone where the file as a whole is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path of the file as it was given.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the file as a whole is meant.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_visible(f, &self.file)?;
        if self.line == 0 {
            return Ok(());
        }
        write!(f, ":{}:{}", self.line, self.column)
    }
}

/// One thing that is wrong with the input.
///
/// Displayed as `error[FA0021]: models/x.json:12:8: com.example#Tag$key: the target ... does not exist`, followed
/// by a line `  help: ...` where there is something to advise. Control characters are shown escaped, as the text may
/// come from an untrusted model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Which kind of fault it is.
    pub code: Code,
    /// Where it is, where that can be said.
    pub place: Option<Place>,
    /// The shape or member it is about, such as `com.amazonaws.kms#Tag$TagKey`.
    pub shape: Option<String>,
    /// What is wrong: one sentence, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault that stops the run.
    pub(crate) fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message.into())
    }

    /// A fault that is only reported.
    pub(crate) fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            place: None,
            shape: None,
            message,
            help: None,
        }
    }

    /// Says where in the input it is.
    #[must_use]
    pub(crate) fn at(mut self, files: &Files, span: Span) -> Diagnostic {
        self.place = Some(files.place(span));
        self
    }

    /// Says which file it is about, as a whole.
    #[must_use]
    pub(crate) fn in_file(mut self, path: &str) -> Diagnostic {
        self.place = Some(Place {
            file: path.to_owned(),
            line: 0,
            column: 0,
        });
        self
    }

    /// Says which shape or member it is about.
    #[must_use]
    pub(crate) fn on(mut self, shape: &ShapeId) -> Diagnostic {
        self.shape = Some(shape.to_string());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: ", self.code)?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        if let Some(shape) = &self.shape {
            write_visible(f, shape)?;
            f.write_str(": ")?;
        }
        write_visible(f, &self.message)?;
        if let Some(help) = &self.help {
            f.write_str("\n  help: ")?;
            write_visible(f, help)?;
        }
        Ok(())
    }
}

/// Text of unknown origin between backticks, cut where it is long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Writes text of unknown origin so that it can neither break the line nor steer a terminal.
pub(crate) fn write_visible(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write;
    for c in text.chars() {
        // Bidirectional controls are no control characters to `char`, and can make a message read as another one.
        if c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            write!(f, "{}", c.escape_unicode())?;
        } else {
            f.write_char(c)?;
        }
    }
    Ok(())
}

/// All that is wrong with the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing wrong so far.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether anything in here stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    /// How many there are, warnings included.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Orders them by file and position, and drops those that say the same at the same place.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        self.list.dedup();
    }
}

fn sort_key(diagnostic: &Diagnostic) -> impl Ord + '_ {
    let Diagnostic {
        severity,
        code,
        place,
        shape,
        message,
        help,
    } = diagnostic;
    (place, severity, code.number(), shape, message, help)
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.list.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// One diagnostic after another, each on a line of its own.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
