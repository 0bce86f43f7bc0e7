//! `farrier completions`: what a shell completes.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::Outcome;
use crate::arguments::{Arguments, Completions};
use crate::report::{Kind, Problem, Style};

pub(crate) fn run(arguments: &Completions, style: Style) -> Outcome {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "farrier", &mut script);
    match io::stdout().write_all(&script) {
        Ok(()) => Outcome::Good,
        Err(error) => {
            let message = format!("cannot print the completions: {error}");
            style.show(vec![Problem::new(Kind::Disk, message)]);
            Outcome::Bad
        }
    }
}
