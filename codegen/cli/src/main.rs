//! The command `farrier`: generates Rust clients from Smithy models, and says whether they are fresh.

mod arguments;
mod batch;
mod check;
mod completions;
mod config;
mod generate;
mod interrupt;
mod man;
mod size;

use std::process::ExitCode;

use clap::Parser;
use farrier::Generator;

use arguments::{Arguments, Command, What};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or fresh.
    Good,
    /// Something differs from what would be written.
    Stale,
    /// The input, the arguments or the disk are at fault.
    Bad,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    ExitCode::from(match outcome {
        Outcome::Good => 0,
        Outcome::Stale => 1,
        Outcome::Bad => 2,
    })
}

/// What is asked for; says what is wrong when something is.
fn generators(what: &What) -> Result<Vec<Generator>, String> {
    let named = |generator: Generator| match option_env!("FARRIER_BUILD") {
        Some(build) => generator.build(build),
        None => generator,
    };
    if let Some(generator) = what.generator() {
        return Ok(vec![named(generator)]);
    }
    let path = match &what.config {
        Some(path) => path.clone(),
        None => nearest()?,
    };
    let generators = config::read(&path).map_err(|error| error.to_string())?;
    Ok(generators.into_iter().map(named).collect())
}

/// The nearest farrier.toml, as seen from the current folder.
fn nearest() -> Result<std::path::PathBuf, String> {
    let here = std::env::current_dir()
        .map_err(|error| format!("error: there is no current folder: {error}"))?;
    let path = config::find(&here).ok_or_else(|| {
        let name = config::NAME;
        format!(
            "error: there is no {name} in {} or a folder around it\n  help: give --config, or --model with --out or --module",
            here.display()
        )
    })?;
    Ok(path
        .strip_prefix(&here)
        .map(ToOwned::to_owned)
        .unwrap_or(path))
}
