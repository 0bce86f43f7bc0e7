//! Real models, cut down to one operation each: those of this repository, and published ones where they stand beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// How many operations of a published model are taken.
const OPERATIONS: usize = 8;

/// How large a cut may be, in shapes: smaller ones run faster, and hold the same kinds of things.
const LARGEST: usize = 24;

/// Every how many cuts one keeps the rules for endpoints, which are as long as all the rest.
const RULES: usize = 6;

/// Traits that are long, and of which nothing but tests and words follows.
const LEFT_OUT: [&str; 3] = [
    "smithy.rules#endpointTests",
    "smithy.api#examples",
    "smithy.api#suppress",
];

/// What mutated models grow out of.
pub(super) struct Seeds {
    /// The models.
    pub(super) models: Vec<Value>,
    /// All traits of all of them, with their values.
    pub(super) traits: Vec<(String, Value)>,
}

impl Seeds {
    /// Reads and cuts all models.
    pub(super) fn read() -> Seeds {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut models = Vec::new();
        let kms = read(&repository.join("models/kms.json"), None);
        let waiters = read(&repository.join("models/kms.waiters.json"), None);
        cut_all(&kms, usize::MAX, &mut models);
        for name in [
            "shapes",
            "constraints",
            "demands",
            "endpoints",
            "waiters",
            "cells",
            "diagram",
        ] {
            let path = repository.join(format!("tests/golden/{name}.json"));
            models.push(read(&path, Some(&LEFT_OUT)));
        }
        let published = repository.join("../shared/models");
        let mut files: Vec<PathBuf> = fs::read_dir(&published)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
            .collect();
        files.sort();
        if files.is_empty() {
            eprintln!("no published models beside the repository: only its own are changed");
        }
        for file in files {
            cut_all(&read(&file, None), OPERATIONS, &mut models);
        }
        let mut traits = Vec::new();
        models.iter().for_each(|model| harvest(model, &mut traits));
        harvest(&waiters, &mut traits);
        traits.sort_by_cached_key(|(id, value)| (id.clone(), value.to_string()));
        traits.dedup();
        Seeds { models, traits }
    }
}

fn read(path: &Path, leave_out: Option<&[&str]>) -> Value {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut model: Value = serde_json::from_slice(&text).expect("the model is JSON");
    if let Some(ids) = leave_out {
        strip(&mut model, ids);
    }
    model
}

/// Takes traits out, wherever they are.
fn strip(node: &mut Value, ids: &[&str]) {
    match node {
        Value::Object(entries) => {
            entries.retain(|key, _| !ids.contains(&key.as_str()));
            entries.values_mut().for_each(|value| strip(value, ids));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|value| strip(value, ids)),
        _ => {}
    }
}

/// A model for each of some operations, evenly chosen.
fn cut_all(model: &Value, most: usize, cuts: &mut Vec<Value>) {
    let shapes = model["shapes"].as_object().expect("a model has shapes");
    let is = |kind: &str, shape: &Value| shape["type"] == kind;
    let service = shapes.iter().find(|(_, shape)| is("service", shape));
    let (service, _) = service.expect("a model has a service");
    let operations: Vec<&String> = shapes
        .iter()
        .filter(|(_, shape)| is("operation", shape))
        .map(|(id, _)| id)
        .collect();
    let step = operations.len().div_ceil(most.min(operations.len()));
    for operation in operations.into_iter().step_by(step) {
        cuts.extend(cut(
            shapes,
            service,
            operation,
            cuts.len().is_multiple_of(RULES),
        ));
    }
}

/// The service with this operation alone, and what it reaches; none where that is much.
fn cut(shapes: &Map<String, Value>, service: &str, operation: &str, rules: bool) -> Option<Value> {
    let mut reached = BTreeSet::new();
    let mut open = vec![operation.to_owned()];
    while let Some(id) = open.pop() {
        let Some(shape) = shapes.get(&id) else {
            continue;
        };
        if reached.insert(id) {
            targets(shape, &mut open);
        }
    }
    if reached.len() > LARGEST {
        return None;
    }
    let mut kept: Map<String, Value> = reached
        .into_iter()
        .map(|id| (id.clone(), shapes[&id].clone()))
        .collect();
    let mut service_shape = shapes[service].clone();
    let entries = service_shape.as_object_mut()?;
    entries.retain(|key, _| ["type", "version", "traits"].contains(&key.as_str()));
    entries.insert("operations".to_owned(), json!([{"target": operation}]));
    kept.insert(service.to_owned(), service_shape);
    let mut model = json!({"smithy": "2.0", "shapes": kept});
    strip(&mut model, &LEFT_OUT);
    if !rules {
        strip(
            &mut model,
            &["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"],
        );
    }
    Some(model)
}

fn targets(node: &Value, open: &mut Vec<String>) {
    match node {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(id) if key == "target" => open.push(id.clone()),
                    _ if key == "traits" => {}
                    _ => targets(value, open),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| targets(value, open)),
        _ => {}
    }
}

fn harvest(node: &Value, traits: &mut Vec<(String, Value)>) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::Object(found)) = entries.get("traits") {
                let small = found
                    .iter()
                    .filter(|(id, _)| !id.starts_with("smithy.rules#endpoint"));
                traits.extend(small.map(|(id, value)| (id.clone(), value.clone())));
            }
            entries.values().for_each(|value| harvest(value, traits));
        }
        Value::Array(elements) => elements.iter().for_each(|value| harvest(value, traits)),
        _ => {}
    }
}
