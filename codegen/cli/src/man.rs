//! `farrier man`: the manual pages, one for the command and one for each of its commands.

use std::fs;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::Outcome;
use crate::arguments::{self, Arguments};
use crate::print::print;
use crate::report::{Kind, Problem, Style};

/// Prints the page of the command, or writes all pages to a folder.
pub(crate) fn run(arguments: &arguments::Man, style: Style) -> Outcome {
    // `farrier help` is how a page is read without a manual.
    let command = Arguments::command().disable_help_subcommand(true);
    let done = match &arguments.out {
        Some(folder) => {
            fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder))
        }
        None => {
            let mut page = Vec::new();
            match Man::new(command).render(&mut page) {
                Ok(()) => return print(page, Outcome::Good, style),
                failed => failed,
            }
        }
    };
    match done {
        Ok(()) => Outcome::Good,
        Err(error) => {
            let message = format!("cannot write the manual: {error}");
            style.show(vec![Problem::new(Kind::Disk, message)]);
            Outcome::Bad
        }
    }
}
