//! Tests of the reader as a whole.

mod corpus;
mod golden;
mod hostile;
mod json;
mod meaning;
mod overlays;

use super::{Model, Source};
use crate::diagnostic::Diagnostics;

/// Reads one text as the file `test.json`.
fn read(text: impl Into<Vec<u8>>) -> (Option<Model>, Diagnostics) {
    read_all(vec![Source::model("test.json", Ok(text.into()))])
}

fn read_all(sources: Vec<Source>) -> (Option<Model>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let model = Model::read(sources, &mut diagnostics);
    assert_eq!(model.is_none(), diagnostics.has_errors());
    (model, diagnostics)
}

/// The model of these shapes, which must be free of faults.
fn shapes(shapes: &str) -> Model {
    let (model, diagnostics) = read(format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#));
    model.unwrap_or_else(|| panic!("{diagnostics}"))
}
