//! Several files to one model: metadata, shapes that are defined twice, and `apply`.
//!
//! See [merging models](https://smithy.io/2.0/spec/model.html#merging-models) and
//! [trait conflict resolution](https://smithy.io/2.0/spec/model.html#trait-conflict-resolution).

use std::collections::HashMap;

use super::draft::{Apply, Draft, Reporter};
use super::id::ShapeId;
use super::node::{Entry, Object, Value};
use super::patch;
use super::shape::{Member, Shape, ShapeKind};
use super::source::{Role, Span};
use super::traits::{Trait, Traits};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::list::List as _;

/// Adds the metadata of one file to that of all: arrays are joined, equal values are one.
pub(super) fn metadata(all: &mut Object, added: Object, reporter: &mut Reporter<'_>) {
    let mut index: HashMap<String, usize> = all
        .entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.key.clone(), at))
        .collect();
    for entry in added.entries {
        let Some(&at) = index.get(&entry.key) else {
            index.insert(entry.key.clone(), all.entries.len());
            all.entries.push(entry);
            continue;
        };
        let known = &mut all.entries[at].value;
        if *known == entry.value {
            continue;
        }
        if let (Value::Array(known), Value::Array(added)) = (&mut known.value, &entry.value.value) {
            known.extend(added.iter().cloned());
            continue;
        }
        let message = format!(
            "the metadata {} has another value at {}",
            quoted(&entry.key),
            reporter.files.place(known.span)
        );
        let conflict = Diagnostic::error(Code::MetadataConflict, message);
        let conflict = conflict
            .at(reporter.files, entry.key_span)
            .help("keep one of them");
        reporter.push(conflict);
    }
}

/// Adds a shape to the draft; one that is there already must be the same.
pub(super) fn shape(draft: &mut Draft, shape: Shape, reporter: &mut Reporter<'_>) {
    let Some(&at) = draft.index.get(&shape.id) else {
        draft.index.insert(shape.id.clone(), draft.shapes.len());
        draft.shapes.push(shape);
        return;
    };
    let known = &mut draft.shapes[at];
    if known.kind != shape.kind || known.mixins != shape.mixins {
        let place = reporter.files.place(known.span);
        let message = format!("this shape is defined otherwise at {place}");
        let conflict = Diagnostic::error(Code::ShapeConflict, message).on(&shape.id);
        let conflict = conflict.at(reporter.files, shape.span);
        reporter.push(conflict.help("rename one of them, or leave out one of the files"));
        return;
    }
    let Shape {
        id,
        kind,
        traits: added,
        ..
    } = shape;
    traits(&mut known.traits, added, &id, reporter);
    let added: Vec<Member> = kind.members().cloned().list();
    for (member, added) in known.kind.members_mut().zip(added) {
        traits(&mut member.traits, added.traits, &added.id, reporter);
    }
}

/// Adds traits to those that are there: arrays are joined, equal values are one, others are in conflict.
fn traits(known: &mut Traits, added: Traits, on: &ShapeId, reporter: &mut Reporter<'_>) {
    let mut index: HashMap<ShapeId, usize> = known
        .list
        .iter()
        .enumerate()
        .map(|(at, one)| (one.id.clone(), at))
        .collect();
    for added in added.list {
        let Some(&at) = index.get(&added.id) else {
            index.insert(added.id.clone(), known.list.len());
            known.list.push(added);
            continue;
        };
        let known = &mut known.list[at];
        if known.value == added.value {
            unless_useless(&added, on, known.span, reporter);
            continue;
        }
        let role = reporter.files.role(added.span.file);
        if role == Role::Overlay && is_joined(&added) && added.value.is_empty() {
            let message = format!("the trait `{}` adds nothing to what is there", added.id);
            let useless = Diagnostic::error(Code::ApplyUseless, message).on(on);
            let useless = useless.help("write into it what is to be added, or take it out");
            reporter.push(useless.at(reporter.files, added.span));
            continue;
        }
        if let (Value::Array(known), Value::Array(added)) =
            (&mut known.value.value, &added.value.value)
        {
            known.extend(added.iter().cloned());
            continue;
        }
        if let (Value::Object(known), Value::Object(waiters), Role::Overlay, WAITERS) = (
            &mut known.value.value,
            &added.value.value,
            role,
            added.id.as_str(),
        ) {
            for waiter in &waiters.entries {
                add_waiter(known, waiter, on, reporter);
            }
            continue;
        }
        let place = reporter.files.place(known.span);
        let message = format!("the trait `{}` has another value at {place}", added.id);
        let help = match role {
            Role::Model => "keep one of them",
            Role::Overlay => {
                "an overlay that puts another value in its place says so with `farrier.overlay#patch`"
            }
        };
        let conflict = Diagnostic::error(Code::TraitConflict, message).on(on);
        reporter.push(conflict.at(reporter.files, added.span).help(help));
    }
}

/// Whether an overlay adds to the values of the trait that are there, and puts none in their place.
fn is_joined(added: &Trait) -> bool {
    added.id == WAITERS || added.value.as_array().is_some()
}

/// The trait that an overlay adds to key by key: its keys are the names of waiters.
const WAITERS: &str = "smithy.waiters#waitable";

fn add_waiter(known: &mut Object, waiter: &Entry, on: &ShapeId, reporter: &mut Reporter<'_>) {
    let Some(found) = known.entries.iter().find(|one| one.key == waiter.key) else {
        known.entries.push(waiter.clone());
        return;
    };
    let place = reporter.files.place(found.key_span);
    let message = format!(
        "there is a waiter {} already, at {place}",
        quoted(&waiter.key)
    );
    let code = if found.value == waiter.value {
        Code::ApplyUseless
    } else {
        Code::TraitConflict
    };
    let fault = Diagnostic::error(code, message).on(on);
    let fault = fault.help("take it out of the overlay, or give it another name");
    reporter.push(fault.at(reporter.files, waiter.key_span));
}

/// An overlay is there to change something: reports one that says what another file says.
fn unless_useless(added: &Trait, on: &ShapeId, known: Span, reporter: &mut Reporter<'_>) {
    if reporter.files.role(added.span.file) == Role::Overlay {
        let place = reporter.files.place(known);
        let message = format!(
            "the trait `{}` has this value already, at {place}",
            added.id
        );
        let useless = Diagnostic::error(Code::ApplyUseless, message).on(on);
        let useless = useless.at(reporter.files, added.span);
        reporter.push(useless.help("take it out of the overlay, which is no longer needed for it"));
    }
}

/// Carries out every `apply`, as far as its member need not come from a mixin first.
///
/// Returns what is left: traits for members that shapes may inherit, by shape.
pub(super) fn apply(
    draft: &mut Draft,
    reporter: &mut Reporter<'_>,
) -> HashMap<ShapeId, Vec<Apply>> {
    let mut inherited: HashMap<ShapeId, Vec<Apply>> = HashMap::new();
    let mut by_shape: Vec<Vec<Apply>> = draft.shapes.iter().map(|_| Vec::new()).list();
    for apply in std::mem::take(&mut draft.applies) {
        match draft.index.get(apply.id.shape_text()) {
            Some(&at) => by_shape[at].push(apply),
            None => missing_shape(&apply, draft, reporter),
        }
    }
    for (shape, applies) in draft.shapes.iter_mut().zip(by_shape) {
        if applies.is_empty() {
            continue;
        }
        let left = to_shape(shape, applies, reporter);
        if shape.mixins.is_empty() {
            let excused = draft.partial || draft.broken.contains(&shape.id);
            left.iter()
                .filter(|_| !excused)
                .for_each(|apply| missing_member(apply, shape, reporter));
        } else if !left.is_empty() {
            inherited.insert(shape.id.clone(), left);
        }
    }
    inherited
}

/// Gives a shape and its own members what is applied to them, and hands back the rest.
fn to_shape(shape: &mut Shape, applies: Vec<Apply>, reporter: &mut Reporter<'_>) -> Vec<Apply> {
    let mut left = Vec::new();
    let mut members: HashMap<String, &mut Traits> = shape
        .kind
        .members_mut()
        .map(|member| (member.name().to_owned(), &mut member.traits))
        .collect();
    for apply in applies {
        match apply.id.member() {
            None => patched(&mut shape.traits, apply, reporter),
            Some(name) => match members.get_mut(name) {
                Some(known) => patched(known, apply, reporter),
                None => left.push(apply),
            },
        }
    }
    left
}

/// Adds what is applied, once what it takes the place of is gone.
fn patched(known: &mut Traits, mut apply: Apply, reporter: &mut Reporter<'_>) {
    if let Some(patch) = &apply.patch {
        patch::take(patch, known, &mut apply.traits, &apply.id, reporter);
    }
    traits(known, apply.traits, &apply.id, reporter);
}

fn missing_shape(apply: &Apply, draft: &Draft, reporter: &mut Reporter<'_>) {
    // One without traits does nothing, wherever it points; that has been said.
    if apply.is_empty() || draft.is_excused(apply.id.shape_text()) {
        return;
    }
    let help = if draft.has_own_shapes() {
        reporter.suggest_shape(apply.id.shape_text(), &draft.shapes)
    } else {
        let help = "no file defines any: give the model too, and this file as an overlay";
        Some(help.to_owned())
    };
    let message = "traits are applied to this shape, which no file defines".to_owned();
    let mut fault = Diagnostic::error(Code::ApplyFailed, message).on(&apply.id);
    fault.help = help;
    reporter.push(fault.at(reporter.files, apply.span));
}

/// Reports traits for a member that its shape has not.
pub(super) fn missing_member(apply: &Apply, shape: &Shape, reporter: &mut Reporter<'_>) {
    if apply.is_empty() {
        return;
    }
    let name = apply.id.member().unwrap_or_default();
    let help = reporter.suggest(name, shape.members().map(Member::name));
    let place = reporter.files.place(shape.span);
    let message = format!(
        "traits are applied to this member, and the shape at {place} has none of this name"
    );
    let mut fault = Diagnostic::error(Code::ApplyFailed, message).on(&apply.id);
    fault.help = help;
    reporter.push(fault.at(reporter.files, apply.span));
}

impl ShapeKind {
    /// All members, in the order of [`ShapeKind::members`].
    pub(super) fn members_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        let (first, second): (&mut [Member], &mut [Member]) = match self {
            ShapeKind::Enum { members }
            | ShapeKind::IntEnum { members }
            | ShapeKind::Structure { members }
            | ShapeKind::Union { members } => (members, &mut []),
            ShapeKind::List { member } => (std::slice::from_mut(member), &mut []),
            ShapeKind::Map { key, value } => {
                (std::slice::from_mut(key), std::slice::from_mut(value))
            }
            _ => (&mut [], &mut []),
        };
        first.iter_mut().chain(second)
    }
}
