//! `farrier check`: whether what is there is what would be written.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use farrier::{Error, Generator, Prepared, Report};
use similar::TextDiff;

use crate::arguments::Check;
use crate::asked::Asked;
use crate::print::print;
use crate::report::Style;
use crate::size::{counted, names, size, thousands};
use crate::{Outcome, batch};

/// How many lines of differences are shown of a crate.
const SHOWN: usize = 40;

/// How long a difference between two files may be looked for, before it need not be the shortest.
const PATIENCE: Duration = Duration::from_millis(500);

/// How a crate differs, and its report.
#[derive(Debug)]
struct Checked {
    differs: String,
    report: Report,
}

pub(crate) fn run(arguments: &Check, style: Style) -> Outcome {
    let Some(asked) = Asked::by(&arguments.what, style) else {
        return Outcome::Bad;
    };
    let progress = batch::progress(&asked.generators, &arguments.how);
    let checked = batch::each(&asked.generators, &arguments.how, &progress, |generator| {
        check(generator, arguments)
    });
    let Some(checked) = asked.all_good(checked, |checked| &checked.report, style) else {
        return Outcome::Bad;
    };
    let outcome = match checked.iter().all(|checked| checked.report.is_fresh()) {
        true => Outcome::Good,
        false => Outcome::Stale,
    };
    if arguments.how.quiet {
        return outcome;
    }
    let mut said = String::new();
    let names = names(checked.iter().map(|checked| &checked.report));
    for (Checked { differs, report }, name) in checked.iter().zip(names) {
        said.push_str(differs);
        if arguments.explain {
            said.push_str(&why(&name, report));
        }
        let _ = writeln!(said, "{name}: {}", verdict(report));
    }
    print(said, outcome, style)
}

fn check(generator: &Generator, arguments: &Check) -> Result<Checked, Error> {
    if !arguments.how.full
        && let Some(report) = generator.sealed()
    {
        let differs = String::new();
        return Ok(Checked { differs, report });
    }
    let prepared = generator.prepare()?;
    let report = prepared.report().clone();
    let shown = if arguments.all { usize::MAX } else { SHOWN };
    let differs = match arguments.how.quiet {
        true => String::new(),
        false => listed(&report) + &differences(&prepared, shown)?,
    };
    Ok(Checked { differs, report })
}

/// Why it is not fresh.
fn why(name: &str, report: &Report) -> String {
    let mut said = String::new();
    for reason in &report.reasons {
        let _ = writeln!(said, "{name}: {reason}");
    }
    let unlike = [
        (
            &report.edited,
            "edited: the text does not fit the hash in the header",
        ),
        (&report.foreign, "not generated: there is no header"),
    ];
    for (paths, why) in unlike.into_iter().filter(|(paths, _)| !paths.is_empty()) {
        let files = counted(paths.len(), "file");
        let _ = writeln!(said, "{name}: {files} {why}");
    }
    said
}

/// A line for each file that differs.
fn listed(report: &Report) -> String {
    let mut list = String::new();
    let kinds = [
        ("stale", &report.stale),
        ("missing", &report.missing),
        ("surplus", &report.surplus),
    ];
    for (kind, paths) in kinds {
        for path in paths {
            let kind = if report.edited.contains(path) {
                "edited"
            } else if report.foreign.contains(path) {
                "foreign"
            } else {
                kind
            };
            let _ = writeln!(list, "{kind:<8} {}", path.display());
        }
    }
    list
}

/// What differs in the files that are there and would be written, as a unified diff of at most so many lines.
fn differences(prepared: &Prepared, most: usize) -> Result<String, Error> {
    let mut shown = String::new();
    let (mut lines, mut left_out) = (0, 0);
    for path in &prepared.report().stale {
        let diff = difference(path, prepared.text(path).unwrap_or_default())?;
        for line in diff.lines() {
            match lines < most {
                true => shown.extend([line, "\n"]),
                false => left_out += 1,
            }
            lines += 1;
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            shown,
            "... and {}; --all shows them",
            counted(left_out, "line")
        );
    }
    Ok(shown)
}

/// From what is at a path to what would be written.
fn difference(path: &Path, made: &str) -> Result<String, Error> {
    let there = fs::read(path).map_err(|source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    let there = String::from_utf8_lossy(&there).replace("\r\n", "\n");
    let there = with_hash_of(&there, made);
    let mut config = TextDiff::configure();
    let diff = config.timeout(PATIENCE).diff_lines(there.as_str(), made);
    let name = path.display();
    let mut unified = diff.unified_diff();
    unified.header(
        &name.to_string(),
        &format!("{name}, as it would be written"),
    );
    Ok(unified.to_string())
}

/// A text with the hash that stands on the second line of another: it differs wherever anything does, and says nothing to
/// people. Where nothing else differs it stays.
fn with_hash_of(text: &str, other: &str) -> String {
    let parts = |text: &'_ str| -> Option<(usize, usize)> {
        let start = text.find('\n')? + 1;
        let end = start + text[start..].find('\n')?;
        text[start..end].contains("body ").then_some((start, end))
    };
    if let (Some((start, end)), Some((from, to))) = (parts(text), parts(other)) {
        let same = [&text[..start], &other[from..to], &text[end..]].concat();
        if same != other {
            return same;
        }
    }
    text.to_owned()
}

/// `3 of 191 files differ`
fn verdict(report: &Report) -> String {
    let Report {
        edited, foreign, ..
    } = report;
    if report.is_fresh() {
        return format!("fresh, {}", size(report));
    }
    let also = |paths: &[PathBuf], what| match paths.len() {
        0 => String::new(),
        count => format!(", {} {what}", thousands(count)),
    };
    let unlike = also(edited, "edited by hand") + &also(foreign, "not generated");
    // Those that are no longer made are not among the files of the output.
    let files = counted(report.files + report.surplus.len(), "file");
    format!("{} of {files} differ{unlike}", thousands(report.changed()))
}
