//! How large a program becomes that makes one call.

use std::fs;

use crate::Outcome;
use crate::scratch::{Bench, Side};
use crate::table::{Bar, Row, Value};

/// The stripped release build of the program, with each client's default features, HTTPS among them.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let [official, ours, six] = [Side::Official, Side::Ours, Side::Six].map(|side| {
        let project = bench.program(side)?;
        project.run(&mut project.cargo(&["build", "--release"]))?;
        let program = format!("target/release/bench-{}", side.package());
        let size = fs::metadata(project.folder.join(program))?.len();
        eprintln!("  program with {}: {size} bytes", side.package());
        Outcome::Ok(Value::Bytes(size))
    });
    let (official, ours, six) = (official?, ours?, six?);
    let bar = Bar::Times(2.0);
    Ok(vec![
        Row::new("stripped release program, one call, all of KMS", ours, bar).against(official),
        Row::new(
            "stripped release program, one call, six operations",
            six,
            Bar::None,
        )
        .against(official),
    ])
}
