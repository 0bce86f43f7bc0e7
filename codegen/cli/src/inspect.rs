//! `farrier inspect`: a service at a glance, the tree of an operation, a picture of what reaches what.

mod json;
mod picture;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use farrier::Generator;
use farrier::inspect::Inspection;

use crate::Outcome;
use crate::arguments::generator_of;
use crate::print::print;
use crate::report::{Problem, Style};

/// What to look at, and how.
#[derive(Debug, Args)]
pub(crate) struct What {
    /// A Smithy model in JSON; several where the model is in several files
    #[arg(value_name = "MODEL", required = true)]
    models: Vec<PathBuf>,
    /// A file that changes the model by `apply`
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Which service of the model to look at, where it has several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// An operation to look at, or a pattern such as `*CustomKeyStore*`: what it takes, answers and fails with
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    /// How to show it
    #[arg(long, value_enum, default_value = "tree")]
    format: Format,
}

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Tree,
    /// For programs
    Json,
    /// A picture of what reaches what, for Markdown
    Mermaid,
    /// The same, for Graphviz
    Dot,
}

/// Shows it; what is in the way of a client goes to standard error.
pub(crate) fn run(what: &What, style: Style) -> Outcome {
    let inspection = match what.generator().inspect() {
        Ok(inspection) => inspection,
        Err(error) => {
            style.show(Problem::all_of(error));
            return Outcome::Bad;
        }
    };
    style.show(Problem::all_in(inspection.diagnostics()).collect());
    // Trees and pictures are of Rust, and of a service that cannot be printed there is none.
    let is_of_rust = inspection.is_part() || matches!(what.format, Format::Mermaid | Format::Dot);
    if is_of_rust && inspection.graph().is_none() {
        return Outcome::Bad;
    }
    print(shown(&inspection, what.format), Outcome::Good, style)
}

fn shown(inspection: &Inspection, format: Format) -> String {
    match (format, inspection.graph()) {
        (Format::Json, _) => json::of(inspection),
        (Format::Mermaid, Some(graph)) => picture::mermaid(&graph),
        (Format::Dot, Some(graph)) => picture::dot(&graph),
        _ if inspection.is_part() => text::trees(inspection),
        _ => text::glance(inspection),
    }
}

impl What {
    fn generator(&self) -> Generator {
        generator_of(
            &self.models,
            &self.overlays,
            self.service.as_deref(),
            &self.operations,
        )
    }
}
