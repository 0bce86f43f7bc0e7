//! This program in the place of rustc (`RUSTC_WRAPPER`): runs it, and writes down what each crate took.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, Taken};

/// The variable that names the file to write to, and turns this program into the wrapper.
const LOG: &str = "FARRIER_BENCH_LOG";

/// The file to write to, when this process is the wrapper.
pub(crate) fn log() -> Option<PathBuf> {
    env::var_os(LOG).map(PathBuf::from)
}

/// Makes cargo call this program for rustc, and write to the file.
pub(crate) fn wrap(cargo: &mut Command, log: &Path) -> Outcome<()> {
    cargo.env("RUSTC_WRAPPER", env::current_exe()?);
    cargo.env(LOG, log);
    Ok(())
}

/// Runs the rustc that the arguments name, and adds a line to the file: the crate, elapsed and CPU seconds.
pub(crate) fn run(log: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(rustc) = arguments.next() else {
        return ExitCode::from(2);
    };
    let arguments: Vec<_> = arguments.collect();
    let (status, taken) = measure::children(|| Command::new(rustc).args(&arguments).status());
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name")
        .nth(1);
    if let Some(name) = name {
        let Taken { wall, cpu } = taken;
        let line = format!(
            "{} {} {}\n",
            name.to_string_lossy(),
            wall.as_secs_f64(),
            cpu.as_secs_f64()
        );
        let file = OpenOptions::new().create(true).append(true).open(log);
        // A lost line is found missing by the reader.
        let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    }
    match status.ok().and_then(|status| status.code()) {
        Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        None => ExitCode::FAILURE,
    }
}

/// What the crate took, by its last line in the file.
pub(crate) fn taken(log: &Path, name: &str) -> Outcome<Taken> {
    let text = std::fs::read_to_string(log)?;
    text.lines()
        .rev()
        .find_map(|line| {
            let mut fields = line.split(' ').skip_while(|field| *field != name).skip(1);
            let mut seconds = || {
                let seconds = fields.next()?.parse().ok()?;
                Some(Duration::from_secs_f64(seconds))
            };
            Some(Taken {
                wall: seconds()?,
                cpu: seconds()?,
            })
        })
        .ok_or_else(|| format!("rustc was not called for {name}").into())
}
