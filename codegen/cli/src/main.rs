//! The command `farrier`: generates Rust clients from Smithy models, and says whether they are fresh.

mod arguments;
mod config;
mod inspect;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use farrier::{Generator, Prepared, Report};

use arguments::{Arguments, Command, What};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or fresh.
    Good,
    /// Something differs from what would be written.
    Stale,
    /// The input, the arguments or the disk are at fault.
    Bad,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(what) => generate(&what),
        Command::Check(what) => check(&what),
        Command::Inspect(what) => inspect::run(&what),
    };
    ExitCode::from(match outcome {
        Outcome::Good => 0,
        Outcome::Stale => 1,
        Outcome::Bad => 2,
    })
}

/// Everything is made before the first crate is written.
fn generate(what: &What) -> Outcome {
    let start = Instant::now();
    let Some(prepared) = prepare(what) else {
        return Outcome::Bad;
    };
    for prepared in prepared {
        match prepared.write() {
            Ok(report) => println!("{}", summary(&report, start.elapsed())),
            Err(error) => {
                eprintln!("{error}");
                return Outcome::Bad;
            }
        }
    }
    Outcome::Good
}

fn check(what: &What) -> Outcome {
    let Some(prepared) = prepare(what) else {
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
fn prepare(what: &What) -> Option<Vec<Prepared>> {
    let generators = match generators(what) {
        Ok(generators) => generators,
        Err(message) => {
            eprintln!("{message}");
            return None;
        }
    };
    let mut all = Vec::with_capacity(generators.len());
    let mut failed = false;
    for generator in generators {
        match generator.prepare() {
            Ok(prepared) => {
                for warning in &prepared.report().warnings {
                    eprintln!("{warning}");
                }
                all.push(prepared);
            }
            Err(error) => {
                eprintln!("{error}");
                failed = true;
            }
        }
    }
    (!failed).then_some(all)
}

fn generators(what: &What) -> Result<Vec<Generator>, String> {
    if let Some(generator) = what.generator() {
        return Ok(vec![generator]);
    }
    let path = match &what.config {
        Some(path) => path.clone(),
        None => nearest()?,
    };
    config::read(&path).map_err(|error| error.to_string())
}

/// The nearest farrier.toml, as seen from the current folder.
fn nearest() -> Result<std::path::PathBuf, String> {
    let here = std::env::current_dir()
        .map_err(|error| format!("error: there is no current folder: {error}"))?;
    let path = config::find(&here).ok_or_else(|| {
        let name = config::NAME;
        format!(
            "error: there is no {name} in {} or a folder around it\n  help: give --config, or --model with --out or --module",
            here.display()
        )
    })?;
    Ok(path
        .strip_prefix(&here)
        .map(ToOwned::to_owned)
        .unwrap_or(path))
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

fn size(report: &Report) -> String {
    let operations = counted(report.operations, "operation");
    format!(
        "{operations}, {}, {}",
        counted(report.files, "file"),
        counted(report.lines, "line")
    )
}

/// `1 file`, `1,234 files`
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// `1,234`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{counted, thousands};

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(0, "file"), "0 files");
    }
}
