//! What the files say before it is known to fit together.

use std::collections::{HashMap, HashSet};

use super::PRELUDE_FILE;
use super::id::ShapeId;
use super::node::Object;
use super::patch::Patch;
use super::shape::{Reference, Shape};
use super::source::{Files, Span};
use super::traits::Traits;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean, nearest, one_of};
use crate::list::List as _;

/// A model in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The shapes, in the order of the files.
    pub(super) shapes: Vec<Shape>,
    /// Where a shape is in `shapes`.
    pub(super) index: HashMap<ShapeId, usize>,
    /// Traits that were written apart from their shapes, in the order of the files.
    pub(super) applies: Vec<Apply>,
    /// The metadata of all files.
    pub(super) metadata: Object,
    /// Shapes that have faults, of which no more is to be said.
    pub(super) broken: HashSet<ShapeId>,
    /// Whether a whole file is missing, so that anything may be in it.
    pub(super) partial: bool,
}

/// Traits for a shape or a member that is defined elsewhere.
#[derive(Debug)]
pub(super) struct Apply {
    /// The shape or the member.
    pub(super) id: ShapeId,
    /// What it gets.
    pub(super) traits: Traits,
    /// What it loses first, where an overlay says so.
    pub(super) patch: Option<Patch>,
    /// Other names that it, a service, gets for shapes, where an overlay says so.
    pub(super) rename: Vec<(Reference, String)>,
    /// Where the id stands.
    pub(super) span: Span,
}

impl Apply {
    /// Whether it does nothing, wherever it points.
    pub(super) fn is_empty(&self) -> bool {
        let expects = self.patch.as_ref().map(|patch| &patch.expects);
        self.traits.is_empty() && expects.is_none_or(Vec::is_empty) && self.rename.is_empty()
    }
}

impl Draft {
    /// The shape of this id.
    pub(super) fn shape(&self, id: impl AsRef<str>) -> Option<&Shape> {
        self.index.get(id.as_ref()).map(|&at| &self.shapes[at])
    }

    /// Whether the files define any shape.
    pub(super) fn has_own_shapes(&self) -> bool {
        let mut shapes = self.shapes.iter();
        shapes.any(|shape| shape.span.file != PRELUDE_FILE)
    }

    /// Whether a shape may be absent or incomplete because of a fault that was reported already.
    pub(super) fn is_excused(&self, id: &str) -> bool {
        self.partial || self.broken.contains(id)
    }
}

/// Diagnostics about a draft.
#[derive(Debug)]
pub(super) struct Reporter<'a> {
    pub(super) files: &'a Files,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// How many more names may be compared with misspelt ones, as each of those costs a walk over the model.
    comparisons: usize,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(files: &'a Files, diagnostics: &'a mut Diagnostics) -> Reporter<'a> {
        Reporter {
            files,
            diagnostics,
            comparisons: 200_000,
        }
    }

    /// Adds an error about a shape or a member.
    pub(super) fn error(&mut self, code: Code, on: &ShapeId, span: Span, message: String) {
        let error = Diagnostic::error(code, message).on(on).at(self.files, span);
        self.diagnostics.push(error);
    }

    /// Adds any diagnostic.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Words what `wanted` may have meant, as long as that is not asked too often.
    pub(super) fn suggest<'n>(
        &mut self,
        wanted: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        if self.comparisons == 0 {
            return None;
        }
        let names: Vec<&str> = names.into_iter().list();
        self.comparisons = self.comparisons.saturating_sub(names.len());
        did_you_mean(wanted, names)
    }

    /// Words which shape `wanted` may have meant: one of its namespace with a similar name, or one of its name in
    /// another namespace.
    pub(super) fn suggest_shape(&mut self, wanted: &str, shapes: &[Shape]) -> Option<String> {
        if self.comparisons == 0 {
            return None;
        }
        self.comparisons = self.comparisons.saturating_sub(shapes.len());
        let (namespace, name) = wanted.split_once('#')?;
        let known = shapes.iter().map(|shape| &shape.id);
        let near = known
            .clone()
            .filter(|id| id.namespace() == namespace)
            .map(ShapeId::name);
        let near = nearest(name, near)
            .into_iter()
            .map(|name| format!("{namespace}#{name}"));
        let same = known
            .filter(|id| id.name() == name)
            .map(ToString::to_string);
        let found: Vec<String> = same.chain(near).take(3).list();
        one_of(&found.iter().map(String::as_str).list())
    }
}
