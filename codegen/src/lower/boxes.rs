//! Which members are boxed: those by which a structure or a union would hold itself.
//!
//! Lists and maps keep their values on the heap, so that a cycle through one of them needs no box. In every other cycle
//! one member is boxed, the one whose id comes first, as in the official SDKs.

use std::collections::{HashMap, HashSet};

use super::closure::Closure;
use crate::model::{Member, Model, Shape, ShapeKind};

/// How many members may be looked at to find all cycles. Published models take some hundreds; it grows with the square of
/// a model that is made for it.
const MOST_STEPS: usize = 2_000_000;

/// The members that hold their value in a `Box`.
#[derive(Debug)]
pub(super) struct Boxes<'m> {
    members: HashSet<&'m str>,
}

impl<'m> Boxes<'m> {
    /// Finds the cycles and boxes a member of each; `None` where there are too many of them.
    pub(super) fn of(model: &'m Model, closure: &Closure<'m>) -> Option<Boxes<'m>> {
        let mut graph = Graph::default();
        let mut members = HashSet::new();
        for (shape, _) in closure.types().filter(|(shape, _)| is_aggregate(shape)) {
            let held = shape
                .members()
                .filter(|member| is_aggregate(model.target(&member.target)));
            let (itself, others): (Vec<&Member>, Vec<&Member>) =
                held.partition(|member| *member.target() == shape.id);
            members.extend(itself.into_iter().map(|member| member.id.as_str()));
            graph.add(shape.id.as_str(), others);
        }
        graph.drop_ends();
        while let Some(member) = graph.cut() {
            members.insert(member.id.as_str());
        }
        (graph.steps <= MOST_STEPS).then_some(Boxes { members })
    }

    /// Whether the member holds its value in a `Box`.
    pub(super) fn contains(&self, member: &Member) -> bool {
        self.members.contains(member.id.as_str())
    }
}

fn is_aggregate(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Structure { .. } | ShapeKind::Union { .. }
    ) && !shape.is_unit()
}

/// Which shape holds which in place. Shapes that hold nothing any more are taken out, so that from those that are left
/// every way leads into a cycle.
#[derive(Default)]
struct Graph<'m> {
    /// The members that hold another shape, by the shape they are in.
    held: HashMap<&'m str, Vec<&'m Member>>,
    /// The shapes that are in `held`, and some that were; the one whose id comes first is the last.
    shapes: Vec<&'m str>,
    /// The members that hold a shape.
    holders: HashMap<&'m str, Vec<&'m Member>>,
    /// How many members were looked at.
    steps: usize,
}

impl<'m> Graph<'m> {
    fn add(&mut self, shape: &'m str, members: Vec<&'m Member>) {
        for member in &members {
            self.holders
                .entry(member.target().as_str())
                .or_default()
                .push(member);
        }
        self.held.insert(shape, members);
        self.shapes.push(shape);
    }

    /// Takes out the shapes that hold nothing.
    fn drop_ends(&mut self) {
        self.shapes.reverse();
        for shape in self.shapes.clone() {
            self.drop_from(shape);
        }
    }

    /// Takes a shape out if it holds nothing, and those that then hold nothing either.
    fn drop_from(&mut self, shape: &'m str) {
        let mut open = vec![shape];
        while let Some(shape) = open.pop() {
            if self
                .held
                .get(shape)
                .is_none_or(|members| !members.is_empty())
            {
                continue;
            }
            self.held.remove(shape);
            for member in self.holders.remove(shape).unwrap_or_default() {
                let holder = member.id.shape_text();
                if let Some(members) = self.held.get_mut(holder) {
                    self.steps += members.len();
                    if self.steps > MOST_STEPS {
                        return;
                    }
                    members.retain(|other| other.id != member.id);
                    open.extend(members.is_empty().then_some(holder));
                }
            }
        }
    }

    /// Cuts a cycle at the member whose id comes first; `None` when there is no cycle left, or no step.
    fn cut(&mut self) -> Option<&'m Member> {
        if self.steps > MOST_STEPS {
            return None;
        }
        // What was taken out does not come back.
        while !self.held.contains_key(self.shapes.last()?) {
            self.shapes.pop();
        }
        let mut at = *self.shapes.last()?;
        let mut way: Vec<&'m Member> = Vec::new();
        let mut passed: HashMap<&str, usize> = HashMap::new();
        while !passed.contains_key(at) {
            passed.insert(at, way.len());
            let member = self.held.get(at)?.first()?;
            way.push(member);
            at = member.target().as_str();
        }
        let way_length = way.len();
        let cycle = way.into_iter().skip(passed.get(at).copied()?);
        let member = cycle.min_by(|a, b| a.id.cmp(&b.id))?;
        let holder = member.id.shape_text();
        let members = self.held.get_mut(holder)?;
        self.steps += way_length + members.len();
        members.retain(|other| other.id != member.id);
        self.drop_from(holder);
        Some(member)
    }
}
