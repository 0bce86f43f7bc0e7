//! Mixins: their members and traits become those of the shapes that use them.
//!
//! See [mixins](https://smithy.io/2.0/spec/mixins.html).

mod flat;

use std::collections::{HashMap, VecDeque};

use super::draft::{Apply, Draft, Reporter};
use super::id::ShapeId;
use super::merge;
use super::node::{Node, Value};
use super::patch;
use super::shape::Shape;
use super::traits::Traits;
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;

/// How much mixins may add in all, in bytes: copies of copies grow with the square of a file.
const LARGEST: usize = 40_000_000;

/// About how many bytes a member, a trait or a value takes besides its text.
const OVERHEAD: usize = 200;

/// Flattens every shape that has mixins; `inherited` are traits for members that come from them.
pub(super) fn flatten(
    draft: &mut Draft,
    mut inherited: HashMap<ShapeId, Vec<Apply>>,
    reporter: &mut Reporter<'_>,
) {
    check_uses(draft, reporter);
    let order = order(draft, reporter);
    let mut added = 0;
    for at in order {
        let applies = inherited.remove(&draft.shapes[at].id).unwrap_or_default();
        if draft.broken.contains(&draft.shapes[at].id) {
            continue;
        }
        let flat = flat::flat(&draft.shapes[at], draft, reporter);
        added += weight(&flat);
        if added > LARGEST {
            let message = "the mixins of the model add up to more than can be handled".to_owned();
            let shape = &draft.shapes[at];
            reporter.error(Code::MixinConflict, &shape.id, shape.span, message);
            return;
        }
        draft.shapes[at] = flat;
        apply_inherited(&mut draft.shapes[at], applies, draft.partial, reporter);
    }
}

/// Reports mixins that are missing, that are no mixins, or that are of another type.
fn check_uses(draft: &mut Draft, reporter: &mut Reporter<'_>) {
    let mut broken = Vec::new();
    for shape in draft.shapes.iter().filter(|shape| !shape.mixins.is_empty()) {
        for mixin in &shape.mixins {
            let Some(found) = draft.shape(&mixin.id) else {
                if !draft.is_excused(mixin.id.as_str()) {
                    let mut fault = Diagnostic::error(
                        Code::UnresolvedTarget,
                        format!("the mixin `{}` does not exist", mixin.id),
                    );
                    fault.help = reporter.suggest_shape(mixin.id.as_str(), &draft.shapes);
                    reporter.push(fault.on(&shape.id).at(reporter.files, mixin.span));
                }
                broken.push(shape.id.clone());
                continue;
            };
            let message = if !found.traits.has("smithy.api#mixin") {
                format!(
                    "`{}` is used as a mixin, and has not the trait `smithy.api#mixin`",
                    mixin.id
                )
            } else if found.kind.name() != shape.kind.name() {
                let (wanted, kind) = (shape.kind.name(), found.kind.name());
                format!(
                    "a {wanted} cannot use the mixin `{}`, which is a {kind}",
                    mixin.id
                )
            } else {
                if draft.broken.contains(&mixin.id) {
                    broken.push(shape.id.clone());
                }
                continue;
            };
            reporter.error(Code::MixinConflict, &shape.id, mixin.span, message);
            broken.push(shape.id.clone());
        }
    }
    draft.broken.extend(broken);
}

/// The shapes with mixins, each after its mixins; those in cycles are reported and left out.
fn order(draft: &mut Draft, reporter: &mut Reporter<'_>) -> Vec<usize> {
    let count = draft.shapes.len();
    // By the place of a mixin, the shapes that use it; by that of a shape, how many mixins it waits for.
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits = vec![0; count];
    for (at, shape) in draft.shapes.iter().enumerate() {
        for mixin in &shape.mixins {
            if let Some(&on) = draft
                .index
                .get(&mixin.id)
                .filter(|&&on| !draft.shapes[on].mixins.is_empty())
            {
                users[on].push(at);
                waits[at] += 1;
            }
        }
    }
    let mixed = |at: &usize| !draft.shapes[*at].mixins.is_empty();
    let mut ready: VecDeque<usize> = (0..count)
        .filter(mixed)
        .filter(|&at| waits[at] == 0)
        .collect();
    let mut order = Vec::new();
    while let Some(at) = ready.pop_front() {
        order.push(at);
        for &user in &users[at] {
            waits[user] -= 1;
            if waits[user] == 0 {
                ready.push_back(user);
            }
        }
    }
    let stuck: Vec<usize> = (0..count).filter(|&at| waits[at] > 0).list();
    cycles(draft, &stuck, reporter);
    order
}

/// Reports the shapes that are in a cycle; what merely uses one of them is not at fault.
fn cycles(draft: &mut Draft, stuck: &[usize], reporter: &mut Reporter<'_>) {
    // A stuck shape that no stuck shape uses is in no cycle; taken away, it may free others.
    let mut uses = vec![None; draft.shapes.len()];
    for &at in stuck {
        uses[at] = Some(0);
    }
    let mixins = |at: usize| {
        draft.shapes[at]
            .mixins
            .iter()
            .filter_map(|mixin| draft.index.get(&mixin.id).copied())
    };
    for mixin in stuck.iter().flat_map(|&at| mixins(at)) {
        uses[mixin] = uses[mixin].map(|count| count + 1);
    }
    let mut free = stuck.to_vec();
    free.retain(|&at| uses[at] == Some(0));
    while let Some(at) = free.pop() {
        uses[at] = None;
        for mixin in mixins(at) {
            uses[mixin] = uses[mixin].map(|count| count - 1);
            if uses[mixin] == Some(0) {
                free.push(mixin);
            }
        }
    }
    for &at in stuck.iter().filter(|&&at| uses[at].is_some()) {
        let shape = &draft.shapes[at];
        let message = "this shape is, through its mixins, a mixin of itself".to_owned();
        reporter.error(Code::MixinCycle, &shape.id, shape.span, message);
    }
    draft
        .broken
        .extend(stuck.iter().map(|&at| draft.shapes[at].id.clone()));
}

/// Gives members that came from mixins what is applied to them on this shape.
fn apply_inherited(
    shape: &mut Shape,
    applies: Vec<Apply>,
    partial: bool,
    reporter: &mut Reporter<'_>,
) {
    if applies.is_empty() {
        return;
    }
    let mut traits: HashMap<String, &mut Traits> = shape
        .kind
        .members_mut()
        .map(|member| (member.name().to_owned(), &mut member.traits))
        .collect();
    let mut missing = Vec::new();
    for mut apply in applies {
        match apply.id.member().and_then(|name| traits.get_mut(name)) {
            Some(known) => {
                if let Some(patch) = &apply.patch {
                    patch::take(patch, known, &mut apply.traits, &apply.id, reporter);
                }
                apply.traits.list.into_iter().for_each(|one| known.set(one));
            }
            None => missing.push(apply),
        }
    }
    if !partial {
        missing
            .iter()
            .for_each(|apply| merge::missing_member(apply, shape, reporter));
    }
}

/// About how much memory a shape takes.
fn weight(shape: &Shape) -> usize {
    let members: usize = shape
        .members()
        .map(|member| OVERHEAD + member.name().len() + traits_weight(&member.traits))
        .sum();
    members + traits_weight(&shape.traits)
}

fn traits_weight(traits: &Traits) -> usize {
    traits
        .iter()
        .map(|one| OVERHEAD + node_weight(&one.value))
        .sum()
}

fn node_weight(node: &Node) -> usize {
    match &node.value {
        Value::String(text) => OVERHEAD + text.len(),
        Value::Array(elements) => OVERHEAD + elements.iter().map(node_weight).sum::<usize>(),
        Value::Object(object) => {
            OVERHEAD
                + object
                    .iter()
                    .map(|(key, value)| key.len() + node_weight(value))
                    .sum::<usize>()
        }
        Value::Number(text) => OVERHEAD + text.len(),
        Value::Null | Value::Boolean(_) => OVERHEAD,
    }
}
