//! What a cold dev build of a program takes, its whole tree of dependencies and HTTPS included.

use std::path::Path;
use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, Taken, median};
use crate::scratch::{Bench, Project, Side};
use crate::table::{Bar, Row, Value};
use crate::wrapper;

/// The crates of the tree that are ours.
const OWN: [&str; 2] = ["farrier_runtime", "farrier_kms"];

/// CPU seconds of cargo and all it starts, and what of it the crates take that ours stand on; elapsed time too. Of the
/// last two nothing is asked. In turns, as a machine may be slower for a while than a build takes.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let log = bench.folder.join("tree.log");
    let sides = [Side::Official, Side::Ours];
    let [official, ours] = sides.map(|side| bench.program(side));
    let (official, ours) = (official?, ours?);
    let (mut of_official, mut of_ours, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        of_official.push(built(&official, Side::Official, &log)?);
        let taken = built(&ours, Side::Ours, &log)?;
        let mut rest = taken.cpu;
        for crate_name in OWN {
            rest = rest.saturating_sub(wrapper::taken(&log, crate_name)?.cpu);
        }
        of_ours.push(taken);
        below.push(rest);
    }
    let row = |what: &str, part: fn(&Taken) -> Duration, bar| {
        let [ours, official] = [&of_ours, &of_official].map(|taken| middle(taken, part));
        Outcome::Ok(Row::new(what, ours?, bar).against(official?))
    };
    let below = median(below).ok_or("nothing was timed")?;
    Ok(vec![
        row(
            "whole tree, cold dev build, CPU",
            |t| t.cpu,
            Bar::Times(3.0),
        )?,
        Row::new(
            "whole tree without our two crates, CPU",
            Value::Time(below),
            Bar::None,
        ),
        row("whole tree, cold dev build", |t| t.wall, Bar::None)?,
    ])
}

/// Builds the program and all below it anew.
fn built(project: &Project, side: Side, log: &Path) -> Outcome<Taken> {
    project.clean()?;
    let mut cargo = project.cargo(&["build"]);
    wrapper::wrap(&mut cargo, log)?;
    let (built, taken) = measure::children(|| project.run(&mut cargo));
    built?;
    eprintln!("  tree of {}: {taken:?}", side.package());
    Ok(taken)
}

fn middle(taken: &[Taken], part: fn(&Taken) -> Duration) -> Outcome<Value> {
    let time = median(taken.iter().map(part).collect()).ok_or("nothing was timed")?;
    Ok(Value::Time(time))
}
