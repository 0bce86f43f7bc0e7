//! Mixins: their members and traits become those of the shapes that use them.
//!
//! See [mixins](https://smithy.io/2.0/spec/mixins.html).

mod flat;

use std::collections::{HashMap, HashSet, VecDeque};

use super::draft::{Apply, Draft, Reporter};
use super::id::ShapeId;
use super::merge;
use super::node::{Node, Value};
use super::patch;
use super::shape::Shape;
use super::traits::Traits;
use crate::diagnostic::{Code, Diagnostic};

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
    let mut users: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut waits: HashMap<usize, usize> = HashMap::new();
    for (at, shape) in draft.shapes.iter().enumerate() {
        for mixin in &shape.mixins {
            if let Some(&on) = draft
                .index
                .get(&mixin.id)
                .filter(|&&on| !draft.shapes[on].mixins.is_empty())
            {
                users.entry(on).or_default().push(at);
                *waits.entry(at).or_default() += 1;
            }
        }
    }
    let mixed = |at: &usize| !draft.shapes[*at].mixins.is_empty();
    let mut ready: VecDeque<usize> = (0..draft.shapes.len())
        .filter(mixed)
        .filter(|at| !waits.contains_key(at))
        .collect();
    let mut order = Vec::new();
    while let Some(at) = ready.pop_front() {
        order.push(at);
        for user in users.get(&at).into_iter().flatten() {
            if let Some(left) = waits.get_mut(user) {
                *left -= 1;
                if *left == 0 {
                    waits.remove(user);
                    ready.push_back(*user);
                }
            }
        }
    }
    cycles(draft, &waits.into_keys().collect(), reporter);
    order
}

/// Reports the shapes that are in a cycle; what merely uses one of them is not at fault.
fn cycles(draft: &mut Draft, stuck: &HashSet<usize>, reporter: &mut Reporter<'_>) {
    // A stuck shape that no stuck shape uses is in no cycle; taken away, it may free others.
    let mut uses: HashMap<usize, usize> = stuck.iter().map(|&at| (at, 0)).collect();
    let mixins = |at: usize| {
        draft.shapes[at]
            .mixins
            .iter()
            .filter_map(|mixin| draft.index.get(&mixin.id))
    };
    for &at in stuck {
        for mixin in mixins(at) {
            uses.entry(*mixin).and_modify(|count| *count += 1);
        }
    }
    let mut free: Vec<usize> = stuck
        .iter()
        .copied()
        .filter(|at| uses.get(at) == Some(&0))
        .collect();
    while let Some(at) = free.pop() {
        uses.remove(&at);
        for mixin in mixins(at) {
            if let Some(count) = uses.get_mut(mixin) {
                *count -= 1;
                if *count == 0 {
                    free.push(*mixin);
                }
            }
        }
    }
    let mut in_cycle: Vec<usize> = uses.into_keys().collect();
    in_cycle.sort_unstable();
    for at in in_cycle {
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
