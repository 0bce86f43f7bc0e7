//! What a command is asked to generate: by its arguments, or by the nearest farrier.toml.

use std::path::PathBuf;

use farrier::{Error, Generator, Report};

use crate::arguments::What;
use crate::config;
use crate::report::{Kind, Problem, Style};

/// A generator for each crate whose files are there, and the farrier.toml that lists them, if one does.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) generators: Vec<Generator>,
    listed: Option<Listed>,
}

/// Where the generators are from.
#[derive(Debug)]
struct Listed {
    config: PathBuf,
    /// The table of each generator, from 0.
    tables: Vec<usize>,
    /// A word on each file that is not there.
    absent: Vec<Problem>,
}

impl Asked {
    /// What the arguments ask for; shows what is wrong with them.
    pub(crate) fn by(what: &What, style: Style) -> Option<Asked> {
        Asked::read(what)
            .map_err(|problems| style.show(problems))
            .ok()
    }

    fn read(what: &What) -> Result<Asked, Vec<Problem>> {
        if let Some(generator) = what.generator() {
            return Ok(Asked {
                generators: vec![of_this_build(generator)],
                listed: None,
            });
        }
        let path = match &what.config {
            Some(path) => path.clone(),
            None => nearest()?,
        };
        let read = config::read(&path)?;
        let (tables, generators): (_, Vec<_>) = read.generators.into_iter().unzip();
        let listed = Listed {
            config: path,
            tables,
            absent: read.absent,
        };
        Ok(Asked {
            generators: generators.into_iter().map(of_this_build).collect(),
            listed: Some(listed),
        })
    }

    /// Whether all files that are named are there, so that something may come of it.
    pub(crate) fn is_whole(&self) -> bool {
        let listed = self.listed.as_ref();
        listed.is_none_or(|listed| listed.absent.is_empty())
    }

    /// What came of the generators, in their order, when nothing went wrong with any; shows all warnings and errors.
    pub(crate) fn all_good<T>(
        self,
        results: Vec<Result<T, Error>>,
        report: impl Fn(&T) -> &Report,
        style: Style,
    ) -> Option<Vec<T>> {
        let mut problems = Vec::new();
        let mut good = self.is_whole().then(Vec::new);
        for (index, result) in results.into_iter().enumerate() {
            match result {
                Ok(value) => {
                    problems.extend(Problem::all_in(&report(&value).warnings));
                    if let Some(good) = &mut good {
                        good.push(value);
                    }
                }
                Err(error) => {
                    problems.extend(self.problems(index, error));
                    good = None;
                }
            }
        }
        problems.extend(self.listed.into_iter().flat_map(|listed| listed.absent));
        style.show(problems);
        good
    }

    /// All that an error of one of the generators says, with places in farrier.toml where it is about that.
    fn problems(&self, index: usize, error: Error) -> Vec<Problem> {
        let mut problems = Problem::all_of(error);
        if let Some(listed) = &self.listed {
            config::locate(&listed.config, listed.tables[index], &mut problems);
        }
        problems
    }
}

/// Tells the build of the generator, where its version does not: see `build.rs`.
fn of_this_build(generator: Generator) -> Generator {
    match option_env!("FARRIER_BUILD") {
        Some(build) => generator.build(build),
        None => generator,
    }
}

/// The nearest farrier.toml, as seen from the current folder.
fn nearest() -> Result<PathBuf, Vec<Problem>> {
    let here = std::env::current_dir().map_err(|error| {
        let message = format!("there is no current folder: {error}");
        vec![Problem::new(Kind::Disk, message)]
    })?;
    let path = config::find(&here).ok_or_else(|| {
        let name = config::NAME;
        let here = here.display();
        let message = format!("there is no {name} in {here} or a folder around it");
        let help =
            "give --config, or --model with --out or --module; `farrier init MODEL` writes one";
        vec![Problem::new(Kind::NoConfig, message).help(help)]
    })?;
    Ok(path
        .strip_prefix(&here)
        .map(ToOwned::to_owned)
        .unwrap_or(path))
}
