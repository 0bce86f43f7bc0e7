//! The command `farrier`: generates Rust clients from Smithy models, and says whether they are fresh.

mod arguments;
mod asked;
mod batch;
mod check;
mod completions;
mod config;
mod diff;
mod explain;
mod generate;
mod init;
mod inspect;
mod interrupt;
mod kind;
mod man;
mod print;
mod report;
mod size;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use arguments::{Arguments, Command};

/// Printing is making lists of tokens and dropping them, in which the allocator of glibc takes over a quarter of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or fresh.
    Good,
    /// Something differs from what would be written, or more than is permitted.
    Stale,
    /// The input, the arguments or the disk are at fault.
    Bad,
}

fn main() -> ExitCode {
    let Arguments { style, command } = Arguments::parse();
    style.choose_colors();
    let outcome = match command {
        Command::Generate(arguments) => generate::run(&arguments, style),
        Command::Check(arguments) => check::run(&arguments, style),
        Command::Diff(models) => diff::run(&models, style),
        Command::Init(start) => init::run(&start, style),
        Command::Inspect(what) => inspect::run(&what, style),
        Command::Explain(which) => explain::run(&which, style),
        Command::Completions(arguments) => completions::run(&arguments, style),
        Command::Man(arguments) => man::run(&arguments, style),
    };
    ExitCode::from(match outcome {
        Outcome::Good => 0,
        Outcome::Stale => 1,
        Outcome::Bad => 2,
    })
}
