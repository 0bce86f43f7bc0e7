//! Standard output: what a command was asked for.

use std::io::{self, Write};

use crate::Outcome;
use crate::report::{Kind, Problem, Style};

/// Prints a text and gives back the outcome, or that it could not be printed. That whoever reads it stops early, as `head`
/// does, is no fault.
pub(crate) fn print(text: impl AsRef<[u8]>, outcome: Outcome, style: Style) -> Outcome {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let message = format!("cannot write to standard output: {error}");
            style.show(vec![Problem::new(Kind::Disk, message)]);
            Outcome::Bad
        }
        _ => outcome,
    }
}
