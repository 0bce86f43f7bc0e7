//! The command `farrier`: generates Rust clients from Smithy models, and says whether they are fresh.

mod arguments;
mod asked;
mod config;
mod diff;
mod explain;
mod init;
mod inspect;
mod kind;
mod report;
mod size;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use farrier::{Prepared, Report};

use arguments::{Arguments, Command, What};
use asked::Asked;
use report::{Problem, Style};
use size::{counted, size, thousands};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or fresh.
    Good,
    /// Something differs from what would be written, or more than is permitted.
    Stale,
    /// The input, the arguments or the disk are at fault.
    Bad,
}

fn main() -> ExitCode {
    let Arguments { style, command } = Arguments::parse();
    style.choose_colors();
    let outcome = match command {
        Command::Generate(what) => generate(&what, style),
        Command::Check(what) => check(&what, style),
        Command::Diff(models) => diff::run(&models, style),
        Command::Init(start) => init::run(&start, style),
        Command::Inspect(what) => inspect::run(&what, style),
        Command::Explain(which) => explain::run(&which, style),
    };
    ExitCode::from(match outcome {
        Outcome::Good => 0,
        Outcome::Stale => 1,
        Outcome::Bad => 2,
    })
}

/// Everything is made before the first crate is written.
fn generate(what: &What, style: Style) -> Outcome {
    let start = Instant::now();
    let Some(prepared) = prepare(what, style) else {
        return Outcome::Bad;
    };
    for prepared in prepared {
        match prepared.write() {
            Ok(report) => println!("{}", summary(&report, start.elapsed())),
            Err(error) => {
                style.show(Problem::all_of(error));
                return Outcome::Bad;
            }
        }
    }
    Outcome::Good
}

fn check(what: &What, style: Style) -> Outcome {
    let Some(prepared) = prepare(what, style) else {
        return Outcome::Bad;
    };
    let mut outcome = Outcome::Good;
    for report in prepared.into_iter().map(Prepared::compare) {
        let kinds = [
            ("stale", &report.stale),
            ("missing", &report.missing),
            ("surplus", &report.surplus),
        ];
        for (kind, paths) in kinds {
            for path in paths {
                println!("{kind:<8} {}", path.display());
            }
        }
        if report.is_fresh() {
            println!("{}: fresh, {}", report.name, size(&report));
        } else {
            println!(
                "{}: {} of {} differ",
                report.name,
                report.changed(),
                counted(report.files, "file")
            );
            outcome = Outcome::Stale;
        }
    }
    outcome
}

/// Makes all that is asked for in memory; says what is wrong when something is.
fn prepare(what: &What, style: Style) -> Option<Vec<Prepared>> {
    let asked = match Asked::by(what) {
        Ok(asked) => asked,
        Err(problems) => {
            style.show(problems);
            return None;
        }
    };
    let mut all = Vec::with_capacity(asked.generators.len());
    let mut problems = Vec::new();
    let mut failed = false;
    for (index, generator) in asked.generators.iter().enumerate() {
        match generator.prepare() {
            Ok(prepared) => {
                problems.extend(Problem::all_in(&prepared.report().warnings));
                all.push(prepared);
            }
            Err(error) => {
                problems.extend(asked.problems(index, error));
                failed = true;
            }
        }
    }
    style.show(problems);
    (!failed).then_some(all)
}

/// `farrier-kms: 56 operations, 412 files, 61,234 lines; 3 changed in 0.31 s`
fn summary(report: &Report, time: Duration) -> String {
    let changed = match report.changed() {
        0 => "nothing changed".to_owned(),
        _ => {
            let parts = [
                (report.missing.len(), "new"),
                (report.stale.len(), "changed"),
                (report.surplus.len(), "removed"),
            ];
            let parts = parts.iter().filter(|(count, _)| *count > 0);
            let parts: Vec<String> = parts
                .map(|(count, what)| format!("{} {what}", thousands(*count)))
                .collect();
            parts.join(", ")
        }
    };
    format!(
        "{}: {}; {changed}; {:.2} s",
        report.name,
        size(report),
        time.as_secs_f64()
    )
}
