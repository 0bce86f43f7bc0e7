//! Endpoint rules: the trait [`smithy.rules#endpointRuleSet`][1] of the service, or `endpointBdd` where it has that alone,
//! typed.
//!
//! [1]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html

mod cases;
pub(super) mod client;
mod context;
mod default;
mod diagram;
mod expr;
mod kinds;
mod outcome;
mod parts;

use std::collections::HashMap;

use super::Cx;
use super::docs;
use crate::api::{
    BuiltIn, Condition, EndpointRules, Expr, Operation, Outcome, Param, ParamType, ParamValue,
    Rule, Type,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Node, Shape, Span};
use crate::names::{Name, Scope, Style, snake};
use kinds::{Kind, Typed};
use parts::Life;

/// What resolving ends with when no rule answers.
const NO_RULE: &str = "no rule finds an endpoint for these settings";

/// The rules of the service; `None` when they cannot be compiled, which is reported. The operations learn what they fill
/// parameters with.
pub(super) fn rules(
    cx: &mut Cx<'_, '_>,
    chosen: &[&Shape],
    operations: &mut [Operation],
    types: &[Type],
) -> Option<EndpointRules> {
    let traits = &cx.service.traits;
    let set = traits.get("smithy.rules#endpointRuleSet");
    // Both forms say the same; the rule set reads as its author thought.
    let Some(source) = set.or_else(|| traits.get("smithy.rules#endpointBdd")) else {
        return Some(default::rules(&super::service::endpoint_prefix(cx.service)));
    };
    let mut compiler = Compiler {
        cx,
        names: Scope::new(Style::Snake).reserve(&RESERVED),
        variables: HashMap::new(),
        needed: None,
        wires: HashMap::new(),
    };
    let mut params = compiler.params(source.get("parameters"));
    let mut scope = compiler.variables.clone();
    let rules = match set {
        Some(set) => compiler.rules(set.get("rules").unwrap_or(set), &mut scope),
        None => compiler.diagram(source, &scope),
    };
    let client_params = client::params(cx, &mut params);
    context::bind(cx, &mut params, chosen, operations, types);
    let built_in = |param: &Param| param.built_in == Some(BuiltIn::AccountId);
    let about = cases::About {
        params: &params,
        client_params: &client_params,
        operations,
        types,
    };
    let (tests, operation_tests) = cases::tests(cx, &about);
    Some(EndpointRules {
        client_params,
        per_call: params
            .iter()
            .any(|param| param.from_operation || built_in(param)),
        params,
        rules: rules?,
        tests,
        operation_tests,
    })
}

/// Names that the printed function and the builder of the parameters have for themselves.
const RESERVED: [&str; 6] = ["params", "settings", "new", "build", "builder", "default"];

/// What a name of the rules stands for.
#[derive(Debug, Clone)]
struct Variable {
    name: Name,
    kind: Kind,
    optional: bool,
}

/// The names that are in sight, by their name in the model.
type InSight = HashMap<String, Variable>;

struct Compiler<'a, 'm, 'd> {
    cx: &'a mut Cx<'m, 'd>,
    names: Scope,
    /// The parameters.
    variables: InSight,
    /// The parameters that the condition at hand needs to be set; none outside of conditions.
    needed: Option<Vec<String>>,
    /// The Rust name of every name of the rules: one that is bound in several places is the same everywhere.
    wires: HashMap<String, Name>,
}

impl Compiler<'_, '_, '_> {
    fn params(&mut self, node: Option<&Node>) -> Vec<Param> {
        let Some(object) = node.and_then(Node::as_object) else {
            return Vec::new();
        };
        object
            .iter()
            .filter_map(|(wire, node)| self.param(wire, node))
            .list()
    }

    fn param(&mut self, wire: &str, node: &Node) -> Option<Param> {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let (ty, kind) = match text("type").map(str::to_ascii_lowercase).as_deref() {
            Some("string") => (ParamType::String, Kind::String),
            Some("boolean") => (ParamType::Boolean, Kind::Boolean),
            Some("stringarray") => (ParamType::StringArray, Kind::Strings),
            _ => {
                return self.refuse(
                    &format!("the type of the parameter `{wire}` is not known"),
                    node.span,
                );
            }
        };
        let required = node
            .get("required")
            .and_then(Node::as_bool)
            .unwrap_or_default();
        let default = match node
            .get("default")
            .map(|node| (param_value(node, ty), node.span))
        {
            Some((None, span)) => {
                return self.refuse(
                    &format!("the default of the parameter `{wire}` is of another type"),
                    span,
                );
            }
            Some((value, _)) => value,
            None => None,
        };
        let [name, setter] = self.names.claim_all(&snake(wire), ["", "set_"]);
        let optional = !required && default.is_none();
        self.wires.insert(wire.to_owned(), name.clone());
        self.variables.insert(
            wire.to_owned(),
            Variable {
                name: name.clone(),
                kind,
                optional,
            },
        );
        let doc = self.cx.docs.text(
            text("documentation"),
            docs::Subject::Parameter(wire),
            docs::Place::Other,
        );
        Some(Param {
            name,
            setter,
            wire: wire.to_owned(),
            ty,
            required,
            default,
            built_in: text("builtIn").and_then(built_in),
            from_client: false,
            from_operation: false,
            doc,
        })
    }

    /// Rules in order, of which one always answers; `None` when one cannot be compiled.
    fn rules(&mut self, node: &Node, in_sight: &mut InSight) -> Option<Vec<Rule>> {
        let mut rules = Vec::new();
        for node in node.as_array().unwrap_or_default() {
            // What a rule binds is in sight in that rule alone.
            rules.push(self.rule(node, &mut in_sight.clone()));
        }
        let mut rules: Vec<Rule> = rules.into_iter().collect::<Option<_>>()?;
        if rules.last().is_none_or(|rule| !rule.conditions.is_empty()) {
            rules.push(Rule {
                conditions: Vec::new(),
                outcome: Outcome::Error(Expr::Str(NO_RULE.to_owned())),
            });
        }
        Some(rules)
    }

    fn rule(&mut self, node: &Node, in_sight: &mut InSight) -> Option<Rule> {
        let mut conditions = Vec::new();
        for node in node
            .get("conditions")
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            conditions.extend(self.condition(node, in_sight)?);
        }
        let outcome = match node.get("type").and_then(Node::as_str) {
            Some("tree") => Outcome::Tree(self.rules(node.get("rules").unwrap_or(node), in_sight)?),
            _ => self.outcome(node, in_sight)?,
        };
        Some(Rule {
            conditions,
            outcome,
        })
    }

    /// An endpoint or an error.
    fn outcome(&mut self, node: &Node, in_sight: &InSight) -> Option<Outcome> {
        match node.get("type").and_then(Node::as_str) {
            Some("endpoint") => self.endpoint(node.get("endpoint").unwrap_or(node), in_sight),
            Some("error") => {
                let message = self.string(node.get("error").unwrap_or(node), in_sight)?;
                Some(Outcome::Error(message))
            }
            _ => self.refuse(
                "the type of a rule is none of `tree`, `endpoint` and `error`",
                node.span,
            ),
        }
    }

    /// A condition; several where a value must be there and true, none where it always holds.
    fn condition(&mut self, node: &Node, in_sight: &mut InSight) -> Option<Vec<Condition>> {
        let assign = node.get("assign").and_then(Node::as_str);
        if let (None, Some(condition)) = (assign, self.is_set(node, in_sight)) {
            return Some(condition);
        }
        self.needed = Some(Vec::new());
        let value = self.expr(node, in_sight);
        let needed = self.needed.take().unwrap_or_default();
        let mut conditions = set(&needed, in_sight);
        let mut value = value?;
        let life = match assign.is_some() && !value.optional {
            true => Life::Name,
            false => Life::Condition,
        };
        value.expr = self.bind_parts(value.expr, life, &mut conditions);
        let Some(assign) = assign else {
            conditions.extend(self.holds(value));
            return Some(conditions);
        };
        let name = self.bound(assign);
        let variable = Variable {
            name: name.clone(),
            kind: value.kind,
            optional: false,
        };
        in_sight.insert(assign.to_owned(), variable);
        let truth =
            (value.kind == Kind::Boolean).then(|| Condition::Holds(Expr::Var(name.clone())));
        let bind = if value.optional {
            Condition::Bind(name, value.expr)
        } else {
            Condition::Let(name, value.expr)
        };
        conditions.push(bind);
        conditions.extend(truth);
        Some(conditions)
    }

    /// `isSet` of a name: the value gets the same name, so that what follows sees it as present.
    fn is_set(&self, node: &Node, in_sight: &mut InSight) -> Option<Vec<Condition>> {
        if node.get("fn").and_then(Node::as_str) != Some("isSet") {
            return None;
        }
        let [argument] = node.get("argv").and_then(Node::as_array)? else {
            return None;
        };
        let variable = in_sight.get_mut(argument.get("ref").and_then(Node::as_str)?)?;
        if !variable.optional {
            return Some(Vec::new());
        }
        variable.optional = false;
        let name = variable.name.clone();
        Some(vec![Condition::Bind(name.clone(), Expr::Var(name))])
    }

    /// What it takes for a value to be there and not false.
    fn holds(&mut self, value: Typed) -> Vec<Condition> {
        match (value.kind, value.optional) {
            (Kind::Boolean, false) => match value.expr {
                Expr::Bool(true) => Vec::new(),
                expr => vec![Condition::Holds(expr)],
            },
            (Kind::Boolean, true) => {
                let name = self.bound("value");
                vec![
                    Condition::Bind(name.clone(), value.expr),
                    Condition::Holds(Expr::Var(name)),
                ]
            }
            (_, true) => vec![Condition::Holds(Expr::IsSome(Box::new(value.expr)))],
            (_, false) => Vec::new(),
        }
    }

    /// The Rust name of what the rules bind.
    fn bound(&mut self, wire: &str) -> Name {
        if let Some(name) = self.wires.get(wire) {
            return name.clone();
        }
        let name = self.names.claim(&snake(wire));
        self.wires.insert(wire.to_owned(), name.clone());
        name
    }

    fn refuse<T>(&mut self, message: &str, span: Span) -> Option<T> {
        let diagnostic = Diagnostic::error(Code::BadEndpointRules, message);
        let service = self.cx.service;
        self.cx.report(diagnostic, &service.id, span);
        None
    }
}

/// Conditions that parameters are set, which they are for what follows.
fn set(wires: &[String], in_sight: &mut InSight) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for wire in wires {
        if let Some(variable) = in_sight.get_mut(wire).filter(|variable| variable.optional) {
            variable.optional = false;
            let name = variable.name.clone();
            conditions.push(Condition::Bind(name.clone(), Expr::Var(name)));
        }
    }
    conditions
}

/// A value of a parameter, where it is of its type.
fn param_value(node: &Node, ty: ParamType) -> Option<ParamValue> {
    match ty {
        ParamType::String => node
            .as_str()
            .map(|text| ParamValue::String(text.to_owned())),
        ParamType::Boolean => node.as_bool().map(ParamValue::Boolean),
        ParamType::StringArray => {
            let texts = node
                .as_array()?
                .iter()
                .map(|node| node.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(ParamValue::StringArray)
        }
    }
}

/// The setting of the client that fills a parameter; a built-in of another kind is left unset.
fn built_in(id: &str) -> Option<BuiltIn> {
    match id {
        "AWS::Region" => Some(BuiltIn::Region),
        "AWS::UseFIPS" => Some(BuiltIn::UseFips),
        "AWS::UseDualStack" => Some(BuiltIn::UseDualStack),
        "SDK::Endpoint" => Some(BuiltIn::Endpoint),
        "AWS::Auth::AccountId" => Some(BuiltIn::AccountId),
        "AWS::Auth::AccountIdEndpointMode" => Some(BuiltIn::AccountIdEndpointMode),
        _ => None,
    }
}
