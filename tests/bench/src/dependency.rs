//! What it takes to build the generator for a build script, and to run it there.

use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, median};
use crate::scratch::Bench;
use crate::table::{Bar, Row, Value};

/// CPU seconds of a cold dev build of a package that does nothing but link the generator to its build script, and of
/// the build after that, in which the script generates six operations.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let manifest = format!(
        "[build-dependencies]\nfarrier = {{ path = {:?} }}\n",
        bench.root.join("codegen")
    );
    let files = [
        ("build.rs", include_str!("../programs/build.rs")),
        ("src/lib.rs", "//! Nothing.\n"),
    ];
    let project = bench.project("build-dependency", &manifest, &files)?;
    let (mut built, mut ran) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        project.clean()?;
        let mut cargo = project.cargo(&["build"]);
        let (done, taken) = measure::children(|| project.run(&mut cargo));
        done?;
        built.push(taken.cpu);
        let model = bench.root.join("models/kms.json");
        cargo.env("FARRIER_BENCH_MODEL", model);
        let (done, taken) = measure::children(|| project.run(&mut cargo));
        done?;
        ran.push(taken.cpu);
    }
    let row = |what: &str, times, bar| -> Outcome<Row> {
        let time = median(times).ok_or("nothing was timed")?;
        Ok(Row::new(what, Value::Time(time), bar))
    };
    let bar = Bar::Below(Value::Time(Duration::from_secs(12)));
    Ok(vec![
        row(
            "farrier as a build dependency, cold dev build, CPU",
            built,
            bar,
        )?,
        row(
            "six operations from a dev build script, CPU",
            ran,
            Bar::None,
        )?,
    ])
}
