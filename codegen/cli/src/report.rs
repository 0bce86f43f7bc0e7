//! What the command says on standard error: every mistake and every warning goes through here.
//!
//! People get an excerpt of the file with the place under it, in colours where a terminal shows them; tools get one JSON
//! object a line.

mod excerpt;
mod human;
mod json;
mod problem;

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use farrier::Severity;

use crate::explain;

pub(crate) use problem::Problem;

pub(crate) use crate::kind::Kind;

/// How many diagnostics are shown unless all are asked for: what follows the first screens is seldom read.
const LIMIT: usize = 50;

/// How diagnostics are shown; the same for every command.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Diagnostics")]
pub(crate) struct Style {
    /// Colours; `auto` has them on a terminal, and heeds NO_COLOR, CLICOLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// How errors and warnings are written to standard error: `json` is one object a line, and all of them
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
    /// Show all errors and warnings, and not the first 50
    #[arg(long, global = true)]
    all_diagnostics: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

impl Style {
    /// Has everything that goes through `anstream` follow the choice of colours, whichever command prints it.
    pub(crate) fn choose_colors(self) {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// Shows problems on standard error, in the order of their places; those that say the same are one.
    pub(crate) fn show(self, mut problems: Vec<Problem>) {
        problems.sort();
        problems.dedup();
        if problems.is_empty() {
            return;
        }
        for problem in problems.iter_mut().filter(|one| one.help.is_none()) {
            problem.help = explain::help(&problem.code);
        }
        let text = match self.message_format {
            Format::Json => json::lines(&problems),
            Format::Human if self.all_diagnostics => human::pages(&problems, problems.len()),
            Format::Human => human::pages(&problems, LIMIT),
        };
        // Where standard error is closed nobody listens, and the exit code says enough.
        let _ = anstream::AutoStream::auto(io::stderr().lock()).write_all(text.as_bytes());
    }
}

/// How many errors and how many warnings there are.
fn counts(problems: &[Problem]) -> (usize, usize) {
    let errors = problems
        .iter()
        .filter(|one| one.severity == Severity::Error);
    let errors = errors.count();
    (errors, problems.len() - errors)
}
