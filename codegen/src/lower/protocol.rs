//! Protocol tests: the traits [`smithy.test#httpRequestTests` and `httpResponseTests`][1], typed.
//!
//! [1]: https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html

pub(super) mod value;

use super::{Cx, docs};
use crate::api::{
    Answered, Body, Doc, Fault, Field, Operation, Protocol, ProtocolTests, RequestTest,
    ResponseTest, Type, Value,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Node, Shape};
use crate::names::{Name, Scope, Style, snake};

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";

/// The host that a client is given where a case names none.
const HOST: &str = "example.com";

/// A case, and a header that by its name must not be there, which the case itself does not say.
const FORBIDDEN: (&str, &str) = (
    "NonQueryCompatibleAwsJson10ForbidsQueryModeHeader",
    "x-amzn-query-mode",
);

/// The shape of parameters that say with what code an error comes.
const ERROR_CODE: &str = "aws.protocoltests.config#ErrorCodeParams";

/// The cases for clients of all operations and errors that are printed.
pub(super) fn tests(
    cx: &mut Cx<'_, '_>,
    chosen: &[&Shape],
    operations: &[Operation],
    types: &[Type],
    faults: &[Fault],
) -> ProtocolTests {
    let mut tests = Tests {
        cx,
        types,
        // The function that makes the client stands beside the tests.
        names: Scope::new(Style::Snake).reserve(&["client"]),
        done: ProtocolTests::default(),
    };
    let tested = |shape: &&&Shape| shape.traits.has(REQUESTS) || shape.traits.has(RESPONSES);
    for shape in chosen.iter().filter(tested) {
        let position = operations
            .iter()
            .position(|operation| operation.wire == shape.id.name());
        if let Some(index) = position {
            tests.requests(shape, &operations[index]);
            tests.outputs(shape, index, &operations[index].output.fields);
        }
    }
    let errors = tests.cx.closure.errors.clone();
    for shape in errors {
        let Some(names) = tests.cx.names.of_fault(shape) else {
            continue;
        };
        let name = names.names.name.clone();
        let fault = faults.iter().position(|fault| fault.record.name == name);
        let operation = operations
            .iter()
            .position(|operation| operation.faults.contains(&name));
        if let (Some(fault), Some(operation)) = (fault, operation) {
            tests.faults(shape, operation, (fault, &faults[fault]));
        }
    }
    tests.done
}

struct Tests<'a, 'm, 'd> {
    cx: &'a mut Cx<'m, 'd>,
    types: &'a [Type],
    names: Scope,
    done: ProtocolTests,
}

impl Tests<'_, '_, '_> {
    fn requests(&mut self, shape: &Shape, operation: &Operation) {
        for node in self.cases(shape, REQUESTS) {
            let Some(input) = self.fields(shape, &node, &operation.input.fields) else {
                continue;
            };
            let text = |key: &str| node.get(key).and_then(Node::as_str);
            let host = text("host").unwrap_or(HOST);
            let authority = host
                .split_once('/')
                .map_or(host, |(authority, _)| authority);
            let mut forbidden = texts(&node, "forbidHeaders");
            forbidden.extend((text("id") == Some(FORBIDDEN.0)).then(|| FORBIDDEN.1.to_owned()));
            let mut uri = format!(
                "https://{}{}",
                text("resolvedHost").unwrap_or(authority),
                text("uri").unwrap_or("/")
            );
            let query = texts(&node, "queryParams");
            if !query.is_empty() {
                uri = format!("{uri}?{}", query.join("&"));
            }
            let test = RequestTest {
                name: self.name("request", &node),
                doc: doc(&node),
                method: operation.module.clone(),
                input,
                endpoint: format!("https://{host}"),
                verb: text("method").unwrap_or("POST").to_owned(),
                uri,
                headers: headers(&node),
                required: texts(&node, "requireHeaders"),
                forbidden,
                body: text("body").map(|body| match text("bodyMediaType") {
                    Some("application/json") => Body::Json(body.to_owned()),
                    _ => Body::Exact(body.to_owned()),
                }),
            };
            self.done.requests.push(test);
        }
    }

    fn outputs(&mut self, shape: &Shape, operation: usize, fields: &[Field]) {
        for node in self.cases(shape, RESPONSES) {
            let mut headers = headers(&node).into_iter();
            let id = headers.find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-requestid"));
            let answered = Answered::Output(id.map(|(_, id)| id));
            self.response(shape, operation, &node, (answered, fields));
        }
    }

    fn faults(&mut self, shape: &Shape, operation: usize, (index, fault): (usize, &Fault)) {
        for node in self.cases(shape, RESPONSES) {
            let vendor = node.get("vendorParams").filter(|_| {
                node.get("vendorParamsShape").and_then(Node::as_str) == Some(ERROR_CODE)
            });
            let said = |key: &str| Some(vendor?.get(key)?.as_str()?.to_owned());
            let answered = Answered::Fault {
                index,
                code: said("code").unwrap_or_else(|| fault.code.clone()),
                side: said("type"),
            };
            self.response(shape, operation, &node, (answered, &fault.record.fields));
        }
    }

    fn response(
        &mut self,
        shape: &Shape,
        operation: usize,
        node: &Node,
        (answered, fields): (Answered, &[Field]),
    ) {
        let Some(fields) = self.fields(shape, node, fields) else {
            return;
        };
        let kind = match answered {
            Answered::Output(_) => "response",
            Answered::Fault { .. } => "error",
        };
        let status = node.get("code").and_then(Node::as_i64);
        let body = node.get("body").and_then(Node::as_str);
        let test = ResponseTest {
            name: self.name(kind, node),
            doc: doc(node),
            operation,
            status: status.and_then(|code| code.try_into().ok()).unwrap_or(200),
            headers: headers(node),
            body: body.unwrap_or_default().to_owned(),
            answered,
            fields,
        };
        self.done.responses.push(test);
    }

    /// The cases for clients in the protocol that is spoken.
    fn cases(&self, shape: &Shape, id: &str) -> Vec<Node> {
        let spoken = match super::service::spoken(self.cx.service) {
            Some(Protocol::AwsJson10) => "aws.protocols#awsJson1_0",
            Some(Protocol::AwsJson11) => "aws.protocols#awsJson1_1",
            None => return Vec::new(),
        };
        let nodes = shape.traits.get(id).and_then(Node::as_array);
        let is_ours = |node: &&Node| {
            let text = |key: &str| node.get(key).and_then(Node::as_str);
            text("protocol") == Some(spoken) && text("appliesTo") != Some("server")
        };
        nodes
            .unwrap_or_default()
            .iter()
            .filter(is_ours)
            .cloned()
            .list()
    }

    /// The values in `params`; where they are none of their types, the case is left out with a warning.
    fn fields(
        &mut self,
        shape: &Shape,
        node: &Node,
        fields: &[Field],
    ) -> Option<Vec<(Field, Value)>> {
        let Some(params) = node.get("params") else {
            return Some(Vec::new());
        };
        let values = value::fields(params, fields, self.types);
        if values.is_none() {
            let id = node.get("id").and_then(Node::as_str).unwrap_or_default();
            let message = format!(
                "the protocol test `{id}` has parameters that do not fit their shapes: it is left out"
            );
            let diagnostic = Diagnostic::warning(Code::TestLeftOut, message);
            self.cx.report(diagnostic, &shape.id, params.span);
        }
        values
    }

    fn name(&mut self, kind: &str, node: &Node) -> Name {
        let id = node.get("id").and_then(Node::as_str).unwrap_or("case");
        self.names.claim(&format!("{kind}_{}", snake(id)))
    }
}

fn doc(node: &Node) -> Doc {
    let text = node.get("documentation").and_then(Node::as_str);
    text.map_or_else(|| docs::line("A case of the model."), docs::plain)
}

fn headers(node: &Node) -> Vec<(String, String)> {
    let object = node.get("headers").and_then(Node::as_object);
    let entries = object.into_iter().flat_map(|object| object.iter());
    entries
        .filter_map(|(name, value)| Some((name.to_owned(), value.as_str()?.to_owned())))
        .list()
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let nodes = node.get(key).and_then(Node::as_array).unwrap_or_default();
    let texts = nodes.iter().filter_map(Node::as_str);
    texts.map(str::to_owned).list()
}
