//! The model as a test reads it: JSON, and nothing of the generator.

use serde_json::Value;
use std::path::Path;

/// A model.
#[derive(Debug)]
pub(crate) struct Model(Value);

/// A shape with the traits that a member adds to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'a> {
    node: &'a Value,
    member: Option<&'a Value>,
}

impl Model {
    pub(crate) fn read(path: &Path) -> Model {
        let text =
            std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Model(serde_json::from_slice(&text).expect("the model is JSON"))
    }

    /// The input of an operation.
    pub(crate) fn input(&self, operation: &str) -> Shape<'_> {
        let shapes = self.0["shapes"].as_object().expect("shapes");
        let found = shapes.iter().find(|(id, node)| {
            node["type"] == "operation" && id.ends_with(&format!("#{operation}"))
        });
        let (_, node) = found.expect("the operation is in the model");
        self.target(&node["input"])
    }

    /// What a member, or another reference, holds.
    fn target<'a>(&'a self, member: &'a Value) -> Shape<'a> {
        let id = member["target"].as_str().expect("a target");
        Shape {
            node: &self.0["shapes"][id],
            member: Some(member),
        }
    }

    /// The members of a structure or a union.
    pub(crate) fn members<'a>(&'a self, shape: Shape<'a>) -> Vec<(&'a str, Shape<'a>)> {
        let members = shape.node["members"].as_object().into_iter().flatten();
        members
            .map(|(name, member)| (name.as_str(), self.target(member)))
            .collect()
    }

    /// `member` of a list, `key` or `value` of a map.
    pub(crate) fn part<'a>(&'a self, shape: Shape<'a>, name: &str) -> Shape<'a> {
        self.target(&shape.node[name])
    }
}

impl<'a> Shape<'a> {
    /// Its type; those of the prelude go by their names.
    pub(crate) fn kind(&self) -> &'a str {
        let prelude = self
            .member
            .and_then(|member| member["target"].as_str()?.strip_prefix("smithy.api#"));
        let kind = self.node["type"].as_str().or(prelude).expect("a type");
        match kind {
            "String" => "string",
            "Integer" => "integer",
            "Long" => "long",
            "Boolean" | "PrimitiveBoolean" => "boolean",
            "Blob" => "blob",
            "Timestamp" => "timestamp",
            "Double" => "double",
            other => other,
        }
    }

    /// The value of a trait of the prelude, of the member or of its target.
    pub(crate) fn prelude_trait(&self, name: &str) -> Option<&'a Value> {
        let id = format!("smithy.api#{name}");
        let of_member = self.member.and_then(|member| member["traits"].get(&id));
        of_member.or_else(|| self.node["traits"].get(&id))
    }

    pub(crate) fn is_required(&self) -> bool {
        self.prelude_trait("required").is_some()
    }

    pub(crate) fn is_enum(&self) -> bool {
        self.kind() == "enum"
    }

    /// The values of an enum.
    pub(crate) fn values(&self) -> Vec<String> {
        let members = self.node["members"].as_object().into_iter().flatten();
        let value = |member: &Value| {
            member["traits"]["smithy.api#enumValue"]
                .as_str()
                .map(str::to_owned)
        };
        members.filter_map(|(_, member)| value(member)).collect()
    }

    /// The shortest and the longest that it may be.
    pub(crate) fn length(&self) -> (usize, Option<usize>) {
        let bound = |name| Some(self.prelude_trait("length")?.get(name)?.as_u64()? as usize);
        (bound("min").unwrap_or(0), bound("max"))
    }

    /// The least and the greatest that it may be.
    pub(crate) fn range(&self) -> (Option<i64>, Option<i64>) {
        let bound = |name| self.prelude_trait("range")?.get(name)?.as_i64();
        (bound("min"), bound("max"))
    }

    pub(crate) fn pattern(&self) -> Option<&'a str> {
        self.prelude_trait("pattern")?.as_str()
    }
}

/// Whether a text is what the pattern says, by an engine of ECMA 262.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    // A class of Java's.
    let pattern = pattern.replace("\\p{Print}", "[ -~]");
    let with = |flags: &str| regress::Regex::with_flags(&pattern, flags);
    let regex = with("u").or_else(|_| with("")).expect("a pattern");
    regex.find(text).is_some()
}
