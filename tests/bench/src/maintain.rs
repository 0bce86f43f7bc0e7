//! What those who maintain a generated crate do over and over: look at models, and generate where nothing has changed.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, median};
use crate::models::published;
use crate::scratch::{Bench, ran};
use crate::table::{Bar, Row, Value};

/// How often a command is run: it takes a few milliseconds.
const TIMES: usize = 101;

/// The command, from its start to its end, on a crate of all of KMS that is fresh.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let program = bench.command()?;
    let folder = bench.folder.join("maintain");
    fs::create_dir_all(&folder)?;
    let config = folder.join("farrier.toml");
    let models = bench.root.join("models");
    let table = format!(
        "[[crate]]\nmodel = '{0}/kms.json'\noverlays = ['{0}/kms.waiters.json']\nout = 'kms'\n",
        models.display()
    );
    fs::write(&config, table)?;
    let configured = |command| {
        let mut farrier = Command::new(&program);
        farrier.arg(command).arg("--config").arg(&config);
        farrier
    };
    ran(&mut configured("generate"))?;
    let mut rows = Vec::new();
    rows.extend(timed("check of a fresh KMS", 30, &mut configured("check"))?);
    let mut generate = configured("generate");
    rows.extend(timed("generate KMS with nothing to do", 30, &mut generate)?);
    let mut inspect = Command::new(&program);
    inspect.arg("inspect").arg(models.join("kms.json"));
    rows.extend(timed("inspect of KMS", 50, &mut inspect)?);
    let published = published(bench)?;
    let mut kms = published
        .iter()
        .filter(|model| model.name.starts_with("kms-"));
    if let (Some(old), Some(new)) = (kms.next(), kms.next()) {
        let mut diff = Command::new(&program);
        diff.arg("diff").args([&old.path, &new.path]);
        rows.extend(timed("diff of two published KMS models", 150, &mut diff)?);
    }
    Ok(rows)
}

/// How long a command takes, which should be below a number of milliseconds.
fn timed(what: &str, below: u64, command: &mut Command) -> Outcome<[Row; 2]> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let (done, taken) = measure::children(|| ran(command));
        done?;
        times.push(taken.wall);
    }
    let least = times.iter().min().ok_or("nothing was timed")?;
    let middle = median(times.clone()).ok_or("nothing was timed")?;
    let bar = Bar::Below(Value::Time(Duration::from_millis(below)));
    Ok([
        Row::new(what, Value::Time(middle), bar),
        Row::new(
            format!("{what}, fastest of {TIMES}"),
            Value::Time(*least),
            Bar::None,
        ),
    ])
}
