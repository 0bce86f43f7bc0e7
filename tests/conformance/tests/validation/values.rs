//! Values at random that are as the model asks.

use super::model::{Model, Shape, matches};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Just, Union};
use proptest::{collection, option, string};
use serde_json::{Value, json};

/// How deep types that hold themselves go.
pub(crate) const DEPTH: usize = 5;

pub(crate) fn valid(model: &Model, shape: Shape<'_>, depth: usize) -> BoxedStrategy<Value> {
    let inner = depth.saturating_sub(1);
    let (min, max) = shape.length();
    let size = |usual: usize| min..=max.unwrap_or(usize::MAX).min(min + usual);
    match shape.kind() {
        "structure" => {
            let members = model.members(shape).into_iter();
            let members = members
                .filter(|(_, member)| member.is_required() || depth > 0 || !is_nested(*member));
            let members: Vec<_> = members
                .map(|(name, member)| {
                    let name = name.to_owned();
                    let value = valid(model, member, inner);
                    let named = value.prop_map(move |value| (name.clone(), value));
                    if member.is_required() {
                        named.prop_map(Some).boxed()
                    } else {
                        option::of(named).boxed()
                    }
                })
                .collect();
            members
                .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
                .boxed()
        }
        "union" => {
            let members = model.members(shape).into_iter();
            let members = members.filter(|(_, member)| depth > 0 || !is_nested(*member));
            Union::new(members.map(|(name, member)| {
                let name = name.to_owned();
                let value = valid(model, member, inner);
                value
                    .prop_map(move |value| json!({ name.as_str(): value }))
                    .boxed()
            }))
            .boxed()
        }
        "list" => collection::vec(valid(model, model.part(shape, "member"), inner), size(2))
            .prop_map(Value::Array)
            .boxed(),
        "map" => {
            let key = "[a-z]{1,8}";
            let key = string::string_regex(key).expect("a pattern");
            let entries = collection::hash_map(
                key,
                valid(model, model.part(shape, "value"), inner),
                size(2),
            );
            entries
                .prop_map(|entries| Value::Object(entries.into_iter().collect()))
                .boxed()
        }
        "enum" => {
            let unknown = Just("NOT_YET_KNOWN".to_owned());
            prop_oneof![4 => select(shape.values()), 1 => unknown]
                .prop_map(Value::String)
                .boxed()
        }
        "string" => text(shape),
        "blob" => collection::vec(any::<u8>(), size(9))
            .prop_map(|bytes| json!(aws_smithy_types::base64::encode(bytes)))
            .boxed(),
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "integer" => {
            let (min, max) = shape.range();
            (min.unwrap_or(i32::MIN.into())..=max.unwrap_or(i32::MAX.into()))
                .prop_map(Value::from)
                .boxed()
        }
        "long" => {
            let (min, max) = shape.range();
            (min.unwrap_or(i64::MIN)..=max.unwrap_or(i64::MAX))
                .prop_map(Value::from)
                .boxed()
        }
        "double" => any::<f64>()
            .prop_filter("a number", |value| value.is_finite())
            .prop_map(Value::from)
            .boxed(),
        "timestamp" => (0..2_000_000_000_i64).prop_map(Value::from).boxed(),
        other => panic!("no values for a shape of type {other}"),
    }
}

fn is_nested(shape: Shape<'_>) -> bool {
    matches!(shape.kind(), "structure" | "union" | "list" | "map")
}

fn text(shape: Shape<'_>) -> BoxedStrategy<Value> {
    let (min, max) = shape.length();
    let most = max.unwrap_or(usize::MAX).min(min + 12);
    let Some(pattern) = shape.pattern() else {
        // Not blank, for endpoints may depend on it.
        let character =
            prop_oneof![3 => proptest::char::range('!', '~'), 1 => proptest::char::any()];
        let most = most.max(1);
        return collection::vec(character, min.max(1)..=most)
            .prop_map(|text| json!(text.into_iter().collect::<String>()))
            .prop_filter("blank", |text| {
                text.as_str().is_some_and(|text| !text.trim().is_empty())
            })
            .boxed();
    };
    let sampled =
        string::string_regex(&sampling(pattern, min, most)).expect("a pattern that can be sampled");
    let pattern = pattern.to_owned();
    let fits = move |text: &String| {
        let count = text.chars().count();
        let long_enough = count >= min.max(1) && max.is_none_or(|max| count <= max);
        long_enough && matches(&pattern, text) && !text.trim().is_empty()
    };
    sampled
        .prop_filter("too long or short", fits)
        .prop_map(Value::String)
        .boxed()
}

/// The pattern as texts are made from it: without anchors, in ASCII, and as long as is allowed.
fn sampling(pattern: &str, min: usize, most: usize) -> String {
    let bounded = pattern
        .strip_suffix("]+$")
        .or_else(|| pattern.strip_suffix("]*$"));
    let bounded = bounded.filter(|rest| rest.starts_with("^[") && rest.matches('[').count() == 1);
    let pattern = match bounded {
        Some(class) => format!("{class}]{{{},{most}}}", min.max(1)),
        None => pattern.to_owned(),
    };
    let mut sampled = String::new();
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '^' if sampled.ends_with('[') && in_class => sampled.push('^'),
            '^' | '$' if !in_class => {}
            '\\' => match chars.next() {
                Some('d') => sampled.push_str("[0-9]"),
                Some('w') => sampled.push_str("[A-Za-z0-9_]"),
                Some('S') => sampled.push_str("[!-~]"),
                Some('s') => sampled.push_str("[ \\t]"),
                Some('p') => {
                    let name: String = chars.by_ref().take_while(|c| *c != '}').collect();
                    sampled.push_str(if name == "{Print" { "[ -~]" } else { "[A-Z]" });
                }
                Some('u') => {
                    let code: String = chars.by_ref().take(4).collect();
                    let surrogate = code.starts_with('D') && code.as_str() >= "D800";
                    sampled.push_str(&format!(
                        "\\x{{{}}}",
                        if surrogate { "0020" } else { &code }
                    ));
                }
                Some(c) if c.is_ascii_alphanumeric() => sampled.extend(['\\', c]),
                Some(c) => sampled.push_str(&format!("\\x{{{:x}}}", u32::from(c))),
                None => {}
            },
            '[' => {
                in_class = true;
                sampled.push('[');
            }
            ']' => {
                in_class = false;
                sampled.push(']');
            }
            c => sampled.push(c),
        }
    }
    sampled
}
