//! `farrier completions`: what a shell completes.

use clap::CommandFactory;

use crate::Outcome;
use crate::arguments::{Arguments, Completions};
use crate::print::print;
use crate::report::Style;

pub(crate) fn run(arguments: &Completions, style: Style) -> Outcome {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "farrier", &mut script);
    print(script, Outcome::Good, style)
}
