//! Which names endpoint rules use.

use crate::api::{Condition, Expr, Outcome, Property, Rule};
use crate::names::Name;

/// Whether rules ask for what a name stands for; those behind one that control never runs past are not printed.
pub(super) fn in_rules(rules: &[Rule], name: &Name) -> bool {
    let last = rules.iter().position(ends);
    rules[..last.map_or(rules.len(), |last| last + 1)]
        .iter()
        .any(|rule| in_rule(&rule.conditions, &rule.outcome, name))
}

/// Whether control never runs past a rule.
fn ends(rule: &Rule) -> bool {
    let is_guarded = |condition: &Condition| !matches!(condition, Condition::Let(..));
    let runs_past = match &rule.outcome {
        Outcome::Tree(rules) => !rules.iter().any(ends),
        Outcome::Block(..) => true,
        Outcome::Leave(_) | Outcome::Error(_) | Outcome::Endpoint { .. } => false,
    };
    !runs_past && !rule.conditions.iter().any(is_guarded)
}

/// Whether conditions, or what follows from them, ask for it.
pub(super) fn in_rule(conditions: &[Condition], outcome: &Outcome, name: &Name) -> bool {
    let conditions = conditions.iter().any(|condition| match condition {
        Condition::Holds(value) | Condition::Bind(_, value) | Condition::Let(_, value) => {
            in_expr(value, name)
        }
    });
    conditions || in_outcome(outcome, name)
}

fn in_outcome(outcome: &Outcome, name: &Name) -> bool {
    match outcome {
        Outcome::Tree(rules) | Outcome::Block(_, rules) => in_rules(rules, name),
        Outcome::Leave(_) => false,
        Outcome::Error(message) => in_expr(message, name),
        Outcome::Endpoint {
            url,
            headers,
            properties,
            auth_schemes,
        } => {
            let mut schemes = auth_schemes.iter().flat_map(|(_, entries)| entries);
            let mut headers = headers.iter().flat_map(|(_, values)| values);
            in_expr(url, name)
                || headers.any(|value| in_expr(value, name))
                || properties.iter().any(|(_, value)| in_property(value, name))
                || schemes.any(|(_, value)| in_property(value, name))
        }
    }
}

fn in_expr(value: &Expr, name: &Name) -> bool {
    match value {
        Expr::Var(var) => var == name,
        Expr::Template(parts) | Expr::Call(_, parts) => {
            parts.iter().any(|part| in_expr(part, name))
        }
        Expr::Attr(of, _)
        | Expr::Index(of, _)
        | Expr::Not(of)
        | Expr::IsSome(of)
        | Expr::Some(of) => in_expr(of, name),
        Expr::Equal(first, second) | Expr::Coalesce { first, second, .. } => {
            in_expr(first, name) || in_expr(second, name)
        }
        Expr::Choose {
            condition,
            then,
            otherwise,
        } => in_expr(condition, name) || in_expr(then, name) || in_expr(otherwise, name),
        Expr::Str(_) | Expr::Bool(_) | Expr::Int(_) => false,
    }
}

fn in_property(value: &Property, name: &Name) -> bool {
    match value {
        Property::String(text) => in_expr(text, name),
        Property::Array(values) => values.iter().any(|value| in_property(value, name)),
        Property::Object(entries) => entries.iter().any(|(_, value)| in_property(value, name)),
        Property::Boolean(_) | Property::Integer(_) => false,
    }
}
