//! Prints one table of what must be fast, each figure beside that of the official client in the same run.
//!
//! `cargo run --release -p farrier-bench -- [SECTION]... [--rounds N] [--strict] [--chart FILE.svg]`, where a section is one of
//! [`SECTIONS`]; without one, all but `largest` are measured. What it builds lies in `bench` in the target folder. With `--strict`
//! the exit code is 1 when a bar is not met.

mod build;
mod call;
mod chart;
mod dependency;
mod generate;
mod largest;
mod maintain;
mod measure;
mod models;
mod scratch;
mod size;
mod table;
mod tree;
mod wrapper;

use std::path::PathBuf;
use std::process::ExitCode;

use scratch::Bench;
use table::Row;

/// What can go wrong: a message for whoever runs this.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Measures one section.
type Section = fn(&Bench) -> Outcome<Vec<Row>>;

/// The sections by the names by which they are chosen, the quick ones first.
const SECTIONS: [(&str, Section); 9] = [
    ("generate", generate::rows),
    ("maintain", maintain::rows),
    ("models", models::rows),
    ("call", call::rows),
    ("build-dependency", dependency::rows),
    ("build", build::rows),
    ("size", size::rows),
    ("tree", tree::rows),
    (LARGEST, largest::rows),
];

/// The section that is measured only when it is asked for.
const LARGEST: &str = "largest";

fn main() -> ExitCode {
    if let Some(log) = wrapper::log() {
        return wrapper::run(&log);
    }
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether the run counts as passed.
fn run() -> Outcome<bool> {
    let Asked {
        sections,
        rounds,
        strict,
        chart,
    } = asked()?;
    let bench = Bench::new(rounds)?;
    let mut rows = Vec::new();
    for (name, section) in SECTIONS {
        let by_itself = sections.is_empty() && name != LARGEST;
        if by_itself || sections.iter().any(|asked| asked == name) {
            eprintln!("{name}: measuring");
            let (measured, others) = measure::beside_others(|| section(&bench));
            rows.extend(measured?.into_iter().map(|row| row.beside(others)));
        }
    }
    print!("{}", table::print(&rows)?);
    if let Some(file) = chart {
        std::fs::write(file, chart::draw(&rows)?)?;
    }
    Ok(!strict || rows.iter().all(Row::is_met))
}

/// What the command line asks for.
struct Asked {
    sections: Vec<String>,
    rounds: usize,
    strict: bool,
    chart: Option<PathBuf>,
}

fn asked() -> Outcome<Asked> {
    let mut asked = Asked {
        sections: Vec::new(),
        rounds: 3,
        strict: false,
        chart: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--strict" => asked.strict = true,
            "--rounds" => {
                let rounds = arguments.next().ok_or("--rounds needs a number")?;
                asked.rounds = rounds.parse::<usize>()?.max(1);
            }
            "--chart" => {
                let file = arguments.next().ok_or("--chart needs a file")?;
                asked.chart = Some(file.into());
            }
            name if SECTIONS.iter().any(|(section, _)| *section == name) => {
                asked.sections.push(argument);
            }
            _ => {
                let names = SECTIONS.map(|(name, _)| name).join(", ");
                let message =
                    format!("{argument:?} is none of {names}, --rounds N, --strict, --chart FILE");
                return Err(message.into());
            }
        }
    }
    Ok(asked)
}
