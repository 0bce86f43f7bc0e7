//! `farrier diff`: what a change of a model does to those who use the client.

mod json;
mod markdown;
mod text;

use std::iter;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use farrier::Generator;
use farrier::diff::{Comparison, Severity};

use crate::Outcome;
use crate::arguments::generator_of;
use crate::print::print;
use crate::report::{Problem, Style};

/// Which models to compare, and how to say it.
#[derive(Debug, Args)]
pub(crate) struct Models {
    /// The model as it was, in JSON
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The model as it is
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// A further file of both models, where they are in several
    #[arg(long = "model", value_name = "FILE")]
    models: Vec<PathBuf>,
    /// A further file of the old model alone
    #[arg(long = "old-model", value_name = "FILE")]
    old_models: Vec<PathBuf>,
    /// A further file of the new model alone
    #[arg(long = "new-model", value_name = "FILE")]
    new_models: Vec<PathBuf>,
    /// A file that adds to both models by `apply`
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// An overlay of the old model alone, for one that does not fit the new model any more
    #[arg(long = "old-overlay", value_name = "FILE")]
    old_overlays: Vec<PathBuf>,
    /// An overlay of the new model alone
    #[arg(long = "new-overlay", value_name = "FILE")]
    new_overlays: Vec<PathBuf>,
    /// Which service of the models to compare, where they have several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// An operation to compare, or a pattern such as `*CustomKeyStore*` [default: all]
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The most that the change may be
    #[arg(long, value_enum, default_value_t = Allow::Minor)]
    allow: Allow,
}

/// How a comparison is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each change with its places, the verdict last
    Text,
    /// For programs
    Json,
    /// For a changelog
    Markdown,
}

/// How much may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allow {
    /// No public item may change
    Patch,
    /// Items may be added
    Minor,
    /// Anything may change
    Major,
}

/// Compares, and says what it found.
pub(crate) fn run(models: &Models, style: Style) -> Outcome {
    let old = models.generator(&models.old, &models.old_models, &models.old_overlays);
    let new = models.generator(&models.new, &models.new_models, &models.new_overlays);
    let comparison = match farrier::diff::compare(&old, &new) {
        Ok(comparison) => comparison,
        Err(error) => {
            style.show(Problem::all_of(error));
            return Outcome::Bad;
        }
    };
    style.show(Problem::all_in(&comparison.warnings).collect());
    let said = match models.format {
        Format::Text => text::text(&comparison),
        Format::Json => json::json(&comparison),
        Format::Markdown => markdown::markdown(&comparison),
    };
    let outcome = match comparison.severity() {
        Some(severity) if severity > models.allow.most() => Outcome::Stale,
        _ => Outcome::Good,
    };
    print(said, outcome, style)
}

impl Models {
    fn generator(&self, first: &PathBuf, more: &[PathBuf], overlays: &[PathBuf]) -> Generator {
        generator_of(
            iter::once(first).chain(&self.models).chain(more),
            self.overlays.iter().chain(overlays),
            self.service.as_deref(),
            &self.operations,
        )
    }
}

impl Allow {
    fn most(self) -> Severity {
        match self {
            Allow::Patch => Severity::Patch,
            Allow::Minor => Severity::Minor,
            Allow::Major => Severity::Major,
        }
    }
}

/// `minor`, or `none` where nothing has changed.
fn verdict(comparison: &Comparison) -> &'static str {
    comparison.severity().map_or("none", Severity::name)
}
