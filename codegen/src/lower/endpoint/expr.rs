//! Expressions of endpoint rules, with their types.

use super::kinds::{FIELDS, FUNCTIONS, Kind, Typed, describe};
use super::{Compiler, InSight};
use crate::api::{Expr, Function};
use crate::list::List as _;
use crate::model::{Node, Value};

impl Compiler<'_, '_, '_> {
    /// Any expression.
    pub(super) fn expr(&mut self, node: &Node, in_sight: &InSight) -> Option<Typed> {
        let certain = |expr, kind| {
            Some(Typed {
                expr,
                kind,
                optional: false,
            })
        };
        match &node.value {
            Value::String(text) => {
                let expr = self.template(text, node, in_sight)?;
                certain(expr, Kind::String)
            }
            Value::Boolean(value) => certain(Expr::Bool(*value), Kind::Boolean),
            Value::Number(_) => match node.as_i64() {
                Some(value) => certain(Expr::Int(value), Kind::Integer),
                None => self.refuse("a number is not whole", node.span),
            },
            Value::Object(_) => match (
                node.get("ref").and_then(Node::as_str),
                node.get("fn").and_then(Node::as_str),
            ) {
                (Some(wire), None) => self.reference(wire, node, in_sight),
                (None, Some(function)) => self.call(function, node, in_sight),
                _ => self.refuse(
                    "an expression is neither a reference nor a function",
                    node.span,
                ),
            },
            _ => self.refuse(&format!("an expression is {}", node.kind()), node.span),
        }
    }

    /// An expression that is a string and never missing.
    pub(super) fn string(&mut self, node: &Node, in_sight: &InSight) -> Option<Expr> {
        self.typed(node, Kind::String, in_sight)
    }

    /// An expression of this type that is never missing.
    fn typed(&mut self, node: &Node, kind: Kind, in_sight: &InSight) -> Option<Expr> {
        let mut value = self.expr(node, in_sight)?;
        // Published rules ask for parameters without asking whether they are set: a condition does not hold without.
        if let (true, Some(needed), Some(wire)) = (
            value.optional,
            &mut self.needed,
            node.get("ref").and_then(Node::as_str),
        ) {
            needed.push(wire.to_owned());
            value.optional = false;
        }
        if value.kind != kind || value.optional {
            let found = describe(value.kind, value.optional);
            return self.refuse(
                &format!("{} is needed, and {found} is there", describe(kind, false)),
                node.span,
            );
        }
        Some(value.expr)
    }

    fn reference(&mut self, wire: &str, node: &Node, in_sight: &InSight) -> Option<Typed> {
        match in_sight.get(wire) {
            Some(variable) => Some(Typed {
                expr: Expr::Var(variable.name.clone()),
                kind: variable.kind,
                optional: variable.optional,
            }),
            None => self.refuse(
                &format!("`{wire}` is neither a parameter nor bound by a condition before"),
                node.span,
            ),
        }
    }

    fn call(&mut self, function: &str, node: &Node, in_sight: &InSight) -> Option<Typed> {
        let arguments = node
            .get("argv")
            .and_then(Node::as_array)
            .unwrap_or_default();
        match (function, arguments) {
            ("isSet", [value]) => {
                let value = self.expr(value, in_sight)?;
                let expr = if value.optional {
                    Expr::IsSome(Box::new(value.expr))
                } else {
                    Expr::Bool(true)
                };
                Some(boolean(expr))
            }
            ("not", [value]) => {
                let value = self.typed(value, Kind::Boolean, in_sight)?;
                Some(boolean(not(value)))
            }
            ("booleanEquals", [left, right]) => {
                let (left, right) = (
                    self.typed(left, Kind::Boolean, in_sight),
                    self.typed(right, Kind::Boolean, in_sight),
                );
                Some(boolean(booleans_equal(left?, right?)))
            }
            ("stringEquals", [left, right]) => {
                let (left, right) = (self.string(left, in_sight), self.string(right, in_sight));
                Some(boolean(Expr::Equal(Box::new(left?), Box::new(right?))))
            }
            ("coalesce", [_, _, ..]) => self.coalesce(arguments, node, in_sight),
            ("ite", [condition, then, otherwise]) => {
                self.choose(condition, [then, otherwise], node, in_sight)
            }
            ("getAttr", [value, path]) => {
                let value = self.expr(value, in_sight)?;
                match path.as_str() {
                    Some(path) => self.attribute(value, path, node),
                    None => self.refuse("the path of `getAttr` is no string", node.span),
                }
            }
            _ => self.runtime_call(function, arguments, node, in_sight),
        }
    }

    /// `coalesce`: the first value that is there; optional where all are.
    fn coalesce(&mut self, values: &[Node], node: &Node, in_sight: &InSight) -> Option<Typed> {
        let values: Vec<Option<Typed>> =
            values.iter().map(|value| self.expr(value, in_sight)).list();
        let values = values.into_iter().collect::<Option<Vec<Typed>>>()?;
        self.same_kind(&values, "coalesce", node)?;
        values.into_iter().rev().reduce(|rest, value| {
            if !value.optional {
                return value;
            }
            let (kind, optional) = (value.kind, rest.optional);
            let expr = Expr::Coalesce {
                first: Box::new(value.expr),
                second: Box::new(rest.expr),
                optional,
            };
            Typed {
                expr,
                kind,
                optional,
            }
        })
    }

    /// `ite`: one of two values; optional where either is.
    fn choose(
        &mut self,
        condition: &Node,
        [then, otherwise]: [&Node; 2],
        node: &Node,
        in_sight: &InSight,
    ) -> Option<Typed> {
        let condition = self.typed(condition, Kind::Boolean, in_sight);
        let (then, otherwise) = (self.expr(then, in_sight), self.expr(otherwise, in_sight));
        let (condition, values) = (condition?, [then?, otherwise?]);
        self.same_kind(&values, "ite", node)?;
        let optional = values.iter().any(|value| value.optional);
        let kind = values[0].kind;
        let [then, otherwise] = values.map(|value| match optional && !value.optional {
            true => Box::new(Expr::Some(Box::new(value.expr))),
            false => Box::new(value.expr),
        });
        Some(Typed {
            expr: Expr::Choose {
                condition: Box::new(condition),
                then,
                otherwise,
            },
            kind,
            optional,
        })
    }

    fn same_kind(&mut self, values: &[Typed], function: &str, node: &Node) -> Option<()> {
        let mut kinds = values.iter().map(|value| value.kind);
        let first = kinds.next()?;
        match kinds.find(|kind| *kind != first) {
            None => Some(()),
            Some(other) => self.refuse(
                &format!(
                    "`{function}` is given {} and {}, which are of different types",
                    describe(first, false),
                    describe(other, false)
                ),
                node.span,
            ),
        }
    }

    fn runtime_call(
        &mut self,
        function: &str,
        arguments: &[Node],
        node: &Node,
        in_sight: &InSight,
    ) -> Option<Typed> {
        let Some((_, name, kinds, kind, optional)) =
            FUNCTIONS.iter().find(|(id, ..)| *id == function)
        else {
            return self.refuse(
                &format!(
                    "the function `{function}` is not known, or has another number of arguments"
                ),
                node.span,
            );
        };
        if kinds.len() != arguments.len() {
            return self.refuse(
                &format!(
                    "`{function}` takes {} arguments, and {} are there",
                    kinds.len(),
                    arguments.len()
                ),
                node.span,
            );
        }
        let arguments: Vec<Option<Expr>> = arguments
            .iter()
            .zip(*kinds)
            .map(|(node, kind)| self.typed(node, *kind, in_sight))
            .list();
        let arguments = arguments.into_iter().collect::<Option<Vec<Expr>>>()?;
        Some(Typed {
            expr: Expr::Call(Function { name }, arguments),
            kind: *kind,
            optional: *optional,
        })
    }

    /// `getAttr`: names with dots between them, each with an index behind it or not.
    fn attribute(&mut self, value: Typed, path: &str, node: &Node) -> Option<Typed> {
        let mut value = value;
        for part in path.split('.') {
            if value.optional {
                return self.refuse(
                    &format!("`{path}` is asked of a value that may be missing"),
                    node.span,
                );
            }
            let (field, index) = match part.split_once('[') {
                Some((field, index)) => (
                    field,
                    Some(
                        index
                            .strip_suffix(']')
                            .and_then(|index| index.parse::<i64>().ok()),
                    ),
                ),
                None => (part, None),
            };
            if !field.is_empty() {
                let known = FIELDS
                    .iter()
                    .find(|(kind, name, ..)| *kind == value.kind && *name == field);
                let Some((.., name, kind)) = known else {
                    return self.refuse(
                        &format!("{} has no field `{field}`", describe(value.kind, false)),
                        node.span,
                    );
                };
                value = Typed {
                    expr: Expr::Attr(Box::new(value.expr), name),
                    kind: *kind,
                    optional: false,
                };
            }
            value = match index {
                None => value,
                Some(Some(index)) if value.kind == Kind::Strings => Typed {
                    expr: Expr::Index(Box::new(value.expr), index),
                    kind: Kind::String,
                    optional: true,
                },
                Some(_) => {
                    return self.refuse(
                        &format!("`{path}` has an index that does not fit"),
                        node.span,
                    );
                }
            };
        }
        Some(value)
    }

    /// A string with `{name}` and `{name#field}` in it; `{{` and `}}` stand for the braces.
    fn template(&mut self, text: &str, node: &Node, in_sight: &InSight) -> Option<Expr> {
        let mut parts: Vec<Expr> = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let tail = &rest[at..];
            if let Some(after) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
                literal.push_str(&tail[..1]);
                rest = after;
                continue;
            }
            let Some((inside, after)) =
                tail.strip_prefix('{').and_then(|tail| tail.split_once('}'))
            else {
                return self.refuse(&format!("the braces in `{text}` do not match"), node.span);
            };
            if !literal.is_empty() {
                parts.push(Expr::Str(std::mem::take(&mut literal)));
            }
            parts.push(self.placeholder(inside, node, in_sight)?);
            rest = after;
        }
        literal.push_str(rest);
        if parts.is_empty() {
            return Some(Expr::Str(literal));
        }
        if !literal.is_empty() {
            parts.push(Expr::Str(literal));
        }
        match parts.as_slice() {
            [only] => Some(only.clone()),
            _ => Some(Expr::Template(parts)),
        }
    }

    fn placeholder(&mut self, inside: &str, node: &Node, in_sight: &InSight) -> Option<Expr> {
        let (wire, path) = match inside.split_once('#') {
            Some((wire, path)) => (wire, Some(path)),
            None => (inside, None),
        };
        let mut value = self.reference(wire, node, in_sight)?;
        if let Some(path) = path {
            value = self.attribute(value, path, node)?;
        }
        if value.kind != Kind::String || value.optional {
            let found = describe(value.kind, value.optional);
            return self.refuse(
                &format!("`{{{inside}}}` is {found}, where a string is needed"),
                node.span,
            );
        }
        Some(value.expr)
    }
}

fn boolean(expr: Expr) -> Typed {
    Typed {
        expr,
        kind: Kind::Boolean,
        optional: false,
    }
}

fn not(value: Expr) -> Expr {
    match value {
        Expr::Bool(value) => Expr::Bool(!value),
        Expr::Not(value) => *value,
        value => Expr::Not(Box::new(value)),
    }
}

/// `booleanEquals`, which rules use to ask for a value or for its contrary.
fn booleans_equal(left: Expr, right: Expr) -> Expr {
    match (left, right) {
        (value, Expr::Bool(true)) | (Expr::Bool(true), value) => value,
        (value, Expr::Bool(false)) | (Expr::Bool(false), value) => not(value),
        (left, right) => Expr::Equal(Box::new(left), Box::new(right)),
    }
}
