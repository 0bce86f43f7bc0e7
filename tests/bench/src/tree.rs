//! What a cold dev build of a program takes, its whole tree of dependencies and HTTPS included.

use crate::Outcome;
use crate::measure;
use crate::scratch::{Bench, Side};
use crate::table::{Bar, Row, Value};

/// CPU seconds of cargo and all it starts; elapsed time too, of which nothing is asked.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let [official, ours] = [Side::Official, Side::Ours].map(|side| {
        let project = bench.program(side)?;
        project.clean()?;
        let mut cargo = project.cargo(&["build"]);
        let (built, taken) = measure::children(|| project.run(&mut cargo));
        built?;
        eprintln!("  tree of {}: {taken:?}", side.package());
        Outcome::Ok(taken)
    });
    let (official, ours) = (official?, ours?);
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
        row(
            "whole tree, cold dev build",
            ours.wall,
            official.wall,
            Bar::None,
        ),
    ])
}
