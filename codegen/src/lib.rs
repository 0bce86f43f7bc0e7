//! Reads a [Smithy](https://smithy.io) service model and prints a Rust client of it.
//!
//! This is the library that a build script depends on; the command `farrier` stands on it too. [`Generator`] is where
//! to start.
//!
//! The way through is one function: the files become a model, the model what will be printed, that text, and the text
//! files. Nothing is written until everything is made, and everything that is wrong with a model is told at once.

mod api;
mod diagnostic;
mod emit;
mod error;
mod generate;
mod lower;
mod model;
mod names;
mod output;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
pub use error::Error;
pub use generate::{Generator, Prepared, Report, Rerun};

use lower::Selection;
use model::Model;
use output::{Form, Printed};

/// What came out of a model.
struct Made {
    title: String,
    sdk_id: String,
    operations: usize,
    printed: Vec<Printed>,
    warnings: Diagnostics,
}

/// The whole way, up to the disk: read, lower, emit, print.
fn make(generator: &Generator, form: Form) -> Result<Made, Error> {
    let mut diagnostics = Diagnostics::new();
    let model = Model::read(generator.sources(), &mut diagnostics);
    let selection = Selection {
        operations: generator.operations.clone(),
    };
    let api = model.and_then(|model| lower::lower(&model, &selection, &mut diagnostics));
    diagnostics.sort();
    let Some(api) = api else {
        return Err(Error::Input(diagnostics));
    };
    Ok(Made {
        printed: output::print(&api, form)?,
        operations: api.operations.len(),
        title: api.service.title,
        sdk_id: api.service.sdk_id,
        warnings: diagnostics,
    })
}
