//! Texts and lists that are made on the way to a value, and that the value borrows from.

use super::Compiler;
use crate::api::{Condition, Expr};
use crate::list::List as _;

/// Functions whose results borrow from their arguments.
const BORROWING: [&str; 4] = ["parse_arn", "parse_url", "split", "substring"];

/// How long what is made in an expression lives in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// As long as the name that it is bound to: the expression is all that stands behind `=`.
    Name,
    /// As long as the condition.
    Condition,
    /// Not long enough: it stands in a branch, or is borrowed from by what is bound.
    Short,
}

impl Compiler<'_, '_, '_> {
    /// Binds what is made in an expression and would not live long enough, before the condition in which that stands.
    pub(super) fn bind_parts(
        &mut self,
        value: Expr,
        life: Life,
        conditions: &mut Vec<Condition>,
    ) -> Expr {
        if life == Life::Short && is_made(&value) {
            let value = self.bind_parts(value, Life::Name, conditions);
            let name = self.names.claim("part");
            conditions.push(Condition::Let(name.clone(), value));
            return Expr::Var(name);
        }
        // Of what is borrowed from, and of a branch.
        let (source, branch) = match life {
            Life::Name => (Life::Short, Life::Name),
            Life::Condition => (Life::Condition, Life::Short),
            Life::Short => (Life::Short, Life::Short),
        };
        let mut part = |value: Box<Expr>, life| Box::new(self.bind_parts(*value, life, conditions));
        match value {
            Expr::Coalesce {
                first,
                second,
                optional,
            } => Expr::Coalesce {
                first: part(first, source),
                second: part(second, branch),
                optional,
            },
            Expr::Choose {
                condition,
                then,
                otherwise,
            } => Expr::Choose {
                condition: part(condition, Life::Condition),
                then: part(then, branch),
                otherwise: part(otherwise, branch),
            },
            Expr::Equal(left, right) => {
                Expr::Equal(part(left, Life::Condition), part(right, Life::Condition))
            }
            Expr::Not(of) => Expr::Not(part(of, Life::Condition)),
            Expr::IsSome(of) => Expr::IsSome(part(of, Life::Condition)),
            Expr::Some(of) => Expr::Some(part(of, source)),
            Expr::Attr(of, field) => Expr::Attr(part(of, source), field),
            Expr::Index(of, index) => Expr::Index(part(of, source), index),
            Expr::Call(function, arguments) => {
                let life = match BORROWING.contains(&function.name) {
                    true => source,
                    false => Life::Condition,
                };
                let arguments = arguments.into_iter();
                let arguments = arguments.map(|value| self.bind_parts(value, life, conditions));
                Expr::Call(function, arguments.list())
            }
            value @ (Expr::Str(_)
            | Expr::Template(_)
            | Expr::Bool(_)
            | Expr::Int(_)
            | Expr::Var(_)) => value,
        }
    }
}

/// Whether a value is not there before it is asked for.
fn is_made(value: &Expr) -> bool {
    match value {
        Expr::Template(_) => true,
        Expr::Call(function, _) => matches!(function.name, "uri_encode" | "split"),
        Expr::Coalesce { first, second, .. } => is_made(first) || is_made(second),
        Expr::Choose {
            then, otherwise, ..
        } => is_made(then) || is_made(otherwise),
        _ => false,
    }
}
