//! What those who maintain a generated crate do over and over, where nothing has changed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, median};
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
    ran(&mut farrier(&program, "generate", &config))?;
    let mut rows = Vec::new();
    for (what, command) in [
        ("check of a fresh KMS", "check"),
        ("generate KMS with nothing to do", "generate"),
    ] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let (done, taken) = measure::children(|| ran(&mut farrier(&program, command, &config)));
            done?;
            times.push(taken.wall);
        }
        let least = times.iter().min().ok_or("nothing was timed")?;
        let middle = median(times.clone()).ok_or("nothing was timed")?;
        let bar = Bar::Below(Value::Time(Duration::from_millis(30)));
        rows.push(Row::new(what, Value::Time(middle), bar));
        let what = format!("{what}, fastest of {TIMES}");
        rows.push(Row::new(what, Value::Time(*least), Bar::None));
    }
    Ok(rows)
}

fn farrier(program: &Path, command: &str, config: &Path) -> Command {
    let mut farrier = Command::new(program);
    farrier.arg(command).arg("--config").arg(config);
    farrier
}
