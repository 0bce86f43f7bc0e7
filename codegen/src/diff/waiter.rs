//! Waiters: what can be waited for, and what ends a wait.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::record::{About, compare_about};
use super::side::{Side, Spot};
use crate::api::{Operation, Waiter};
use crate::model::{Node, Shape, Span};

/// The trait of operations with waiters.
const WAITABLE: &str = "smithy.waiters#waitable";

/// A waiter and its operation.
type Waiting<'a> = (&'a Operation, &'a Waiter);

/// Compares the waiters of all operations.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    let key = |(_, waiter): Waiting<'_>| waiter.module.clone();
    for joined in join(waiters(old), waiters(new), key) {
        let (Joined::Old((_, waiter)) | Joined::New((_, waiter)) | Joined::Both(_, (_, waiter))) =
            joined;
        let mut subject = Subject {
            item: format!("waiters::{}", waiter.module),
            old: None,
            new: None,
        };
        match joined {
            Joined::Old(gone) => {
                subject.old = spot(old, gone);
                let sentence = format!("There is no `{}` any more.", waiter.method);
                found.push(Kind::Removed, &subject, sentence);
            }
            Joined::New(fresh) => {
                subject.new = spot(new, fresh);
                let sentence = format!("A new waiter, `{}`.", waiter.method);
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(before, after) => {
                (subject.old, subject.new) = (spot(old, before), spot(new, after));
                both(found, &subject, [(old, before), (new, after)]);
            }
        }
    }
}

fn waiters(side: &Side) -> impl Iterator<Item = Waiting<'_>> {
    let operations = side.api.operations.iter();
    operations.flat_map(|operation| {
        let waiters = operation.waiters.iter();
        waiters.map(move |waiter| (operation, waiter))
    })
}

/// The operation of a waiter, and where and what the waiter is in its trait.
fn entry<'m>(side: &'m Side, waiting: Waiting<'_>) -> Option<(&'m Shape, Span, &'m Node)> {
    let (operation, waiter) = waiting;
    let shape = side.shape_of(operation)?;
    let waiters = &shape.traits.get(WAITABLE)?.as_object()?.entries;
    let entry = waiters.iter().find(|entry| entry.key == waiter.wire)?;
    Some((shape, entry.key_span, &entry.value))
}

fn spot<'m>(side: &'m Side, waiting: Waiting<'_>) -> Option<Spot<'m>> {
    let (shape, span, _) = entry(side, waiting)?;
    Some(side.spot(shape).on(span))
}

fn both<'a>(
    found: &mut Found,
    subject: &Subject<'_>,
    [
        (old_side, (old_operation, old)),
        (new_side, (new_operation, new)),
    ]: [(&Side, Waiting<'a>); 2],
) {
    if old_operation.module != new_operation.module {
        let sentence = format!(
            "It calls `{}`, and called `{}`.",
            new_operation.name, old_operation.name
        );
        found.push(Kind::Retyped, subject, sentence);
    }
    // A waiter of another name in the model could have the same module, and then other types.
    let names = |waiter: &Waiter| {
        let Waiter {
            method,
            fluent,
            final_poll,
            error,
            ..
        } = waiter;
        [
            format!("client::Waiters::{method}"),
            format!("{}::{fluent}", subject.item),
            format!("{}::{final_poll}", subject.item),
            format!("{}::{error}", subject.item),
        ]
    };
    for (old, new) in names(old).into_iter().zip(names(new)) {
        found.renamed(subject, old, new);
    }
    if (old.min_delay, old.max_delay) != (new.min_delay, new.max_delay) {
        let sentence = format!(
            "It pauses for {} to {} seconds, and paused for {} to {}.",
            new.min_delay.as_secs(),
            new.max_delay.as_secs(),
            old.min_delay.as_secs(),
            old.max_delay.as_secs()
        );
        found.push(Kind::Waiting, subject, sentence);
    }
    // The nodes and not what they are lowered to, in which types are named that may change for themselves.
    let acceptors = |side, waiting| -> Option<&Node> { entry(side, waiting)?.2.get("acceptors") };
    if acceptors(old_side, (old_operation, old)) != acceptors(new_side, (new_operation, new)) {
        let sentence = "What ends the wait has changed.";
        found.push(Kind::Waiting, subject, sentence);
    }
    // Two names in the model may come to the same ones in Rust; the text that is printed has the one of the model.
    if (&old.wire, &old.doc) != (&new.wire, &new.doc) {
        let sentence = "Its documentation has changed.";
        found.push(Kind::Documentation, subject, sentence);
    }
    // With one text for both, as that has been compared: it stands in the waiter and not in a trait of the operation.
    let about = |waiter: &'a Waiter| About {
        doc: &new.doc,
        deprecated: waiter.deprecated.as_ref(),
        sensitive: false,
    };
    compare_about(found, subject, about(old), about(new));
}
