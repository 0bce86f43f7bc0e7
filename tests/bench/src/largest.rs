//! How long the client of the largest published model takes to compile.

use std::fs;
use std::time::Duration;

use crate::Outcome;
use crate::measure;
use crate::models;
use crate::scratch::Bench;
use crate::table::{Bar, Row, Value};
use crate::wrapper;

/// What cargo calls the client.
const PACKAGE: &str = "farrier-largest";

/// A cold dev build of the client of all operations, and what of it went into the client's crate.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let models = models::published(bench)?;
    let Some(model) = models.iter().max_by_key(|model| model.bytes) else {
        return Ok(Vec::new());
    };
    let client = bench.folder.join("largest-client");
    let generator = farrier::Generator::new().model(&model.path);
    let generator = generator
        .crate_name(PACKAGE)
        .runtime_path(bench.root.join("runtime"));
    let report = generator.out_dir(&client).generate()?;
    let manifest = format!("[dependencies]\n{PACKAGE} = {{ path = {client:?} }}\n");
    let project = bench.project("largest", &manifest, &[("src/lib.rs", "//! Nothing.\n")])?;
    project.clean()?;
    let log = project.folder.join("rustc.log");
    if log.exists() {
        fs::remove_file(&log)?;
    }
    let mut cargo = project.cargo(&["build"]);
    wrapper::wrap(&mut cargo, &log)?;
    let (built, whole) = measure::children(|| project.run(&mut cargo));
    built?;
    let name = PACKAGE.replace('-', "_");
    let alone = wrapper::taken(&log, &name)?;
    let what = format!(
        "{}, {} operations, dev build",
        model.name, report.operations
    );
    let seconds = Bar::Below(Value::Time(Duration::from_secs(90)));
    let gigabytes = Bar::Below(Value::Bytes(4_000_000_000));
    let memory = Value::Bytes(wrapper::peak(&log, &name)?);
    let row = |more: &str, value, bar| Row::new(format!("{what}{more}"), value, bar);
    Ok(vec![
        row("", Value::Time(alone.wall), seconds),
        row(", CPU", Value::Time(alone.cpu), Bar::None),
        row(", most memory", memory, gigabytes),
        row(", with all dependencies", Value::Time(whole.wall), seconds),
    ])
}
