//! Diagnostics for tools.

use farrier::Severity;
use serde::Serialize;

use super::Problem;

/// A diagnostic as tools read it; what is not known is null.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    shape: Option<&'a str>,
    file: Option<&'a str>,
    /// From 1.
    line: Option<u32>,
    /// In characters, from 1.
    column: Option<u32>,
    help: Option<&'a str>,
}

/// One object a line.
pub(super) fn lines(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        // Strings and numbers are always JSON.
        text += &serde_json::to_string(&line(problem)).unwrap_or_default();
        text.push('\n');
    }
    text
}

fn line(problem: &Problem) -> Line<'_> {
    let place = problem.place.as_ref();
    let exact = place.filter(|place| place.line > 0);
    Line {
        code: &problem.code,
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &problem.message,
        shape: problem.shape.as_deref(),
        file: place.map(|place| place.file.as_str()),
        line: exact.map(|place| place.line),
        column: exact.map(|place| place.column),
        help: problem.help.as_deref(),
    }
}
