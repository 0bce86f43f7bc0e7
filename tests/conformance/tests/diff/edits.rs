//! Edits of a small model, at least one for each kind of change, and what each must be told as.
//!
//! They are in `edits.json`. A path starts at a shape of the model; first what stands at some paths is cut out, then values
//! are put at others. The last step of a path is a key, or in a list a position, or `+` behind the last item.

use farrier::diff::Kind;
use serde_json::{Map, Value};

/// Some steps that make one change for users, or a few that belong together.
#[derive(Debug)]
pub(crate) struct Edit {
    /// What is done.
    pub(crate) name: String,
    /// What a change must be told as.
    pub(crate) kind: Kind,
    /// The item that the change must name.
    pub(crate) item: String,
    cut: Vec<String>,
    put: Map<String, Value>,
}

/// All edits.
pub(crate) fn edits() -> Vec<Edit> {
    let edits: Vec<Value> = serde_json::from_str(include_str!("edits.json")).expect("edits");
    edits.iter().map(edit).collect()
}

fn edit(edit: &Value) -> Edit {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let kind = text(&edit["told"][0]).expect("a kind");
    let found = Kind::ALL.into_iter().find(|one| one.name() == kind);
    let cut = edit["cut"].as_array().into_iter().flatten();
    Edit {
        name: text(&edit["name"]).expect("a name"),
        kind: found.unwrap_or_else(|| panic!("{kind} is no kind")),
        item: text(&edit["told"][1]).expect("an item"),
        cut: cut.filter_map(text).collect(),
        put: edit["put"].as_object().cloned().unwrap_or_default(),
    }
}

impl Edit {
    /// The model after the edit.
    pub(crate) fn of(&self, model: &Value) -> Value {
        let mut edited = model.clone();
        for path in &self.cut {
            let (parent, key) = at(&mut edited, path);
            let gone = parent.as_object_mut().and_then(|it| it.remove(&key));
            assert!(gone.is_some(), "{}: nothing is at {path}", self.name);
        }
        for (path, value) in &self.put {
            match at(&mut edited, path) {
                (Value::Array(items), key) if key == "+" => items.push(value.clone()),
                (Value::Array(items), key) => items[index(&key)] = value.clone(),
                (parent, key) => parent[key] = value.clone(),
            }
        }
        assert_ne!(&edited, model, "{} does nothing", self.name);
        edited
    }
}

/// What holds the end of a path, which is made where it is missing, and the last step.
fn at<'v>(model: &'v mut Value, path: &str) -> (&'v mut Value, String) {
    let path = format!("example.forge#{path}");
    let mut steps: Vec<&str> = path.split('/').collect();
    let last = steps.pop().expect("a step").to_owned();
    let mut value = &mut model["shapes"];
    for step in steps {
        value = match value {
            Value::Array(items) => &mut items[index(step)],
            // What is missing becomes an object with the next step.
            object => &mut object[step],
        };
    }
    (value, last)
}

fn index(step: &str) -> usize {
    step.parse().expect("a position")
}
