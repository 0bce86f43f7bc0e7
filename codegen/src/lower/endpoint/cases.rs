//! The cases of `smithy.rules#endpointTests`: settings, and the endpoint or the error they must lead to.

use std::collections::HashMap;

use super::super::{Cx, docs};
use super::param_value;
use crate::api::{EndpointTest, Expectation, Param};
use crate::model::Node;
use crate::names::{Name, Scope, Style, snake};

/// The longest name of a test before its number, in characters.
const LONGEST: usize = 100;

/// All cases that ask the rules alone, in the order of the model.
pub(super) fn tests(
    cx: &Cx<'_, '_>,
    params: &[Param],
    wires: &HashMap<String, Name>,
) -> Vec<EndpointTest> {
    let node = cx.service.traits.get("smithy.rules#endpointTests");
    let cases = node
        .and_then(|node| node.get("testCases"))
        .and_then(Node::as_array)
        .unwrap_or_default();
    let wishes: Vec<String> = cases.iter().map(wish).collect();
    // The names stand beside the functions of the module.
    let mut scope = Scope::new(Style::Snake)
        .reserve(&["resolve", "params_of", "built_in_params", "endpoint_rules"])
        .expect(wishes.iter().map(String::as_str));
    let tests = cases.iter().zip(&wishes).filter_map(|(node, wish)| {
        let expect = expectation(node.get("expect")?)?;
        let mut values = Vec::new();
        for (wire, value) in node
            .get("params")
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(|object| object.iter())
        {
            // A parameter that the rules do not have cannot change the answer.
            let Some(param) = params.iter().find(|param| param.wire == wire) else {
                continue;
            };
            values.push((wires.get(wire)?.clone(), param_value(value, param.ty)?));
        }
        let doc = node.get("documentation").and_then(Node::as_str);
        let doc = doc.map_or_else(|| docs::line("A case of the model."), docs::plain);
        Some(EndpointTest {
            name: scope.claim(wish),
            doc,
            params: values,
            expect,
        })
    });
    tests.collect()
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

fn expectation(node: &Node) -> Option<Expectation> {
    if let Some(message) = node.get("error").and_then(Node::as_str) {
        return Some(Expectation::Error(message.to_owned()));
    }
    let url = node.get("endpoint")?.get("url")?.as_str()?;
    Some(Expectation::Url(url.to_owned()))
}
