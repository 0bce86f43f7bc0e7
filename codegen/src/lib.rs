//! Reads a [Smithy](https://smithy.io) service model and prints a Rust client of it.
//!
//! This is the library that a build script depends on; the command `farrier` stands on it too. [`Generator`] is where
//! to start.
//!
//! The way through is one function: the files become a model, the model what will be printed, that text, and the text
//! files. Nothing is written until everything is made, and everything that is wrong with a model is told at once.

mod api;
mod diagnostic;
#[cfg(feature = "tools")]
pub mod diff;
mod emit;
mod error;
mod generate;
#[cfg(feature = "tools")]
pub mod inspect;
mod list;
mod lower;
#[cfg(feature = "tools")]
mod memory;
mod model;
mod names;
mod order;
mod output;
#[cfg(feature = "tools")]
pub mod words;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
pub use error::Error;
#[cfg(feature = "tools")]
pub use generate::Reason;
pub use generate::{Generator, Prepared, Report, Rerun, Staged};

use api::ProtocolTests;
use lower::Selection;
use model::{Model, Source};
use output::{Form, Printed};

/// What came out of a model.
struct Made {
    title: String,
    sdk_id: String,
    operations: usize,
    /// The features of the runtime that the code needs.
    needs: Vec<&'static str>,
    /// Whether there are protocol tests.
    tests: bool,
    printed: Vec<Printed>,
    warnings: Diagnostics,
}

/// The whole way, up to the disk: read, lower, emit, print.
fn make(generator: &Generator, sources: Vec<Source>, form: Form) -> Result<Made, Error> {
    let mut diagnostics = Diagnostics::new();
    let model = Model::read(sources, &mut diagnostics);
    let selection = Selection {
        service: generator.service.clone(),
        operations: generator.operations.clone(),
        lenient: false,
        streams: false,
        validates: form == Form::Crate || generator.validates,
    };
    let api = model.and_then(|model| lower::lower(&model, &selection, &mut diagnostics));
    diagnostics.sort();
    let Some(mut api) = api else {
        return Err(Error::Input(diagnostics));
    };
    if form == Form::Module {
        // They test what is printed, and would be among the tests of the program that includes it.
        api.protocol_tests = ProtocolTests::default();
        api.endpoint.operation_tests = Vec::new();
    }
    Ok(Made {
        printed: output::print(&api, form)?,
        operations: api.operations.len(),
        needs: api.runtime_features(),
        tests: !api.protocol_tests.is_empty() || !api.endpoint.operation_tests.is_empty(),
        title: api.service.title,
        sdk_id: api.service.sdk_id,
        warnings: diagnostics,
    })
}
