//! The JSON schema of farrier.toml, made from the same keys as it is read by.

use serde_json::{Map, Value, json};

use super::keys::{KEYS, Key, Takes};

/// Where editors find the schema.
pub(crate) const URL: &str =
    "https://raw.githubusercontent.com/farrier-rs/farrier/main/codegen/cli/farrier.schema.json";

/// The schema, in draft 4, which is what editors of TOML read.
pub(crate) fn schema() -> String {
    let properties = KEYS.iter().map(|key| (key.name.to_owned(), property(key)));
    let properties: Map<String, Value> = properties.collect();
    let schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "id": URL,
        "title": "farrier.toml",
        "description": "What a repository generates with Farrier.",
        "type": "object",
        "additionalProperties": false,
        "required": ["crate"],
        "properties": {
            "crate": {
                "description": "One table for each crate or module to generate.",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["model"],
                    "oneOf": [with("out"), with("module")],
                    "properties": properties,
                },
            },
        },
    });
    // A value is always JSON.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// What a table looks like that has this target.
fn with(target: &str) -> Value {
    let others = KEYS
        .iter()
        .filter(|key| key.only_with.is_some_and(|with| with != target));
    let others: Vec<Value> = others.map(|key| json!({"required": [key.name]})).collect();
    json!({"required": [target], "not": {"anyOf": others}})
}

fn property(key: &Key) -> Value {
    let mut property = match &key.takes {
        Takes::Text(_, Some(fits)) => json!({"type": "string", "pattern": fits.pattern}),
        Takes::Text(_, None) | Takes::Target(_) | Takes::Crate(_) => json!({"type": "string"}),
        Takes::Texts(_) | Takes::Files(_) => json!({"anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}},
        ]}),
        Takes::Flag(_) => json!({"type": "boolean"}),
    };
    if key.name == "model" || matches!(key.takes, Takes::Texts(_)) {
        property["anyOf"][1]["minItems"] = 1.into();
    }
    property["description"] = key.about.into();
    property
}
