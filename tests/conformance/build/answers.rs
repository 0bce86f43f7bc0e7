//! Prints what a service could answer to each operation.

use crate::model::{Model, Operation, Shape};
use crate::sample::Sample;
use serde_json::{Value, json};
use std::fmt::Write;

/// How a value is written on the wire.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// As the service does.
    Plain,
    /// As JSON and the protocol allow: dates with an exponent and a fraction, white space, members that are not known.
    Odd,
}

pub(crate) fn print(model: &Model) -> String {
    let mut text = String::from(
        "/// What could be answered to each operation, in the order of the model.\npub(crate) const ANSWERS: &[Answers] = &[\n",
    );
    for operation in model.operations() {
        let outputs: String = outputs(model, &operation)
            .iter()
            .map(|(name, body)| format!("({name:?}, {body:?}), "))
            .collect();
        let error = |error: &Shape<'_>| {
            let kind = error.prelude_trait("error").and_then(Value::as_str);
            let usual = if kind == Some("server") { 500 } else { 400 };
            let status = error
                .prelude_trait("httpError")
                .map_or(json!(usual), Value::clone);
            format!("({:?}, {status}), ", error.name)
        };
        let errors: String = operation.errors.iter().map(error).collect();
        writeln!(
            text,
            "Answers {{ operation: {:?}, outputs: &[{outputs}], errors: &[{errors}] }},",
            operation.name
        )
        .expect("a string takes all");
    }
    text.push_str("];\n");
    text
}

/// Bodies of answers, each with a name.
fn outputs(model: &Model, operation: &Operation<'_>) -> Vec<(String, String)> {
    let mut bodies = vec![
        ("no members".to_owned(), "{}".to_owned()),
        ("no body".to_owned(), String::new()),
        (
            "an unknown member".to_owned(),
            r#"{"Unheard":{"Of":[1,{}]}}"#.to_owned(),
        ),
        ("an array".to_owned(), "[]".to_owned()),
        ("half of a body".to_owned(), r#"{"KeyId":"half"#.to_owned()),
        (
            "no JSON".to_owned(),
            "<html>Service Unavailable</html>".to_owned(),
        ),
    ];
    let Some(output) = operation.output else {
        return bodies;
    };
    let body = |sample: Sample, style| wire(model, output, &sample.structure(model, output), style);
    let mistyped = |wrong: &str, unless: &[&str]| {
        let member = |member: &Shape<'_>| {
            (!unless.contains(&model.target(*member).kind())).then(|| {
                let body = format!("{{\"{}\":{wrong}}}", member.name);
                (format!("{} is {wrong}", member.name), body)
            })
        };
        output
            .members()
            .iter()
            .filter_map(member)
            .collect::<Vec<_>>()
    };
    let null = |member: &Shape<'_>| (member.name.to_owned(), Value::Null);
    let nulls = Value::Object(output.members().iter().map(null).collect());
    bodies.extend([
        ("every member".to_owned(), body(Sample::Full, Style::Plain)),
        (
            "every member, oddly written".to_owned(),
            body(Sample::Full, Style::Odd),
        ),
        ("other values".to_owned(), body(Sample::Other, Style::Plain)),
        (
            "other values, oddly written".to_owned(),
            body(Sample::Other, Style::Odd),
        ),
        ("empty values".to_owned(), body(Sample::Empty, Style::Plain)),
        ("null in every member".to_owned(), nulls.to_string()),
    ]);
    bodies.extend(mistyped("true", &["boolean"]));
    bodies.extend(mistyped("\"!\"", &["string", "enum"]));
    bodies.extend(mistyped("{\"!\":1}", &["structure", "map"]));
    bodies.extend(mistyped("[7]", &[]));
    for example in operation.examples {
        if let Some(value) = example.get("output") {
            let title = example["title"].as_str().expect("an example has a title");
            bodies.push((
                format!("example: {title}"),
                wire(model, output, value, Style::Plain),
            ));
        }
    }
    bodies
}

/// The value as awsJson1.1 writes it: as the examples have it, but dates are seconds since 1970.
fn wire(model: &Model, shape: Shape<'_>, value: &Value, style: Style) -> String {
    let member = |name: &str, target: Shape<'_>, value: &Value| {
        let space = if style == Style::Odd { "\n\t " } else { "" };
        format!(
            "{space}{}{space}:{space}{}",
            json!(name),
            wire(model, target, value, style)
        )
    };
    match (shape.kind(), value) {
        ("structure", Value::Object(members)) => {
            let members = members.iter();
            let mut members: Vec<_> = members
                .map(|(name, value)| member(name, model.target(shape.member(name)), value))
                .collect();
            if style == Style::Odd {
                members.reverse();
                members.push(r#""Unheard":{"Of":[1,{"or":null}]}"#.to_owned());
                members.push(r#" "unheard" : [[], "", -1e-7] "#.to_owned());
            }
            format!("{{{}}}", members.join(","))
        }
        ("map", Value::Object(entries)) => {
            let target = model.target(shape.part("value"));
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| member(key, target, value))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        ("list", Value::Array(items)) => {
            let target = model.target(shape.part("member"));
            let items: Vec<_> = items
                .iter()
                .map(|item| wire(model, target, item, style))
                .collect();
            format!("[{}]", items.join(","))
        }
        ("timestamp", Value::String(date)) => seconds(date, style),
        _ => value.to_string(),
    }
}

/// `2026-03-14T09:26:53Z` as seconds since 1970.
fn seconds(date: &str, style: Style) -> String {
    let number = |at: std::ops::Range<usize>| -> i64 {
        date[at]
            .parse()
            .unwrap_or_else(|error| panic!("{date}: {error}"))
    };
    // Days by the civil calendar, counted from the first of March of year 0.
    let (year, month) = match (number(0..4), number(5..7)) {
        (year, month @ ..=2) => (year - 1, month + 9),
        (year, month) => (year, month - 3),
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + number(8..10) - 1 - 719_468;
    let seconds = days * 86_400 + number(11..13) * 3600 + number(14..16) * 60 + number(17..19);
    match style {
        Style::Plain => format!("{seconds}.0"),
        Style::Odd => format!("{}E1", seconds as f64 / 10.0 + 0.025),
    }
}
