//! This program in the place of another, such as rustc (`RUSTC_WRAPPER`): runs it, and writes down what it took.

use std::env;
use std::ffi::OsString;
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

/// A program that writes to the file what it took, under the crate that its arguments name or else its own name.
pub(crate) fn wrapped(program: &Path, log: &Path) -> Outcome<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(program).env(LOG, log);
    Ok(command)
}

/// Runs the program that the arguments name, and adds a line to the file: the crate, elapsed and CPU seconds, and the most
/// memory it had, in bytes.
pub(crate) fn run(log: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        return ExitCode::from(2);
    };
    let mut arguments: Vec<_> = arguments.collect();
    if arguments.iter().any(|argument| argument == "--crate-name") {
        // As cargo has it for what comes from a registry. What is there as a folder would be searched for lints too.
        arguments.extend(["--cap-lints", "allow"].map(OsString::from));
    }
    let (status, taken) = measure::children(|| Command::new(&program).args(&arguments).status());
    let mut rest = arguments.iter();
    rest.find(|argument| *argument == "--crate-name");
    let own = Path::new(&program).file_stem().unwrap_or_default();
    let name = rest.next().map_or(own, OsString::as_os_str);
    let line = format!(
        "{} {} {} {}\n",
        name.to_string_lossy(),
        taken.wall.as_secs_f64(),
        taken.cpu.as_secs_f64(),
        measure::peak_of_children()
    );
    let file = OpenOptions::new().create(true).append(true).open(log);
    // A lost line is found missing by the reader.
    let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    match status.ok().and_then(|status| status.code()) {
        Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        None => ExitCode::FAILURE,
    }
}

/// What a crate or a program took, by its last line in the file.
pub(crate) fn taken(log: &Path, name: &str) -> Outcome<Taken> {
    let text = std::fs::read_to_string(log)?;
    let last = text.lines().rev().find_map(|line| figures(line, name));
    let [wall, cpu, _] = last.ok_or_else(|| unmeasured(name))?;
    Ok(Taken {
        wall: Duration::from_secs_f64(wall),
        cpu: Duration::from_secs_f64(cpu),
    })
}

/// The most memory it had in any of its runs, in bytes.
pub(crate) fn peak(log: &Path, name: &str) -> Outcome<u64> {
    let text = std::fs::read_to_string(log)?;
    let peaks = text.lines().filter_map(|line| figures(line, name));
    let most = peaks.map(|[_, _, peak]| peak as u64).max();
    most.ok_or_else(|| unmeasured(name).into())
}

/// The figures in a line, where it is of this crate or program.
fn figures(line: &str, name: &str) -> Option<[f64; 3]> {
    let mut fields = line.split(' ');
    let fits = fields.next() == Some(name);
    let figures: Vec<f64> = fields.map(str::parse).collect::<Result<_, _>>().ok()?;
    fits.then(|| figures.try_into().ok())?
}

fn unmeasured(name: &str) -> String {
    format!("nothing was measured under the name {name}")
}

#[cfg(test)]
mod tests {
    use super::{peak, taken};

    #[test]
    fn the_last_run_counts_for_time_and_all_of_them_for_memory() {
        let log = std::env::temp_dir().join(format!("farrier-bench-log-{}", std::process::id()));
        std::fs::write(&log, "a 1 2 300\nb 9 9 900\na 3 4 200\n").unwrap();
        assert_eq!(peak(&log, "a").unwrap(), 300);
        assert_eq!(taken(&log, "a").unwrap().wall.as_secs(), 3);
        assert!(peak(&log, "c").is_err());
        std::fs::remove_file(log).unwrap();
    }
}
