//! What a rule leads to: an endpoint with its headers and properties.

use super::{Compiler, InSight};
use crate::api::{Outcome, Property};
use crate::model::{Node, Value};

impl Compiler<'_, '_, '_> {
    /// The endpoint of a rule.
    pub(super) fn endpoint(&mut self, node: &Node, in_sight: &InSight) -> Option<Outcome> {
        let Some(url) = node.get("url") else {
            return self.refuse("an endpoint has no `url`", node.span);
        };
        let url = self.string(url, in_sight)?;
        let mut headers = Vec::new();
        for (name, values) in node
            .get("headers")
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(|object| object.iter())
        {
            let mut texts = Vec::new();
            for value in values.as_array().unwrap_or_default() {
                texts.push(self.string(value, in_sight)?);
            }
            headers.push((name.to_owned(), texts));
        }
        let mut properties = Vec::new();
        for (name, value) in node
            .get("properties")
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(|object| object.iter())
        {
            properties.push((name.to_owned(), self.property(value, in_sight)?));
        }
        Some(Outcome::Endpoint {
            url,
            headers,
            properties,
        })
    }

    fn property(&mut self, node: &Node, in_sight: &InSight) -> Option<Property> {
        match &node.value {
            Value::Boolean(value) => Some(Property::Boolean(*value)),
            Value::Number(_) => match node.as_i64() {
                Some(value) => Some(Property::Integer(value)),
                None => self.refuse("a number in a property is not whole", node.span),
            },
            Value::Array(elements) => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|node| self.property(node, in_sight))
                    .collect();
                elements
                    .into_iter()
                    .collect::<Option<_>>()
                    .map(Property::Array)
            }
            // A reference or a function stands for a string; so does every string.
            Value::String(_) => self.string(node, in_sight).map(Property::String),
            Value::Object(object) if object.get("ref").is_some() || object.get("fn").is_some() => {
                self.string(node, in_sight).map(Property::String)
            }
            Value::Object(object) => {
                let entries: Vec<_> = object
                    .iter()
                    .map(|(name, node)| Some((name.to_owned(), self.property(node, in_sight)?)))
                    .collect();
                entries
                    .into_iter()
                    .collect::<Option<_>>()
                    .map(Property::Object)
            }
            Value::Null => self.refuse("a property is null", node.span),
        }
    }
}
