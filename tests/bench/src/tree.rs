//! What a cold dev build of a program takes, its whole tree of dependencies and HTTPS included.

use crate::Outcome;
use crate::measure;
use crate::scratch::{Bench, Side};
use crate::table::{Bar, Row, Value};
use crate::wrapper;

/// The crates of the tree that are ours.
const OWN: [&str; 2] = ["farrier_runtime", "farrier_kms"];

/// CPU seconds of cargo and all it starts, and what of it the crates take that ours stand on; elapsed time too. Of the
/// last two nothing is asked.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let log = bench.folder.join("tree.log");
    let [official, ours] = [Side::Official, Side::Ours].map(|side| {
        let project = bench.program(side)?;
        project.clean()?;
        let mut cargo = project.cargo(&["build"]);
        wrapper::wrap(&mut cargo, &log)?;
        let (built, taken) = measure::children(|| project.run(&mut cargo));
        built?;
        eprintln!("  tree of {}: {taken:?}", side.package());
        Outcome::Ok(taken)
    });
    let (official, ours) = (official?, ours?);
    let mut below = ours.cpu;
    for crate_name in OWN {
        below = below.saturating_sub(wrapper::taken(&log, crate_name)?.cpu);
    }
    let row = |what: &str, ours, official, bar| {
        Row::new(what, Value::Time(ours), bar).against(Value::Time(official))
    };
    Ok(vec![
        row(
            "whole tree, cold dev build, CPU",
            ours.cpu,
            official.cpu,
            Bar::Times(3.0),
        ),
        Row::new(
            "whole tree without our two crates, CPU",
            Value::Time(below),
            Bar::None,
        ),
        row(
            "whole tree, cold dev build",
            ours.wall,
            official.wall,
            Bar::None,
        ),
    ])
}
