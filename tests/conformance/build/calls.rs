//! Prints calls of each operation, and what is looked at in what they give.

use crate::model::{Model, Operation, Shape};
use crate::rust::{plain_setters, set_setters, snake};
use crate::sample::Sample;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Members of inputs that are newer than the official crate that is compared with, and why they are left out.
const NEWER: [(&str, &str, &str); 1] = [(
    "ListKeysRequest",
    "ResourceOwners",
    "aws-sdk-kms 1.129.0 was made before the API had it",
)];

/// What stands before a function that uses members the model deprecates.
const DEPRECATED: &str =
    "#[expect(deprecated, reason = \"deprecated members work like others\")]\n";

pub(crate) fn print(model: &Model) -> String {
    let operations = model.operations();
    let mut text = String::from(
        "/// Members that are in no call.\npub(super) const LEFT_OUT: &[LeftOut] = &[",
    );
    for (shape, member, why) in NEWER {
        let (member, field) = (format!("{shape}${member}"), snake(member));
        write!(
            text,
            "LeftOut {{ member: {member:?}, field: {field:?}, why: {why:?} }}, "
        )
        .expect("a string takes all");
    }
    write!(text, "];\n\n/// Every call.\n{DEPRECATED}pub(super) fn calls() -> Vec<Call<kms::Client>> {{\nvec![\n")
        .expect("a string takes all");
    for operation in &operations {
        calls(&mut text, model, operation);
    }
    text.push_str("]\n}\n");
    let mut inside = BTreeMap::new();
    for operation in &operations {
        outcome(&mut text, operation);
        if let Some(output) = with_members(operation) {
            text.push_str(&look(model, output, &output_path(operation), &mut inside));
        }
    }
    inside
        .into_values()
        .for_each(|function| text.push_str(&function));
    text
}

/// `Call { operation: "ListKeys", name: "every member", ordered: true, send: |client| Box::pin(list_keys(client.list_keys().limit(7))) },`
fn calls(text: &mut String, model: &Model, operation: &Operation<'_>) {
    let input = operation.input;
    let known = |mut value: Value| {
        let object = value.as_object_mut().expect("an input is an object");
        for (shape, member, _) in NEWER {
            if shape == input.name {
                object.remove(member);
            }
        }
        value
    };
    let required = input.members().into_iter().filter(Shape::required);
    let required: Map<_, _> = required
        .map(|member| (member.name.to_owned(), Sample::Full.member(model, member)))
        .collect();
    let full = known(Sample::Full.structure(model, input));
    let unordered = known(Sample::Unordered.structure(model, input));
    let other = known(Sample::Other.structure(model, input));
    let empty = known(Sample::Empty.structure(model, input));
    let mut named = vec![
        (
            "nothing".to_owned(),
            Sent::plainly(model, input, &json!({})),
        ),
        (
            "required members".to_owned(),
            Sent::plainly(model, input, &required.into()),
        ),
        (
            "every member".to_owned(),
            Sent::plainly(model, input, &full),
        ),
        (
            "every member, set".to_owned(),
            Sent::set(model, input, &full),
        ),
        (
            "entries without an order".to_owned(),
            Sent::plainly(model, input, &unordered),
        ),
        ("other values".to_owned(), Sent::set(model, input, &other)),
        (
            "other values, one by one".to_owned(),
            Sent::plainly(model, input, &other),
        ),
        ("empty values".to_owned(), Sent::set(model, input, &empty)),
    ];
    for example in operation.examples {
        let title = example["title"].as_str().expect("an example has a title");
        let sent = Sent::plainly(model, input, &known(example["input"].clone()));
        named.push((format!("example: {title}"), sent));
    }
    let (name, function) = (operation.name, snake(operation.name));
    for (label, Sent { setters, ordered }) in named {
        writeln!(
            text,
            "Call {{ operation: {name:?}, name: {label:?}, ordered: {ordered}, send: |client| Box::pin({function}(client.{function}(){setters})) }},"
        )
        .expect("a string takes all");
    }
}

/// What is set on a call.
struct Sent {
    setters: String,
    /// Whether no map in it has several entries.
    ordered: bool,
}

impl Sent {
    fn plainly(model: &Model, input: Shape<'_>, value: &Value) -> Self {
        let setters = plain_setters(model, input, value);
        Self {
            setters,
            ordered: ordered(model, input, value),
        }
    }

    fn set(model: &Model, input: Shape<'_>, value: &Value) -> Self {
        let setters = set_setters(model, input, value);
        Self {
            setters,
            ordered: ordered(model, input, value),
        }
    }
}

fn ordered(model: &Model, shape: Shape<'_>, value: &Value) -> bool {
    let Value::Object(members) = value else {
        return true;
    };
    match shape.kind() {
        "map" => members.len() <= 1,
        _ => members
            .iter()
            .all(|(name, value)| ordered(model, model.target(shape.member(name)), value)),
    }
}

/// A function that sends a call and writes down what came of it.
fn outcome(text: &mut String, operation: &Operation<'_>) {
    let (name, function) = (operation.name, snake(operation.name));
    let answers: String = operation
        .errors
        .iter()
        .map(|error| format!("({:?}, error.is_{}()), ", error.name, snake(error.name)))
        .collect();
    let look = match with_members(operation) {
        Some(_) => format!("look_at_{function}_output(&output)"),
        None => "Vec::new()".to_owned(),
    };
    write!(
        text,
        "
async fn {function}(call: kms::operation::{function}::builders::{name}FluentBuilder) -> Outcome {{
    let input = format!(\"{{:?}} {{:?}}\", call.as_input(), call.as_input().clone().build());
    let result = match call.send().await {{
        Ok(output) => Ok(support::Output {{
            debug: format!(\"{{output:?}}\"),
            request_id: kms::operation::RequestId::request_id(&output).map(String::from),
            members: {look},
        }}),
        Err(error) => {{
            let mut failure = support::Failure::of_call(&error);
            let error = error.into_service_error();
            failure.look_at(&error, vec![{answers}]);
            failure.request_id = kms::operation::RequestId::request_id(&error).map(String::from);
            failure.of_all_operations = support::variant(&kms::Error::from(error));
            Err(failure)
        }}
    }};
    Outcome {{ input, result }}
}}
"
    )
    .expect("a string takes all");
}

/// The output, unless there is nothing to look at in it.
fn with_members<'a>(operation: &Operation<'a>) -> Option<Shape<'a>> {
    operation
        .output
        .filter(|output| !output.members().is_empty())
}

fn output_path(operation: &Operation<'_>) -> String {
    let (name, function) = (operation.name, snake(operation.name));
    format!("kms::operation::{function}::{name}Output")
}

/// A function that calls every getter of a structure, as `Debug` does not show what is sensitive.
fn look(
    model: &Model,
    shape: Shape<'_>,
    path: &str,
    inside: &mut BTreeMap<String, String>,
) -> String {
    let member = |member: Shape<'_>| {
        let getter = format!("value.{}()", snake(member.name));
        let target = model.target(member);
        let shown = match target.kind() {
            "structure" => {
                let function = look_inside(model, target, inside);
                format!("{getter}.map({function})")
            }
            "list" if model.target(target.part("member")).kind() == "structure" => {
                let function = look_inside(model, model.target(target.part("member")), inside);
                format!("{getter}.iter().map({function}).collect::<Vec<_>>()")
            }
            _ => getter,
        };
        format!("({:?}, format!(\"{{:?}}\", {shown})), ", member.name)
    };
    let members: String = shape.members().into_iter().map(member).collect();
    let name = path.rsplit("::").next().expect("a path has a last part");
    let deprecated = |member: &Shape<'_>| member.prelude_trait("deprecated").is_some();
    let expectation = if shape.members().iter().any(deprecated) {
        DEPRECATED
    } else {
        ""
    };
    format!(
        "\n{expectation}fn look_at_{}(value: &{path}) -> Vec<(&'static str, String)> {{\n    vec![{members}]\n}}\n",
        snake(name)
    )
}

/// The name of the function that looks at a structure within another, which is made when it does not stand yet.
fn look_inside(model: &Model, shape: Shape<'_>, inside: &mut BTreeMap<String, String>) -> String {
    if !inside.contains_key(shape.name) {
        let path = format!("kms::types::{}", shape.name);
        let function = look(model, shape, &path, inside);
        inside.insert(shape.name.to_owned(), function);
    }
    format!("look_at_{}", snake(shape.name))
}
