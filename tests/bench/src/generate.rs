//! How long it takes from the model to formatted files.

use std::fs;
use std::time::Duration;

use farrier::Generator;

use crate::Outcome;
use crate::measure::{self, Taken, median};
use crate::scratch::Bench;
use crate::table::{Bar, Row, Value};

/// How often a crate is generated.
const TIMES: usize = 11;

/// All of KMS, and the six operations on custom key stores.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, generator, most) in [
        ("generate all of KMS", bench.generator(), 400),
        ("generate six operations", bench.six(), 60),
    ] {
        let taken = generated(bench, &generator)?;
        let middle = |part: fn(&Taken) -> Duration| {
            let time = median(taken.iter().map(part).collect());
            time.map(Value::Time).ok_or("nothing was timed")
        };
        let bar = Bar::Below(Value::Time(Duration::from_millis(most)));
        rows.push(Row::new(what, middle(|taken| taken.wall)?, bar));
        let what = format!("{what}, CPU");
        rows.push(Row::new(what, middle(|taken| taken.cpu)?, Bar::None));
    }
    Ok(rows)
}

/// From reading the model to the last file on disk, in a folder that was not there.
fn generated(bench: &Bench, generator: &Generator) -> Outcome<Vec<Taken>> {
    let folder = bench.folder.join("generated");
    let mut times = Vec::new();
    for _ in 0..TIMES {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let generator = generator.clone().out_dir(&folder);
        let (done, taken) = measure::here(|| generator.generate());
        done?;
        times.push(taken);
    }
    Ok(times)
}
