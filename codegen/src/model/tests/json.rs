//! The JSON reader against serde_json: the same texts accepted, the same values read.

use super::super::json;
use super::super::node::Node;
use super::super::source::{Files, Role};
use crate::diagnostic::Diagnostics;
use crate::model::Value;

fn parse(text: &str) -> Option<Node> {
    let mut files = Files::default();
    let file = files.add("test.json".to_owned(), text.to_owned(), Role::Model);
    let mut diagnostics = Diagnostics::new();
    let node = json::parse(&files, file, &mut diagnostics);
    // A key given twice is the one thing that serde_json lets pass.
    node.filter(|_| !diagnostics.has_errors())
}

fn same(node: &Node, value: &serde_json::Value) -> bool {
    match (&node.value, value) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Boolean(a), serde_json::Value::Bool(b)) => a == b,
        // serde_json keeps floats, and may be off by the last bit.
        (Value::Number(a), serde_json::Value::Number(b)) => {
            let (a, b) = (a.parse::<f64>().ok(), b.as_f64());
            a.zip(b)
                .is_some_and(|(a, b)| (a - b).abs() <= a.abs() * 4.0 * f64::EPSILON)
        }
        (Value::String(a), serde_json::Value::String(b)) => a == b,
        (Value::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), serde_json::Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

#[test]
fn agrees_with_serde_json() {
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\"a\"",
        "\"b\"",
        "\"\\u00e9\\n\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\x\"",
        "\"é\u{1f40e}\"",
        "\"\t\"",
        "\"",
        "0",
        "-0",
        "01",
        "1.5",
        "1.",
        ".5",
        "-",
        "+1",
        "1e5",
        "1E-7",
        "2e",
        "1e400",
        "12345678901234567890123",
        "true",
        "false",
        "null",
        "nul",
        "True",
        "NaN",
        "\u{feff}",
        "//",
        "'a'",
        "\"a\":",
        "\"b\":",
    ];
    let mut state = 0x5eed_0003_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    let mut accepted = 0;
    for _ in 0..60_000 {
        let (open, close) = [("", ""), ("[", "]"), ("{\"a\":", "}"), ("[1,{\"b\":", "}]")][next(4)];
        let inner: String = (0..next(5)).map(|_| words[next(words.len())]).collect();
        let text = format!("{open}{inner}{close}");
        let (ours, theirs) = (
            parse(&text),
            serde_json::from_str::<serde_json::Value>(&text),
        );
        match (ours, theirs) {
            (Some(node), Ok(value)) => {
                accepted += 1;
                assert!(same(&node, &value), "{text:?}");
            }
            (None, Err(_)) => {}
            // A model's numbers are kept as text, so that one may be larger than any float.
            (Some(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
            (ours, theirs) => assert!(twice(&text), "{text:?}: {ours:?} but {theirs:?}"),
        }
    }
    assert!(accepted > 1000, "{accepted}");
}

/// Whether a key may be in one object twice.
fn twice(text: &str) -> bool {
    text.matches("\"a\"").count() > 1 || text.matches("\"b\"").count() > 1
}

#[test]
fn keeps_numbers_that_no_float_holds() {
    let node = parse("1e400").expect("a number");
    assert!(matches!(&node.value, Value::Number(text) if &**text == "1e400"));
}
