//! Decision diagrams: the trait [`smithy.rules#endpointBdd`][1] of the service, turned into rules.
//!
//! A diagram is a graph without cycles in which each node tests a condition and leads on by its answer. Nested conditions
//! say the same where a node is reached in one way. One that is reached in several stands once, behind the node through
//! which all its ways lead (its immediate dominator); the ways either run out there or leave a block. So what a condition
//! binds is in sight where the condition holds. What uses a name that several nodes bind stands once for each of them.
//!
//! [1]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html

mod table;

use super::{Compiler, InSight, NO_RULE};
use crate::api::{Condition, Expr, Outcome, Rule};
use crate::list::List as _;
use crate::model::Node;
use crate::names::{Name, Scope, Style};
use crate::order;
use table::{Table, result_index};

/// A diagram as a graph to be printed: every vertex once.
struct Diagram<'n> {
    conditions: &'n [Node],
    results: &'n [Node],
    /// What can be reached from the first of them.
    vertices: Vec<Vertex>,
    /// Makes the names of blocks.
    labels: Scope,
}

/// A node or an end.
struct Vertex {
    /// The reference by which the diagram names it.
    reference: i32,
    /// The condition of a node, and where it leads: when the condition holds, and when not. None for an end.
    branch: Option<(usize, [usize; 2])>,
    /// Whether several ways lead here.
    is_join: bool,
    /// The vertices with several ways to them that stand behind this one, in order.
    joins: Vec<usize>,
    /// The name of the block before this one, where that block is left somewhere.
    label: Option<Name>,
    /// Whether rules run out to this one somewhere.
    is_run_into: bool,
}

impl Compiler<'_, '_, '_> {
    /// The rules of a diagram; `None` when it cannot be compiled.
    pub(super) fn diagram(&mut self, node: &Node, in_sight: &InSight) -> Option<Vec<Rule>> {
        match Diagram::read(node) {
            Ok(mut diagram) => diagram.vertex(self, 0, None, in_sight),
            Err(message) => self.refuse(&format!("the decision diagram {message}"), node.span),
        }
    }
}

impl<'n> Diagram<'n> {
    /// Reads a diagram and finds the place of each vertex; the error goes on from "the decision diagram".
    fn read(node: &'n Node) -> Result<Self, String> {
        let table = Table::read(node)?;
        let mut diagram = Self {
            conditions: table.conditions,
            results: table.results,
            vertices: table.grow()?,
            labels: Scope::new(Style::Snake),
        };
        diagram.place();
        Ok(diagram)
    }

    /// Finds, for everything to which several ways lead, the vertex through which all of them go.
    fn place(&mut self) {
        // Conditions come in order on every way, so that this puts everything before that to which it leads.
        let mut order: Vec<usize> = (0..self.vertices.len()).list();
        let key = |at: usize| {
            let vertex = &self.vertices[at];
            let rank = vertex.branch.map_or(usize::MAX, |(condition, _)| condition);
            (rank, vertex.reference, at)
        };
        order::sort_by(&mut order, |&a, &b| key(a).cmp(&key(b)));
        let mut position = vec![0; order.len()];
        for (index, &at) in order.iter().enumerate() {
            position[at] = index;
        }
        let mut ways: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (index, &at) in order.iter().enumerate() {
            for to in self.vertices[at].branch.iter().flat_map(|(_, to)| to) {
                ways[position[*to]].push(index);
            }
        }
        let mut dominators = vec![0; order.len()];
        for (index, &at) in order.iter().enumerate() {
            let common = ways[index].iter().copied().reduce(|mut a, mut b| {
                while a != b {
                    match a > b {
                        true => a = dominators[a],
                        false => b = dominators[b],
                    }
                }
                a
            });
            dominators[index] = common.unwrap_or_default();
            if ways[index].len() > 1 {
                self.vertices[at].is_join = true;
                let dominator = order[dominators[index]];
                self.vertices[dominator].joins.push(at);
            }
        }
    }

    /// The rules from a vertex on. Where they run out, `next` is what follows.
    fn vertex(
        &mut self,
        compiler: &mut Compiler<'_, '_, '_>,
        at: usize,
        next: Option<usize>,
        in_sight: &InSight,
    ) -> Option<Vec<Rule>> {
        let joins = self.vertices[at].joins.clone();
        let mut rules = match self.vertices[at].branch {
            None => vec![rule(Vec::new(), self.end(compiler, at, in_sight)?)],
            Some((condition, ways)) => {
                let next = joins.first().copied().or(next);
                self.test(compiler, condition, ways, next, in_sight)?
            }
        };
        for (index, &join) in joins.iter().enumerate() {
            match &self.vertices[join].label {
                Some(label) => {
                    rules = vec![rule(Vec::new(), Outcome::Block(label.clone(), rules))];
                }
                None if self.vertices[join].is_run_into => {}
                // All ways to it say it themselves.
                None => continue,
            }
            let next = joins.get(index + 1).copied().or(next);
            rules.extend(self.vertex(compiler, join, next, in_sight)?);
        }
        Some(rules)
    }

    /// A result, or that there is none.
    fn end(
        &self,
        compiler: &mut Compiler<'_, '_, '_>,
        at: usize,
        in_sight: &InSight,
    ) -> Option<Outcome> {
        match result_index(self.vertices[at].reference) {
            Some(index) => compiler.outcome(&self.results[index], in_sight),
            None => Some(Outcome::Error(Expr::Str(NO_RULE.to_owned()))),
        }
    }

    /// A condition with both its ways.
    fn test(
        &mut self,
        compiler: &mut Compiler<'_, '_, '_>,
        condition: usize,
        [high, low]: [usize; 2],
        next: Option<usize>,
        in_sight: &InSight,
    ) -> Option<Vec<Rule>> {
        let mut inside = in_sight.clone();
        let mut conditions = compiler.condition(&self.conditions[condition], &mut inside)?;
        if conditions.is_empty() {
            conditions.push(Condition::Holds(Expr::Bool(true)));
        }
        let mut then = self.way(compiler, high, next, &inside)?;
        let mut otherwise = self.way(compiler, low, next, in_sight)?;
        match (then.is_empty(), otherwise.is_empty()) {
            (true, true) => return Some(Vec::new()),
            (false, true) => return Some(vec![when(conditions, then)]),
            (true, false) => {
                if let Some(contrary) = contrary(&conditions) {
                    return Some(vec![when(vec![contrary], otherwise)]);
                }
            }
            (false, false) => {}
        }
        if !is_closed(&then) {
            then.extend(self.leave(next));
        }
        let mut rules = vec![when(conditions, then)];
        rules.append(&mut otherwise);
        Some(rules)
    }

    /// The rules to which a way leads: none where it is what comes next anyway.
    fn way(
        &mut self,
        compiler: &mut Compiler<'_, '_, '_>,
        to: usize,
        next: Option<usize>,
        in_sight: &InSight,
    ) -> Option<Vec<Rule>> {
        if !self.vertices[to].is_join {
            return self.vertex(compiler, to, next, in_sight);
        }
        if next == Some(to) {
            self.vertices[to].is_run_into = true;
            return Some(Vec::new());
        }
        // An error is said again sooner than looked for elsewhere.
        if self.vertices[to].branch.is_none() {
            let end = self.end(compiler, to, in_sight)?;
            if let Outcome::Error(_) = end {
                return Some(vec![rule(Vec::new(), end)]);
            }
        }
        Some(self.leave(Some(to)).into_iter().list())
    }

    fn leave(&mut self, to: Option<usize>) -> Option<Rule> {
        let labels = &mut self.labels;
        let label = &mut self.vertices[to?].label;
        let label = label.get_or_insert_with(|| labels.claim("next"));
        Some(rule(Vec::new(), Outcome::Leave(label.clone())))
    }
}

fn rule(conditions: Vec<Condition>, outcome: Outcome) -> Rule {
    Rule {
        conditions,
        outcome,
    }
}

/// Rules under conditions; nested conditions become one.
fn when(mut conditions: Vec<Condition>, mut rules: Vec<Rule>) -> Rule {
    match (rules.pop(), rules.is_empty()) {
        (Some(mut only), true) => {
            conditions.append(&mut only.conditions);
            rule(conditions, only.outcome)
        }
        (last, _) => {
            rules.extend(last);
            rule(conditions, Outcome::Tree(rules))
        }
    }
}

/// The contrary of what must hold, where one condition can say it.
fn contrary(conditions: &[Condition]) -> Option<Condition> {
    let not = |expr: &Expr| match expr {
        Expr::Not(inner) => Condition::Holds((**inner).clone()),
        other => Condition::Holds(Expr::Not(Box::new(other.clone()))),
    };
    match conditions {
        [Condition::Holds(expr)] => Some(not(expr)),
        [Condition::Bind(_, expr)] => Some(not(&Expr::IsSome(Box::new(expr.clone())))),
        [
            Condition::Let(name, value),
            Condition::Holds(Expr::Var(same)),
        ] if name == same => Some(not(value)),
        _ => None,
    }
}

/// Whether nothing runs past the rules.
fn is_closed(rules: &[Rule]) -> bool {
    match rules.last() {
        Some(last) if last.conditions.is_empty() => match &last.outcome {
            Outcome::Tree(rules) => is_closed(rules),
            Outcome::Block(..) => false,
            Outcome::Leave(_) | Outcome::Endpoint { .. } | Outcome::Error(_) => true,
        },
        _ => false,
    }
}
