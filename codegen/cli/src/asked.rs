//! What a command is asked to generate: by its arguments, or by the nearest farrier.toml.

use std::path::PathBuf;

use farrier::{Error, Generator};

use crate::arguments::What;
use crate::config;
use crate::report::{Kind, Problem};

/// A generator for each crate, and the farrier.toml that lists them, if one does.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) generators: Vec<Generator>,
    config: Option<PathBuf>,
}

impl Asked {
    /// What the arguments ask for.
    pub(crate) fn by(what: &What) -> Result<Asked, Vec<Problem>> {
        if let Some(generator) = what.generator() {
            return Ok(Asked {
                generators: vec![generator],
                config: None,
            });
        }
        let path = match &what.config {
            Some(path) => path.clone(),
            None => nearest()?,
        };
        Ok(Asked {
            generators: config::read(&path)?,
            config: Some(path),
        })
    }

    /// All that an error of one of the generators says, with places in farrier.toml where it is about that.
    pub(crate) fn problems(&self, index: usize, error: Error) -> Vec<Problem> {
        let mut problems = Problem::all_of(error);
        if let Some(path) = &self.config {
            config::locate(path, index, &mut problems);
        }
        problems
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
