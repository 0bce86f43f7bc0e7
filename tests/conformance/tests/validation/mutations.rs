//! Inputs with one fault, made from valid ones.

use super::model::{Model, Shape, matches};
use serde_json::{Value, json};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A required member is not there.
    Missing,
    TooLong,
    TooShort,
    Pattern,
    Range,
}

/// An input with one fault.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    pub(crate) kind: Kind,
    /// The member at fault.
    pub(crate) path: String,
    pub(crate) value: Value,
    /// What of it must not be told.
    pub(crate) secret: Option<String>,
}

/// Everything that can be made wrong in a value.
pub(crate) fn of(model: &Model, shape: Shape<'_>, value: &Value) -> Vec<Mutation> {
    let mut walk = Walk {
        model,
        found: Vec::new(),
    };
    walk.value(shape, value, String::new(), false, true);
    walk.found
}

struct Walk<'a> {
    model: &'a Model,
    found: Vec<Mutation>,
}

impl<'a> Walk<'a> {
    /// What can be wrong in a value; each fault is of the value alone, until the values around it are put back.
    fn value(&mut self, shape: Shape<'a>, value: &Value, path: String, secret: bool, top: bool) {
        let secret = secret || shape.prelude_trait("sensitive").is_some();
        match (shape.kind(), value) {
            ("structure" | "union", Value::Object(given)) => {
                for (name, member) in self.model.members(shape) {
                    let Some(inner) = given.get(name) else {
                        continue;
                    };
                    let dot = if path.is_empty() { "" } else { "." };
                    let here = format!("{path}{dot}{name}");
                    let mark = self.found.len();
                    self.value(member, inner, here.clone(), secret, false);
                    self.wrap(mark, |inside| {
                        let mut all = given.clone();
                        all.insert(name.to_owned(), inside);
                        Value::Object(all)
                    });
                    // Builders of nested structures do not let a required member be missing, but for those that hold
                    // structures and unions.
                    let can_miss = top || matches!(member.kind(), "structure" | "union");
                    let filled = member.prelude_trait("idempotencyToken").is_some()
                        || member.prelude_trait("default").is_some();
                    if member.is_required() && can_miss && !filled {
                        let mut rest = given.clone();
                        rest.remove(name);
                        self.push(Kind::Missing, here, Value::Object(rest), None);
                    }
                }
            }
            ("list", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let mark = self.found.len();
                    let member = self.model.part(shape, "member");
                    self.value(member, item, format!("{path}[{index}]"), secret, false);
                    self.wrap(mark, |inside| {
                        let mut all = items.clone();
                        all[index] = inside;
                        Value::Array(all)
                    });
                }
                let (min, max) = shape.length();
                if let (Some(max), Some(item)) = (max.filter(|max| *max < 300), items.first()) {
                    self.push(
                        Kind::TooLong,
                        path.clone(),
                        vec![item.clone(); max + 1].into(),
                        None,
                    );
                }
                if min > 0 {
                    self.push(Kind::TooShort, path, items[..min - 1].to_vec().into(), None);
                }
            }
            ("map", Value::Object(entries)) => {
                for (key, item) in entries {
                    let mark = self.found.len();
                    let member = self.model.part(shape, "value");
                    let step = if secret {
                        "[*]".to_owned()
                    } else {
                        format!("[{key:?}]")
                    };
                    self.value(member, item, path.clone() + &step, secret, false);
                    self.wrap(mark, |inside| {
                        let mut all = entries.clone();
                        all.insert(key.clone(), inside);
                        Value::Object(all)
                    });
                }
            }
            ("string", Value::String(_)) if !shape.is_enum() => self.text(shape, path, secret),
            ("blob", Value::String(_)) => {
                let (min, max) = shape.length();
                let bytes = |count| json!(aws_smithy_types::base64::encode(vec![b'S'; count]));
                if let Some(max) = max {
                    let told = aws_smithy_types::base64::encode(vec![b'S'; 12]);
                    let hidden = secret.then_some(told);
                    self.push(Kind::TooLong, path.clone(), bytes(max + 1), hidden);
                }
                if min > 0 {
                    self.push(Kind::TooShort, path, bytes(min - 1), None);
                }
            }
            ("integer" | "long", Value::Number(_)) => {
                let (min, max) = shape.range();
                let beyond = [min.map(|min| min - 1), max.map(|max| max + 1)];
                for number in beyond.into_iter().flatten() {
                    if shape.kind() == "long" || i32::try_from(number).is_ok() {
                        self.push(Kind::Range, path.clone(), json!(number), None);
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, shape: Shape<'a>, path: String, secret: bool) {
        let (min, max) = shape.length();
        let word = "S3cret";
        if let Some(max) = max.filter(|max| *max < 100_000) {
            let long = word.repeat(max / word.len() + 1);
            let long = if long.len() > max { long } else { long + word };
            let hidden = secret.then(|| word.to_owned());
            self.push(Kind::TooLong, path.clone(), json!(long), hidden);
        }
        if min > 1 {
            self.push(
                Kind::TooShort,
                path.clone(),
                json!("é".repeat(min - 1)),
                None,
            );
        }
        let Some(pattern) = shape.pattern() else {
            return;
        };
        let length = min.max(1);
        let broken = ["!", "é", "\u{1}", "~", "S3cret!"];
        for text in broken {
            let count = text.chars().count();
            let text = text.repeat(length.div_ceil(count));
            let fits = max.is_none_or(|max| text.chars().count() <= max);
            if fits && !matches(pattern, &text) {
                let hidden = (secret && text.contains(word)).then(|| word.to_owned());
                self.push(Kind::Pattern, path.clone(), json!(text), hidden);
            }
        }
    }

    fn push(&mut self, kind: Kind, path: String, value: Value, secret: Option<String>) {
        self.found.push(Mutation {
            kind,
            path,
            value,
            secret,
        });
    }

    /// Puts what was found from there on back into what it was found in.
    fn wrap(&mut self, from: usize, outer: impl Fn(Value) -> Value) {
        for mutation in &mut self.found[from..] {
            mutation.value = outer(mutation.value.take());
        }
    }
}
