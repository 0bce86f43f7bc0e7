//! What calls take, by the programs of `farrier-bench-call`.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::scratch::Bench;
use crate::table::{Bar, Row, Value};

/// Time and allocations of a call that is answered at once, of both clients, and of signing alone; then calls with more to
/// do, and calls over loopback.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let mut rows = answered_at_once(bench)?;
    rows.extend(with_more_to_do(bench)?);
    rows.extend(over_loopback(bench)?);
    Ok(rows)
}

fn answered_at_once(bench: &Bench) -> Outcome<Vec<Row>> {
    let [official, ours, signing] = figures(bench, "time")?.map(nanos);
    let time = Row::new("one call", ours, Bar::Times(5.0)).against(official);
    let floor = Row::new("signing alone", signing, Bar::None);
    let counts = figures::<6>(bench, "allocations")?.map(|figure| Value::Count(figure as f64));
    let [official, ours, signing, official_bytes, our_bytes, _] = counts;
    let bar = Bar::AtMost(Value::Count(120.0));
    let allocations = Row::new("one call, allocations", ours, bar).against(official);
    let bar = Bar::AtMost(Value::Count(10_000.0));
    let bytes = Row::new("one call, bytes allocated", our_bytes, bar).against(official_bytes);
    let least = Row::new("signing alone, allocations", signing, Bar::None);
    Ok(vec![time, allocations, bytes, floor, least])
}

fn with_more_to_do(bench: &Bench) -> Outcome<Vec<Row>> {
    let [official, ours] = figures(bench, "payload")?.map(nanos);
    let what = "`Encrypt` of 4 kB and `Decrypt` back, CPU";
    let payload = Row::new(what, ours, Bar::Times(4.0)).against(official);
    let [official, ours, serde] = figures(bench, "parse")?;
    let bar = Bar::AtMost(nanos(serde * 3 / 2));
    let what = "reading a `ListKeys` answer of 1,000 keys";
    let parse = Row::new(what, nanos(ours), bar).against(nanos(official));
    let floor = Row::new("the same, serde_json", nanos(serde), Bar::None);
    let [official, ours] = figures(bench, "cold")?.map(nanos);
    let what = "making a client, and its first call";
    let cold = Row::new(what, ours, Bar::Times(3.0)).against(official);
    Ok(vec![payload, parse, floor, cold])
}

fn over_loopback(bench: &Bench) -> Outcome<Vec<Row>> {
    let [official, ours, bare, official_busy, our_busy] = figures(bench, "loopback")?;
    let bar = Bar::AtMost(nanos(bare * 115 / 100));
    let one = Row::new("one call over loopback", nanos(ours), bar).against(nanos(official));
    let what = "the same, hyper and aws-sigv4 alone";
    let floor = Row::new(what, nanos(bare), Bar::None);
    let what = "a call of 64 at once over loopback, CPU";
    let busy = Row::new(what, nanos(our_busy), Bar::Times(2.0)).against(nanos(official_busy));
    Ok(vec![one, floor, busy])
}

fn nanos(figure: u64) -> Value {
    Value::Time(Duration::from_nanos(figure))
}

/// The figures that the program prints, so many.
fn figures<const N: usize>(bench: &Bench, program: &str) -> Outcome<[u64; N]> {
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
        .map_err(|_| format!("{program} printed {text:?}, not {N} figures").into())
}
