//! What the model files say: shapes and traits in the order of the files, with their places.
//!
//! One or several files in [Smithy's JSON AST](https://smithy.io/2.0/spec/json-ast.html), versions 1.0 and 2.x, become
//! one [`Model`]. Nothing here knows about Rust. Every fault of every file is collected; a `Model` in hand has none:
//! its targets exist and are of the right type, `apply` is carried out and mixins are flattened.

mod check;
mod defaults;
mod draft;
mod id;
mod json;
mod merge;
mod mixin;
mod node;
mod patch;
mod read;
mod shape;
mod source;
#[cfg(test)]
mod tests;
mod traits;
mod walk;

use std::collections::HashMap;
use std::io::ErrorKind;

pub(crate) use id::ShapeId;
pub(crate) use node::{Node, Object, Value};
pub(crate) use shape::{Member, Operation, Reference, Shape, ShapeKind};
pub(crate) use source::{Files, Role, Source, Span};
pub(crate) use traits::{Trait, Traits};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use draft::{Draft, Reporter};

/// A whole model, free of faults.
#[derive(Debug)]
pub(crate) struct Model {
    /// The files it was read from.
    pub(crate) files: Files,
    /// What the files say about the model itself, merged.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "merged to find conflicts; no stage asks for it yet"
        )
    )]
    pub(crate) metadata: Object,
    /// The shapes of the prelude, then those of the files, in their order.
    shapes: Vec<Shape>,
    /// Where a shape is in `shapes`.
    index: HashMap<ShapeId, usize>,
}

/// The shapes every model has; see [prelude](https://smithy.io/2.0/spec/model.html#prelude).
const PRELUDE: &str = include_str!("model/prelude.json");

impl Model {
    /// Reads a model, merged from all `sources`.
    ///
    /// Everything that is wrong is added to `diagnostics`, sorted by file and position; `None` when there is any
    /// error among it.
    pub(crate) fn read(sources: Vec<Source>, diagnostics: &mut Diagnostics) -> Option<Model> {
        let mut faults = Diagnostics::new();
        let model = assemble(sources, &mut faults);
        faults.sort();
        let whole = !faults.has_errors();
        diagnostics.extend(faults);
        whole.then_some(model)
    }

    /// The shapes of the files in their order, without the prelude.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes
            .iter()
            .filter(|shape| shape.span.file != PRELUDE_FILE)
    }

    /// The shape of this id, the [prelude](https://smithy.io/2.0/spec/model.html#prelude) included.
    ///
    /// The id may be a [`ShapeId`] or its text; that of a member finds nothing.
    pub(crate) fn shape(&self, id: impl AsRef<str>) -> Option<&Shape> {
        self.index.get(id.as_ref()).map(|&at| &self.shapes[at])
    }

    /// The shape that a reference of this model targets.
    ///
    /// Every target was checked when the model was read, so that this always finds the shape; a reference that is not
    /// from this model finds `smithy.api#Unit`.
    pub(crate) fn target(&self, reference: &Reference) -> &Shape {
        self.shape(&reference.id).unwrap_or(&self.shapes[0])
    }
}

/// What to do where there is no such file.
const NOT_FOUND: &str =
    "correct the path; those in a build script are relative to the folder of its package";

/// The prelude is always the first file.
const PRELUDE_FILE: u32 = 0;

/// Every pass over the files, in order.
fn assemble(sources: Vec<Source>, faults: &mut Diagnostics) -> Model {
    let mut files = Files::default();
    let mut draft = Draft::default();
    let prelude = Source::model("(prelude)", Ok(PRELUDE.into()));
    for source in [prelude].into_iter().chain(sources) {
        let file = source.open(&mut files, faults);
        match file.and_then(|file| json::parse(&files, file, faults)) {
            Some(root) => read::file(root, &mut files, &mut draft, faults),
            None => draft.partial = true,
        }
    }
    let mut reporter = Reporter::new(&files, faults);
    patch::rename(&mut draft, &mut reporter);
    let inherited = merge::apply(&mut draft, &mut reporter);
    mixin::flatten(&mut draft, inherited, &mut reporter);
    defaults::add(&mut draft, &files);
    check::references(&draft, &mut reporter);
    check::traits(&draft, &mut reporter);
    let Draft {
        shapes,
        index,
        metadata,
        ..
    } = draft;
    Model {
        files,
        metadata,
        shapes,
        index,
    }
}

impl Source {
    /// Takes the file in, if it could be read and is text, and returns its index.
    fn open(self, files: &mut Files, faults: &mut Diagnostics) -> Option<u32> {
        let bytes = match self.content {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                let mut fault =
                    Diagnostic::error(Code::FileUnreadable, message).in_file(&self.path);
                fault.help = match error.kind() {
                    ErrorKind::NotFound => Some(NOT_FOUND.to_owned()),
                    ErrorKind::IsADirectory => Some("name a file in it".to_owned()),
                    _ => None,
                };
                faults.push(fault);
                return None;
            }
        };
        if u32::try_from(bytes.len()).is_err() {
            let message = "the file is larger than 4 GB".to_owned();
            faults.push(Diagnostic::error(Code::FileUnreadable, message).in_file(&self.path));
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.remove(0);
                }
                Some(files.add(self.path, text, self.role))
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(valid);
                let file = files.add(
                    self.path,
                    String::from_utf8(bytes).unwrap_or_default(),
                    self.role,
                );
                let span = Span {
                    file,
                    start: valid as u32,
                };
                let fault = Diagnostic::error(Code::NotUtf8, "the file is not UTF-8 from here on");
                faults.push(fault.at(files, span).help("save it as UTF-8"));
                None
            }
        }
    }
}
