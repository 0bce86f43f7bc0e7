//! `farrier generate`: everything is made before the first crate is written.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use farrier::{Error, Generator, Report};

use crate::arguments::Generate;
use crate::asked::Asked;
use crate::interrupt::Stage;
use crate::print::print;
use crate::report::{Problem, Style};
use crate::size::{counted, names, size, thousands};
use crate::{Outcome, batch};

/// What came of a crate, and how long it took.
#[derive(Debug)]
struct Made {
    report: Report,
    took: Duration,
}

pub(crate) fn run(arguments: &Generate, style: Style) -> Outcome {
    let start = Instant::now();
    let Some(asked) = Asked::by(&arguments.what, style) else {
        return Outcome::Bad;
    };
    let writes = asked.is_whole() && !arguments.dry_run;
    let progress = batch::progress(&asked.generators, &arguments.how);
    let stage = Stage::default();
    stage.watch(&progress);
    let made = batch::each(&asked.generators, &arguments.how, &progress, |generator| {
        let start = Instant::now();
        let report = make(generator, arguments, writes.then_some(&stage))?;
        let took = start.elapsed();
        Ok(Made { report, took })
    });
    let Some(made) = asked.all_good(made, |made| &made.report, style) else {
        stage.clear();
        return Outcome::Bad;
    };
    if let Err(error) = stage.write() {
        style.show(Problem::all_of(error));
        return Outcome::Bad;
    }
    if arguments.how.quiet {
        return Outcome::Good;
    }
    let said = tell(&made, arguments.dry_run, start.elapsed());
    print(said, Outcome::Good, style)
}

/// Makes a crate and writes it beside its place, unless it is fresh or there is no stage, as nothing is to be written.
fn make(
    generator: &Generator,
    arguments: &Generate,
    stage: Option<&Stage>,
) -> Result<Report, Error> {
    if stage.is_some() {
        generator.recover()?;
    }
    if !arguments.how.full
        && let Some(report) = generator.sealed()
    {
        return Ok(report);
    }
    let generator = match arguments.force {
        true => &generator.clone().force(),
        false => generator,
    };
    let prepared = generator.prepare()?;
    let report = prepared.report().clone();
    match stage {
        None => prepared.refusal().map_or(Ok(()), Err)?,
        Some(stage) => stage.add(prepared)?,
    }
    Ok(report)
}

/// A line for each crate, and one for all.
fn tell(made: &[Made], dry_run: bool, took: Duration) -> String {
    let (mut said, mut fresh) = (String::new(), 0);
    let names = names(made.iter().map(|made| &made.report));
    for (made, name) in made.iter().zip(names) {
        let report = &made.report;
        if dry_run {
            let kinds = [
                ("new", &report.missing),
                ("changed", &report.stale),
                ("removed", &report.surplus),
            ];
            for (kind, paths) in kinds {
                for path in paths {
                    let _ = writeln!(said, "{kind:<8} {}", path.display());
                }
            }
        }
        fresh += usize::from(report.is_fresh());
        let _ = writeln!(said, "{}", summary(&name, report, dry_run, made.took));
    }
    if made.len() > 1 {
        let _ = writeln!(
            said,
            "{}: {} {}, {} fresh; {:.2} s",
            counted(made.len(), "crate"),
            thousands(made.len() - fresh),
            if dry_run { "to write" } else { "written" },
            thousands(fresh),
            took.as_secs_f64()
        );
    }
    said
}

/// `farrier-kms: 56 operations, 191 files, 46,122 lines; 3 changed; 0.31 s`
fn summary(name: &str, report: &Report, dry_run: bool, took: Duration) -> String {
    let parts = [
        (report.missing.len(), "new"),
        (report.stale.len(), "changed"),
        (report.surplus.len(), "removed"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, what)| format!("{} {what}", thousands(*count)))
        .collect();
    let changed = match (parts.as_slice(), report.other_build) {
        ([], false) => "nothing changed".to_owned(),
        ([], true) => "nothing changed but the build in its hashes".to_owned(),
        _ => parts.join(", "),
    };
    let dry = if dry_run { ", nothing written" } else { "" };
    format!(
        "{name}: {}; {changed}{dry}; {:.2} s",
        size(report),
        took.as_secs_f64()
    )
}
