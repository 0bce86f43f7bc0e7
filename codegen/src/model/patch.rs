//! Patches: what an overlay takes from a published model or puts in the place of it.
//!
//! A patch states what it expects to find. Where the model has something else, because it was mended or changed since, the
//! patch no longer applies, and that is a fault of its own.

use super::draft::{Draft, Reporter};
use super::id::ShapeId;
use super::node::Node;
use super::shape::ShapeKind;
use super::source::Span;
use super::traits::Traits;
use crate::diagnostic::{Code, Diagnostic, quoted};

/// What an `apply` takes away before it adds.
#[derive(Debug)]
pub(super) struct Patch {
    /// Why it is there.
    pub(super) reason: String,
    /// The traits that are taken away.
    pub(super) expects: Vec<Expected>,
}

/// A trait that is expected to be there.
#[derive(Debug)]
pub(super) struct Expected {
    /// Its id.
    pub(super) id: ShapeId,
    /// The value that it is expected to have; `null` where any will do.
    pub(super) value: Node,
    /// Where the id stands.
    pub(super) span: Span,
}

/// Takes away what a patch expects, and from `added` what would come in the place of anything that is not as expected.
pub(super) fn take(
    patch: &Patch,
    known: &mut Traits,
    added: &mut Traits,
    on: &ShapeId,
    reporter: &mut Reporter<'_>,
) {
    for expected in &patch.expects {
        let id = &expected.id;
        let Some(at) = known.list.iter().position(|one| one.id == *id) else {
            let message = format!("the overlay expects the trait `{id}` here, and there is none");
            fails(Code::PatchFailed, message, patch, expected, on, reporter);
            added.list.retain(|one| one.id != *id);
            continue;
        };
        let found = &known.list[at];
        let place = reporter.files.place(found.span);
        if added.get(id.as_str()) == Some(&found.value) {
            let message = format!("the trait `{id}` has the new value already, at {place}");
            fails(Code::ApplyUseless, message, patch, expected, on, reporter);
        } else if expected.value.is_null() || expected.value == found.value {
            known.list.remove(at);
            continue;
        } else {
            let message =
                format!("the trait `{id}` is not what the overlay expects, but as at {place}");
            fails(Code::PatchFailed, message, patch, expected, on, reporter);
        }
        added.list.retain(|one| one.id != *id);
    }
}

fn fails(
    code: Code,
    message: String,
    patch: &Patch,
    expected: &Expected,
    on: &ShapeId,
    reporter: &mut Reporter<'_>,
) {
    let help = format!(
        "the overlay says why it is there: {}; take it out where that no longer holds",
        quoted(&patch.reason)
    );
    let fault = Diagnostic::error(code, message).on(on).help(help);
    reporter.push(fault.at(reporter.files, expected.span));
}

/// Gives services the other names for shapes that overlays have for them.
pub(super) fn rename(draft: &mut Draft, reporter: &mut Reporter<'_>) {
    for apply in &mut draft.applies {
        let rename = std::mem::take(&mut apply.rename);
        let Some((first, _)) = rename.first() else {
            continue;
        };
        let Some(&at) = draft.index.get(apply.id.shape_text()) else {
            // The `apply` must not seem to do nothing.
            apply.rename = rename;
            continue;
        };
        let ShapeKind::Service(service) = &mut draft.shapes[at].kind else {
            let message = "only a service has other names for shapes".to_owned();
            reporter.error(Code::BadRename, &apply.id, first.span, message);
            continue;
        };
        for (from, to) in rename {
            let known = service.rename.iter().find(|(known, _)| *known == from);
            let Some((place, name)) = known else {
                service.rename.push((from, to));
                continue;
            };
            let place = reporter.files.place(place.span);
            let message = format!("`{}` is renamed already, to `{name}`, at {place}", from.id);
            let code = if *name == to {
                Code::ApplyUseless
            } else {
                Code::BadRename
            };
            let fault = Diagnostic::error(code, message).on(&apply.id);
            let fault = fault.help("take it out of the overlay");
            reporter.push(fault.at(reporter.files, from.span));
        }
    }
}
