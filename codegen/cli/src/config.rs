//! The file farrier.toml: what a repository generates, one table a crate.

mod keys;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

use farrier::Generator;

use crate::report::{Kind, Problem};

pub(crate) use schema::schema;
pub(crate) use text::{Text, quoted};

/// The name of the file.
pub(crate) const NAME: &str = "farrier.toml";

/// The nearest farrier.toml: in this folder or one around it.
pub(crate) fn find(folder: &Path) -> Option<PathBuf> {
    let all = folder.ancestors().map(|folder| folder.join(NAME));
    all.into_iter().find(|path| path.is_file())
}

/// What a farrier.toml asks for.
#[derive(Debug)]
pub(crate) struct Config {
    /// A generator for each table whose files are there, with the place of the table, from 0.
    pub(crate) generators: Vec<(usize, Generator)>,
    /// A word on each file that is not there.
    pub(crate) absent: Vec<Problem>,
}

/// Reads the file. Where files that it names are not there, the other tables can still be asked what is wrong with theirs; where
/// something else is wrong with it, what the tables ask for is not known.
pub(crate) fn read(path: &Path) -> Result<Config, Vec<Problem>> {
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("farrier.toml cannot be read: {error}");
        vec![Problem::new(Kind::ConfigUnreadable, message).in_file(path)]
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = read::parse(&text, folder);
    let (lacking, absent): (Vec<_>, Vec<_>) = read::absent(&read.named, folder).into_iter().unzip();
    let told = |faults: Vec<read::Fault>| {
        let faults = faults.into_iter();
        faults.map(|fault| fault.problem(&text, path)).collect()
    };
    if !read.faults.is_empty() {
        return Err(told(read.faults.into_iter().chain(absent).collect()));
    }
    let tables = read.generators.into_iter().enumerate();
    Ok(Config {
        generators: tables
            .filter(|(table, _)| !lacking.contains(table))
            .collect(),
        absent: told(absent),
    })
}

/// Gives those problems their place in the file that come from what is in it: names that the model does not have, and a module
/// that is no file. `table` is the one whose generator found them, from 0.
pub(crate) fn locate(path: &Path, table: usize, problems: &mut [Problem]) {
    let Ok(text) = fs::read_to_string(path) else {
        return;
    };
    let read = read::parse(&text, Path::new(""));
    for problem in problems {
        let mut named = read.named.iter();
        if let Some(span) = named.find_map(|name| name.meant_by(table, problem)) {
            problem.place = Some(text::place(&text, span.start, path));
            problem.length = text[span.clone()].chars().count();
        }
    }
}
