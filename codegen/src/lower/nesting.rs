//! How deep types are nested in each other, which rustc bounds.
//!
//! To see whether a type is `Send` rustc looks into its fields, into theirs, and so on, and gives up after
//! [128 levels](https://doc.rust-lang.org/reference/attributes/limits.html). A module that is included cannot raise that.

use std::collections::HashMap;

use super::boxes::Boxes;
use super::closure::Closure;
use super::traits::DEEPEST;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Member, Model, Shape, ShapeKind};

/// The levels that a type may have. The rest is for what is around it: inputs, builders, and futures that hold these.
const MOST: usize = 96;

/// The levels of a field and the `Option` around its value.
const FIELD: usize = 2;

/// Those of a `Vec` and of a `HashMap`, until the type in it comes.
const VEC: usize = 3;
const HASH_MAP: usize = 5;

/// Those of the `Option` in a sparse collection, and of a `Box`.
const SPARSE: usize = 1;
const BOX: usize = 2;

/// Refuses types that rustc would give up on, and says so of the deepest of them. Whether there are none.
pub(super) fn check<'m>(
    model: &'m Model,
    closure: &Closure<'m>,
    boxes: &Boxes<'m>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut levels: HashMap<&str, Option<usize>> = HashMap::new();
    let mut deepest: Option<(&Shape, usize)> = None;
    for (shape, _) in closure.types().filter(|(shape, _)| is_aggregate(shape)) {
        measure(model, boxes, shape, &mut levels);
        let below = levels
            .get(shape.id.as_str())
            .copied()
            .flatten()
            .unwrap_or_default();
        if deepest.is_none_or(|(_, most)| below > most) {
            deepest = Some((shape, below));
        }
    }
    let Some((shape, _)) = deepest.filter(|(_, below)| *below > MOST) else {
        return true;
    };
    let message = format!(
        "the types in {} are nested in each other more deeply than rustc follows them",
        shape.id.name()
    );
    let help = "leave out the operations that need it by naming those that you want";
    let fault = Diagnostic::error(Code::UnsupportedShape, message).help(help);
    diagnostics.push(fault.on(&shape.id).at(&model.files, shape.span));
    false
}

fn is_aggregate(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Structure { .. } | ShapeKind::Union { .. }
    )
}

/// Finds out how many levels there are below a type and all that it holds. A type that is still looked at, `None`, has none
/// where it holds itself.
fn measure<'m>(
    model: &'m Model,
    boxes: &Boxes<'m>,
    shape: &'m Shape,
    levels: &mut HashMap<&'m str, Option<usize>>,
) {
    let mut open = vec![(shape, false)];
    while let Some((shape, is_left)) = open.pop() {
        let held = shape.members().map(|member| held(model, boxes, member));
        if is_left {
            let below = held.map(|(between, inner)| {
                let inner = levels.get(inner.id.as_str()).copied().flatten();
                between + inner.unwrap_or_default()
            });
            let below = below.max();
            levels.insert(shape.id.as_str(), below.or(Some(0)));
        } else if !levels.contains_key(shape.id.as_str()) {
            levels.insert(shape.id.as_str(), None);
            open.push((shape, true));
            let inner = held.map(|(_, inner)| (inner, false));
            open.extend(inner.filter(|(inner, _)| is_aggregate(inner)));
        }
    }
}

/// The type at the end of the lists and maps that a member holds, and the levels up to it.
fn held<'m>(model: &'m Model, boxes: &Boxes<'m>, member: &'m Member) -> (usize, &'m Shape) {
    let mut levels = FIELD + if boxes.contains(member) { BOX } else { 0 };
    let mut shape = model.target(&member.target);
    for _ in 0..=DEEPEST {
        let (more, inner) = match &shape.kind {
            ShapeKind::List { member } => (VEC, member),
            ShapeKind::Map { value, .. } => (HASH_MAP, value),
            _ => break,
        };
        let is_sparse = shape.traits.has("smithy.api#sparse");
        levels += more + if is_sparse { SPARSE } else { 0 };
        shape = model.target(&inner.target);
    }
    (levels, shape)
}
