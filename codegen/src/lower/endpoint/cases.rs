//! The cases of [`smithy.rules#endpointTests`][1]: settings and inputs, and the endpoint or the error they must lead to.
//!
//! [1]: https://smithy.io/2.0/additional-specs/rules-engine/specification.html

use super::super::protocol::value;
use super::super::{Cx, docs};
use super::outcome::{AUTH_SCHEMES, schemes};
use super::{built_in, param_value};
use crate::api::{
    Address, BuiltIn, ClientParam, Doc, EndpointTest, Expectation, Operation, OperationTest, Param,
    ParamType, ParamValue, Type,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Node, Object};
use crate::names::{Scope, Style, snake};

/// The longest name of a test before its number, in characters.
const LONGEST: usize = 100;

/// What cases are about.
pub(super) struct About<'a> {
    pub(super) params: &'a [Param],
    pub(super) client_params: &'a [ClientParam],
    pub(super) operations: &'a [Operation],
    pub(super) types: &'a [Type],
}

/// All cases, in the order of the model: those that ask the rules, and those that call operations which are printed. What
/// does not fit is left out with a warning.
pub(super) fn tests(
    cx: &mut Cx<'_, '_>,
    about: &About<'_>,
) -> (Vec<EndpointTest>, Vec<OperationTest>) {
    let node = cx.service.traits.get("smithy.rules#endpointTests");
    let cases = node
        .and_then(|node| node.get("testCases"))
        .and_then(Node::as_array)
        .unwrap_or_default();
    let wishes: Vec<String> = cases.iter().map(wish).list();
    // The names stand beside the functions of the module.
    let mut rules = Scope::new(Style::Snake)
        .reserve(&["resolve", "params_of", "built_in_params", "endpoint_rules"])
        .expect(wishes.iter().map(String::as_str));
    let mut calls = Scope::new(Style::Snake).reserve(&["config"]);
    let (mut of_rules, mut of_calls) = (Vec::new(), Vec::new());
    for (node, wish) in cases.iter().zip(&wishes) {
        let text = node.get("documentation").and_then(Node::as_str);
        let doc = text.map_or_else(|| docs::line("A case of the model."), docs::plain);
        let Some(expect) = node.get("expect").and_then(expectation) else {
            leave_out(cx, node, "does not say what it expects");
            continue;
        };
        match params(node, about.params) {
            Some(values) => of_rules.push(EndpointTest {
                name: rules.claim(wish),
                doc: doc.clone(),
                incomplete: is_incomplete(about.params, &values),
                params: values
                    .into_iter()
                    .map(|(param, value)| (param.name.clone(), value))
                    .list(),
                expect: expect.clone(),
            }),
            None => leave_out(cx, node, "has a parameter of another type than the rules"),
        }
        let inputs = node.get("operationInputs").and_then(Node::as_array);
        for input in inputs.unwrap_or_default() {
            let wire = input.get("operationName").and_then(Node::as_str);
            let mut operations = about.operations.iter();
            let Some(operation) = operations.find(|one| Some(one.wire.as_str()) == wire) else {
                continue;
            };
            match call(input, operation, about, (&doc, &expect)) {
                Ok(mut test) => {
                    test.name = calls.claim(&format!("{}_{wish}", operation.module.plain()));
                    of_calls.push(test);
                }
                Err(reason) => leave_out(cx, input, reason),
            }
        }
    }
    (of_rules, of_calls)
}

fn leave_out(cx: &mut Cx<'_, '_>, node: &Node, reason: &str) {
    let message = format!("a case of `endpointTests` {reason}: it is left out");
    let service = cx.service;
    cx.report(
        Diagnostic::warning(Code::TestLeftOut, message),
        &service.id,
        node.span,
    );
}

fn wish(node: &Node) -> String {
    let text = node
        .get("documentation")
        .and_then(Node::as_str)
        .unwrap_or("case");
    let name = snake(text);
    let end = name
        .char_indices()
        .nth(LONGEST)
        .map_or(name.len(), |(at, _)| at);
    let name = name[..end].trim_end_matches('_');
    if name.is_empty() {
        "case".to_owned()
    } else {
        name.to_owned()
    }
}

/// The entries of an object that may be missing.
fn entries<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let object = node.get(key).and_then(Node::as_object);
    object.into_iter().flat_map(Object::iter)
}

/// The parameters that a case gives; `None` where one is of another type.
fn params<'a>(node: &Node, params: &'a [Param]) -> Option<Vec<(&'a Param, ParamValue)>> {
    let mut values = Vec::new();
    for (wire, value) in entries(node, "params") {
        // A parameter that the rules do not have cannot change the answer.
        if let Some(param) = params.iter().find(|param| param.wire == wire) {
            values.push((param, param_value(value, param.ty)?));
        }
    }
    Some(values)
}

fn is_incomplete(params: &[Param], given: &[(&Param, ParamValue)]) -> bool {
    params.iter().any(|param| {
        let is_given = given.iter().any(|(other, _)| other.wire == param.wire);
        param.required && param.default.is_none() && !is_given
    })
}

/// A call with its settings; the error goes on from "a case".
fn call(
    node: &Node,
    operation: &Operation,
    about: &About<'_>,
    (doc, expect): (&Doc, &Expectation),
) -> Result<OperationTest, &'static str> {
    let mut built_ins = Vec::new();
    for (id, value) in entries(node, "builtInParams") {
        let found = built_in(id).ok_or("has a built-in that no setting gives")?;
        let ty = match found {
            BuiltIn::UseFips | BuiltIn::UseDualStack => ParamType::Boolean,
            _ => ParamType::String,
        };
        let value = param_value(value, ty).ok_or("has a built-in of another type")?;
        built_ins.push((found, value));
    }
    let mut client_params = Vec::new();
    for (wire, value) in entries(node, "clientParams") {
        let mut params = about.client_params.iter();
        let param = params.find(|param| param.wire == wire);
        let param = param.ok_or("has a client parameter that clients do not have")?;
        let value = param_value(value, param.ty).ok_or("has a client parameter of another type")?;
        client_params.push((param.name.clone(), value));
    }
    // Where the service may name the endpoint, clients do not ask for it by themselves.
    let as_usual = matches!(
        operation.address,
        None | Some(Address::Discovered {
            required: false,
            ..
        })
    );
    if !as_usual {
        return Err("calls an operation that changes the address by itself");
    }
    let input = match node.get("operationParams") {
        None => Vec::new(),
        Some(params) => value::fields(params, &operation.input.fields, about.types)
            .ok_or("has an input that does not fit the operation")?,
    };
    Ok(OperationTest {
        name: operation.module.clone(),
        doc: doc.clone(),
        method: operation.module.clone(),
        input,
        built_ins,
        client_params,
        expect: expect.clone(),
    })
}

fn expectation(node: &Node) -> Option<Expectation> {
    if let Some(message) = node.get("error").and_then(Node::as_str) {
        return Some(Expectation::Error(message.to_owned()));
    }
    let endpoint = node.get("endpoint")?;
    let mut headers = Vec::new();
    for (name, values) in entries(endpoint, "headers") {
        let values = values.as_array()?.iter().map(Node::as_str);
        let values = values.collect::<Option<Vec<&str>>>()?;
        headers.push((
            name.to_owned(),
            values.into_iter().map(str::to_owned).list(),
        ));
    }
    let owned = |(name, node): (&str, &Node)| (name.to_owned(), value::document(node));
    let properties = entries(endpoint, "properties").filter(|(name, _)| *name != AUTH_SCHEMES);
    let schemes = match endpoint
        .get("properties")
        .and_then(|node| node.get(AUTH_SCHEMES))
    {
        Some(node) => schemes(node)?,
        None => Vec::new(),
    };
    let schemes = schemes
        .into_iter()
        .map(|(name, entries)| (name.to_owned(), entries.into_iter().map(owned).list()));
    Some(Expectation::Endpoint {
        url: endpoint.get("url")?.as_str()?.to_owned(),
        headers,
        properties: properties.map(owned).list(),
        auth_schemes: schemes.list(),
    })
}
