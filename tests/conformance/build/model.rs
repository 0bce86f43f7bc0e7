//! The little of Smithy that the models need; what it does not know ends the build.

use serde_json::{Map, Value};

/// The model, by absolute shape id.
pub(crate) struct Model {
    shapes: Map<String, Value>,
}

/// A shape, or a member of one.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'a> {
    /// The name without its namespace.
    pub(crate) name: &'a str,
    node: &'a Value,
}

/// An operation with what it takes and gives.
pub(crate) struct Operation<'a> {
    pub(crate) name: &'a str,
    pub(crate) input: Shape<'a>,
    /// Absent where the output is `Unit`.
    pub(crate) output: Option<Shape<'a>>,
    pub(crate) errors: Vec<Shape<'a>>,
    pub(crate) examples: &'a [Value],
    /// Paths into the input that lead to parameters of the endpoint.
    pub(crate) endpoint_paths: Vec<&'a str>,
}

impl Model {
    pub(crate) fn read(text: &[u8]) -> Self {
        let mut document: Value = serde_json::from_slice(text).expect("the model is JSON");
        match document["shapes"].take() {
            Value::Object(shapes) => Self { shapes },
            _ => panic!("the model has no shapes"),
        }
    }

    /// The operations, in the order of the model.
    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let shapes = self.shapes.iter();
        let operations = shapes.filter(|(_, node)| node["type"] == "operation");
        operations
            .map(|(id, node)| self.operation(id, node))
            .collect()
    }

    fn operation<'a>(&'a self, id: &'a str, node: &'a Value) -> Operation<'a> {
        let errors = node["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let output = target(&node["output"]);
        let parameters = &node["traits"]["smithy.rules#operationContextParams"];
        let parameters = parameters.as_object().into_iter().flatten();
        Operation {
            name: local(id),
            input: self.shape(target(&node["input"])),
            output: (output != "smithy.api#Unit").then(|| self.shape(output)),
            errors: errors
                .iter()
                .map(|error| self.shape(target(error)))
                .collect(),
            examples: node["traits"]["smithy.api#examples"]
                .as_array()
                .map_or(&[], Vec::as_slice),
            endpoint_paths: parameters
                .filter_map(|(_, parameter)| parameter["path"].as_str())
                .collect(),
        }
    }

    /// The shape with that id.
    pub(crate) fn shape<'a>(&'a self, id: &'a str) -> Shape<'a> {
        Shape {
            name: local(id),
            node: self
                .shapes
                .get(id)
                .unwrap_or_else(|| panic!("{id} is not in the model")),
        }
    }

    /// Whether the endpoint of a call depends on a member of its input: on its text, or on the keys of a map.
    pub(crate) fn decides_endpoint(&self, input: Shape<'_>, member: Shape<'_>) -> bool {
        let keys = format!("keys({})", member.name);
        let mut operations = self.operations().into_iter();
        member.node["traits"]
            .get("smithy.rules#contextParam")
            .is_some()
            || operations.any(|operation| {
                operation.input.name == input.name && operation.endpoint_paths.contains(&&*keys)
            })
    }

    /// The shape that a member holds.
    pub(crate) fn target<'a>(&'a self, member: Shape<'a>) -> Shape<'a> {
        self.shape(target(member.node))
    }
}

impl<'a> Shape<'a> {
    /// `structure`, `string`, ...
    pub(crate) fn kind(&self) -> &'a str {
        self.node["type"].as_str().expect("a shape has a type")
    }

    /// The members of a structure, a union or an enum.
    pub(crate) fn members(&self) -> Vec<Shape<'a>> {
        let members = self.node["members"].as_object().into_iter().flatten();
        members.map(|(name, node)| Shape { name, node }).collect()
    }

    /// The one member of that name.
    pub(crate) fn member(&self, name: &str) -> Shape<'a> {
        let found = self
            .members()
            .into_iter()
            .find(|member| member.name == name);
        found.unwrap_or_else(|| panic!("{}${name} is not in the model", self.name))
    }

    /// `member` of a list, `key` or `value` of a map.
    pub(crate) fn part(&self, name: &'static str) -> Shape<'a> {
        Shape {
            name,
            node: &self.node[name],
        }
    }

    /// The value of a trait of Smithy's prelude.
    pub(crate) fn prelude_trait(&self, name: &str) -> Option<&'a Value> {
        self.node["traits"].get(format!("smithy.api#{name}"))
    }

    pub(crate) fn required(&self) -> bool {
        self.prelude_trait("required").is_some()
    }

    /// The values of an enum.
    pub(crate) fn values(&self) -> Vec<&'a str> {
        let value = |member: &Shape<'a>| member.prelude_trait("enumValue").and_then(Value::as_str);
        self.members()
            .iter()
            .map(|member| value(member).expect("a member of an enum has a value"))
            .collect()
    }
}

fn target(node: &Value) -> &str {
    node["target"].as_str().expect("a target is a shape id")
}

fn local(id: &str) -> &str {
    id.split_once('#').expect("a shape id has a namespace").1
}
