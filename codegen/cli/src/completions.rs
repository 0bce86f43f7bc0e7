//! `farrier completions`: what a shell completes.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::Outcome;
use crate::arguments::{Arguments, Completions};

pub(crate) fn run(arguments: &Completions) -> Outcome {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "farrier", &mut script);
    match io::stdout().write_all(&script) {
        Ok(()) => Outcome::Good,
        Err(error) => {
            eprintln!("error: cannot print the completions: {error}");
            Outcome::Bad
        }
    }
}
