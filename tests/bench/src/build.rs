//! How long rustc takes for the client's crate alone, its dependencies being built.

use std::fs;

use crate::Outcome;
use crate::measure::{Taken, median};
use crate::scratch::{Bench, Project, Side};
use crate::table::{Bar, Row, Value};
use crate::wrapper;

/// A way to build, and how many times faster than the official crate all of KMS and six operations must be.
#[derive(Debug, Clone, Copy)]
struct Kind {
    name: &'static str,
    command: &'static str,
    profile: &'static str,
    /// How often it is timed in a round: what is short is told less well from noise.
    often: usize,
    all: f64,
    six: Option<f64>,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "release build",
        command: "build",
        profile: "release",
        often: 1,
        all: 8.0,
        six: Some(40.0),
    },
    Kind {
        name: "dev build",
        command: "build",
        profile: "dev",
        often: 1,
        all: 3.3,
        six: Some(14.0),
    },
    Kind {
        name: "check",
        command: "check",
        profile: "dev",
        often: 3,
        all: 2.5,
        six: None,
    },
];

/// Both crates, and a crate of six operations, in each way; in turns, as the machine may be busy for a while.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let sides = [Side::Official, Side::Ours, Side::Six];
    let projects = sides.map(|side| bench.program(side).map(|project| (side, project)));
    let projects = projects.into_iter().collect::<Outcome<Vec<_>>>()?;
    let mut rows = Vec::new();
    for kind in KINDS {
        for (side, project) in &projects {
            // Builds the dependencies too.
            rebuilt(project, *side, kind)?;
        }
        let mut taken = vec![Vec::new(); projects.len()];
        for _ in 0..bench.rounds * kind.often {
            for ((side, project), taken) in projects.iter().zip(&mut taken) {
                taken.push(rebuilt(project, *side, kind)?);
            }
        }
        rows.extend(compared(kind, &taken)?);
    }
    Ok(rows)
}

/// Elapsed time, of which something is asked, and CPU time, which says more on a busy machine.
fn compared(kind: Kind, taken: &[Vec<Taken>]) -> Outcome<Vec<Row>> {
    let middle = |side: usize, part: fn(&Taken) -> std::time::Duration| {
        let times = taken.get(side).into_iter().flatten().map(part);
        let time = median(times.collect()).ok_or("nothing was timed")?;
        Outcome::Ok(Value::Time(time))
    };
    let mut rows = Vec::new();
    for (what, side, bar) in [
        ("all of KMS", 1, Some(kind.all)),
        ("six operations", 2, kind.six),
    ] {
        let name = kind.name;
        let bar = bar.map_or(Bar::None, Bar::Times);
        let row = Row::new(format!("{name}, {what}"), middle(side, |t| t.wall)?, bar);
        rows.push(row.against(middle(0, |t| t.wall)?));
        let what = format!("{name}, {what}, CPU");
        let row = Row::new(what, middle(side, |t| t.cpu)?, Bar::None);
        rows.push(row.against(middle(0, |t| t.cpu)?));
    }
    Ok(rows)
}

/// Builds the client's crate anew, and says what rustc took for it.
fn rebuilt(project: &Project, side: Side, kind: Kind) -> Outcome<Taken> {
    let package = side.package();
    let at = ["--package", package, "--profile", kind.profile];
    project.run(project.cargo(&["clean"]).args(at))?;
    let log = project.folder.join("rustc.log");
    if log.exists() {
        fs::remove_file(&log)?;
    }
    let mut cargo = project.cargo(&[kind.command]);
    wrapper::wrap(&mut cargo, &log)?;
    project.run(cargo.args(at))?;
    let taken = wrapper::taken(&log, &package.replace('-', "_"))?;
    eprintln!("  {}, {package}: {:?}", kind.name, taken.wall);
    Ok(taken)
}
