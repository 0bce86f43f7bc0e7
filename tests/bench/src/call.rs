//! What one call takes, by the programs of `farrier-bench-call`.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::scratch::Bench;
use crate::table::{Bar, Row, Value};

/// Time and allocations of a call that is answered at once, of both clients, and of signing alone.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let nanos = |figure| Value::Time(Duration::from_nanos(figure));
    let counts = |figure| Value::Count(figure as f64);
    let [official, ours, signing] = figures(bench, "time")?.map(nanos);
    let time = Row::new("one call", ours, Bar::Times(4.0)).against(official);
    let floor = Row::new("signing alone", signing, Bar::None);
    let [official, ours, signing] = figures(bench, "allocations")?.map(counts);
    let bar = Bar::AtMost(Value::Count(130.0));
    let allocations = Row::new("one call, allocations", ours, bar).against(official);
    let least = Row::new("signing alone, allocations", signing, Bar::None);
    Ok(vec![time, allocations, floor, least])
}

/// What the program prints: a figure of the official client, of ours, and of signing alone.
fn figures(bench: &Bench, program: &str) -> Outcome<[u64; 3]> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    let arguments = [
        "run",
        "--quiet",
        "--release",
        "--package",
        "farrier-bench-call",
    ];
    cargo.args(arguments).args(["--bin", program]);
    let target = bench.folder.parent().ok_or("no target folder")?;
    cargo
        .current_dir(&bench.root)
        .env("CARGO_TARGET_DIR", target);
    let output = cargo.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{cargo:?} failed: {}", output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let figures = text.split_whitespace().map(str::parse);
    let figures: Vec<u64> = figures.collect::<Result<_, _>>()?;
    figures
        .try_into()
        .map_err(|_| format!("{program} printed {text:?}, not three figures").into())
}
