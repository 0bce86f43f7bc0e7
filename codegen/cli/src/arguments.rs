//! The arguments of the command, as clap reads them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};
use farrier::Generator;

use crate::diff::Models;
use crate::explain::Which;
use crate::init::Start;
use crate::report::Style;

/// Generates Rust clients from Smithy models.
#[derive(Debug, Parser)]
#[command(name = "farrier", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) style: Style,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write what the models ask for, all or nothing.
    ///
    /// Without arguments: all that farrier.toml, in the current folder or one around it, lists. What is fresh, by the hashes
    /// in its files, is not made again. An interrupted run leaves everything as it was.
    #[command(after_help = "Exit codes: 0 done, 2 bad input or usage.")]
    Generate(Generate),
    /// Say whether what is there is what would be written, and write nothing.
    ///
    /// Without arguments: all that farrier.toml, in the current folder or one around it, lists.
    #[command(
        after_help = "Exit codes: 0 fresh, 1 stale (the files are listed), 2 bad input or usage."
    )]
    Check(Check),
    /// Show what is in a model: the service at a glance, the tree of an operation, a picture of what reaches what.
    ///
    /// With --operation: what it takes, answers and fails with, as Rust, and what the model asks of each value.
    #[command(after_help = "Exit codes: 0 done, 2 bad input or usage.")]
    Inspect(crate::inspect::What),
    /// Say what a change of a model does to those who use the client.
    ///
    /// Compares the crates that would be printed, writes nothing, and judges by the rules of Cargo: patch, minor or major.
    #[command(
        after_help = "Exit codes: 0 at most what --allow permits, 1 more than that, 2 bad input or usage."
    )]
    Diff(Models),
    /// Begin a farrier.toml for a model, and a build.rs if it is wanted; nothing that is there is replaced.
    #[command(after_help = "Exit codes: 0 done, 2 bad input or usage.")]
    Init(Start),
    /// Say what the code of an error or a warning means, and what to do.
    #[command(after_help = "Exit codes: 0 done, 2 there is no such code.")]
    Explain(Which),
    /// Print completions for a shell.
    ///
    /// For bash, for example: farrier completions bash > ~/.local/share/bash-completion/completions/farrier
    Completions(Completions),
    /// Print the manual page, in roff.
    ///
    /// To read it: farrier man | man -l -
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) what: What,
    #[command(flatten)]
    pub(crate) how: How,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Overwrite generated files that were edited
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) what: What,
    #[command(flatten)]
    pub(crate) how: How,
    /// Say why it is stale: which model, overlay or setting has changed
    #[arg(long)]
    pub(crate) explain: bool,
    /// Show all lines that differ [default: the first 40 of a crate]
    #[arg(long)]
    pub(crate) all: bool,
}

/// How many crates are worked on at once, and how.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// Make everything and compare it, even what is fresh by the hashes in its files
    #[arg(long)]
    pub(crate) full: bool,
    /// How many crates are made at once; memory grows with it [default: the number of cores]
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Say nothing but what is wrong with the input
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write this page and those of all commands to a folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What to generate, and where.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("target").args(["out", "module"])))]
pub(crate) struct What {
    /// Generate what this file lists [default: the nearest farrier.toml]
    #[arg(long, value_name = "FILE", conflicts_with = "models")]
    pub(crate) config: Option<PathBuf>,
    /// A Smithy model in JSON; repeat it where the model is in several files
    #[arg(long = "model", value_name = "FILE", requires = "target")]
    models: Vec<PathBuf>,
    /// A file that changes the model by `apply`, see docs/overlays.md
    #[arg(long = "overlay", value_name = "FILE", requires = "models")]
    overlays: Vec<PathBuf>,
    /// Which service of the model to print, where it has several
    #[arg(long, value_name = "NAME", requires = "models")]
    service: Option<String>,
    /// An operation to print, or a pattern such as `*CustomKeyStore*` [default: all]
    #[arg(long = "operation", value_name = "NAME", requires = "models")]
    operations: Vec<String>,
    /// Print the setting `validate_input` into a module; a crate has it behind its feature `validate-input`
    #[arg(long, requires = "module", conflicts_with = "out")]
    validate_input: bool,
    /// Write a crate to this folder
    #[arg(long, value_name = "DIR", requires = "models")]
    out: Option<PathBuf>,
    /// Write one file, to be included in a module
    #[arg(long, value_name = "FILE.rs", requires = "models")]
    module: Option<PathBuf>,
    /// The name of the crate [default: farrier- and the service's id]
    #[arg(long, value_name = "NAME", requires = "out", conflicts_with = "module")]
    crate_name: Option<String>,
    /// The version of the crate [default: 0.1.0]
    #[arg(long, value_name = "V", requires = "out", conflicts_with = "module")]
    crate_version: Option<String>,
    /// The folder of farrier-runtime [default: the published one]
    #[arg(long, value_name = "DIR", requires = "out", conflicts_with = "module")]
    runtime_path: Option<PathBuf>,
}

impl What {
    /// The generator that the arguments describe; none when farrier.toml is to say it.
    pub(crate) fn generator(&self) -> Option<Generator> {
        if self.models.is_empty() {
            return None;
        }
        let mut generator = generator_of(
            &self.models,
            &self.overlays,
            self.service.as_deref(),
            &self.operations,
        );
        if self.validate_input {
            generator = generator.validate_input();
        }
        if let Some(path) = &self.out {
            generator = generator.out_dir(path);
        }
        if let Some(path) = &self.module {
            generator = generator.module_file(path);
        }
        if let Some(name) = &self.crate_name {
            generator = generator.crate_name(name);
        }
        if let Some(version) = &self.crate_version {
            generator = generator.crate_version(version);
        }
        if let Some(path) = &self.runtime_path {
            generator = generator.runtime_path(path);
        }
        Some(generator)
    }
}

/// A generator of what these arguments name, which several commands take.
pub(crate) fn generator_of<'a>(
    models: impl IntoIterator<Item = &'a PathBuf>,
    overlays: impl IntoIterator<Item = &'a PathBuf>,
    service: Option<&str>,
    operations: &[String],
) -> Generator {
    let mut generator = Generator::new().operations(operations);
    for path in models {
        generator = generator.model(path);
    }
    for path in overlays {
        generator = generator.overlay(path);
    }
    match service {
        Some(name) => generator.service(name),
        None => generator,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_each_other() {
        super::Arguments::command().debug_assert();
    }
}
