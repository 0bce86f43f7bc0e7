//! Prints functions that make the inputs of a client from JSON, through its builders.
//!
//! Names of its own, and not those of the generator, so that both cannot be wrong together.

use crate::model::{Model, Operation, Shape};
use crate::rust::{fallible, pascal, snake};
use crate::shapes;
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) fn print(model: &Model) -> String {
    let operations = model.operations();
    let inputs = operations.iter().map(|operation| operation.input);
    let mut text = shapes::print(model, inputs);
    text.push_str(
        "\n/// Every operation.\npub(super) static OPERATIONS: &[Operation<service::Client>] = &[\n",
    );
    for operation in &operations {
        let (name, function) = (operation.name, snake(operation.name));
        let input = shapes::name(operation.input);
        writeln!(
            text,
            "Operation {{ name: {name:?}, input: &{input}, send: {function} }},"
        )
        .expect("a string takes all");
    }
    text.push_str("];\n");
    let mut made = BTreeMap::new();
    for operation in &operations {
        text.push_str(&call(model, operation, &mut made));
    }
    made.into_values()
        .for_each(|function| text.push_str(&function));
    text
}

/// ```text
/// fn put_item(client: &service::Client, params: &Value) -> Sending {
///     let mut builder = client.put_item();
///     for (name, value) in entries(params) {
///         builder = match name { "TableName" => builder.set_table_name(Some(text(value))), ..., _ => unknown(name) };
///     }
///     send!(builder)
/// }
/// ```
///
/// What `send!` makes of the builder is the suite's.
fn call<'a>(
    model: &'a Model,
    operation: &Operation<'a>,
    made: &mut BTreeMap<&'a str, String>,
) -> String {
    let function = snake(operation.name);
    let start = format!("client.{function}()");
    let builder = builder(model, operation.input, &start, "params", made);
    format!(
        "
fn {function}(client: &service::Client, params: &Value) -> Sending {{
{builder}    send!(builder)
}}
"
    )
}

/// A builder with all that the JSON object holds.
fn builder<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    start: &str,
    from: &str,
    made: &mut BTreeMap<&'a str, String>,
) -> String {
    let members = shape.members();
    if members.is_empty() {
        return format!(
            "    entries({from}).for_each(|(name, _)| unknown(name));\n    let builder = {start};\n"
        );
    }
    let arm = |member: Shape<'a>| {
        let value = made_from(model, model.target(member), made);
        format!(
            "            {:?} => builder.set_{}(Some({value}(value))),\n",
            member.name,
            snake(member.name)
        )
    };
    let arms: String = members.into_iter().map(arm).collect();
    format!(
        "    let mut builder = {start};
    for (name, value) in entries({from}) {{
        builder = match name {{
{arms}            _ => unknown(name),
        }};
    }}
"
    )
}

/// The function that makes a value of a shape; it is printed when it does not stand yet.
fn made_from<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    made: &mut BTreeMap<&'a str, String>,
) -> String {
    match shape.kind() {
        kind @ ("blob" | "boolean" | "integer" | "long" | "double" | "timestamp") => {
            return kind.to_owned();
        }
        "string" => return "text".to_owned(),
        _ => {}
    }
    let name = format!("{}_from", snake(shape.name));
    if !made.contains_key(shape.name) {
        // Before its parts, which may lead back to it.
        made.insert(shape.name, String::new());
        let (returned, body) = match shape.kind() {
            "enum" => {
                let path = path(shape);
                (
                    path.clone(),
                    format!("    {path}::from(text(value).as_str())\n"),
                )
            }
            "structure" => structure(model, shape, made),
            "union" => union(model, shape, made),
            "list" => {
                let (item, function) = part(model, shape, "member", made);
                (
                    format!("Vec<{item}>"),
                    format!("    list(value, {function})\n"),
                )
            }
            "map" => {
                let (item, function) = part(model, shape, "value", made);
                (
                    format!("HashMap<String, {item}>"),
                    format!("    map(value, {function})\n"),
                )
            }
            other => panic!("{}: no value for a shape of type {other}", shape.name),
        };
        let function = format!("\nfn {name}(value: &Value) -> {returned} {{\n{body}}}\n");
        made.insert(shape.name, function);
    }
    name
}

fn structure<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    made: &mut BTreeMap<&'a str, String>,
) -> (String, String) {
    let path = path(shape);
    let built = if fallible(model, shape) {
        "builder.build().expect(\"required members are set\")"
    } else {
        "builder.build()"
    };
    let builder = builder(model, shape, &format!("{path}::builder()"), "value", made);
    (path, format!("{builder}    {built}\n"))
}

fn union<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    made: &mut BTreeMap<&'a str, String>,
) -> (String, String) {
    let path = path(shape);
    let arm = |member: Shape<'a>| {
        let value = made_from(model, model.target(member), made);
        let variant = pascal(member.name);
        format!(
            "        {:?} => {path}::{variant}({value}(value)),\n",
            member.name
        )
    };
    let arms: String = shape.members().into_iter().map(arm).collect();
    let body = format!(
        "    let (name, value) = entries(value).next().expect(\"a union has a member\");
    match name {{
{arms}        _ => unknown(name),
    }}
"
    );
    (path, body)
}

/// The type of what a collection holds, and the function that makes it.
fn part<'a>(
    model: &'a Model,
    shape: Shape<'a>,
    name: &'static str,
    made: &mut BTreeMap<&'a str, String>,
) -> (String, String) {
    let target = model.target(shape.part(name));
    let function = made_from(model, target, made);
    (rust_type(model, target), function)
}

fn rust_type(model: &Model, shape: Shape<'_>) -> String {
    let of = |name| rust_type(model, model.target(shape.part(name)));
    match shape.kind() {
        "string" => "String".to_owned(),
        "blob" => "service::primitives::Blob".to_owned(),
        "boolean" => "bool".to_owned(),
        "integer" => "i32".to_owned(),
        "long" => "i64".to_owned(),
        "double" => "f64".to_owned(),
        "timestamp" => "service::primitives::DateTime".to_owned(),
        "list" => format!("Vec<{}>", of("member")),
        "map" => format!("HashMap<String, {}>", of("value")),
        _ => path(shape),
    }
}

fn path(shape: Shape<'_>) -> String {
    format!("service::types::{}", pascal(shape.name))
}
