//! What a rule leads to: an endpoint with its headers and properties.

use super::{Compiler, InSight};
use crate::api::{AuthScheme, Outcome, Property};
use crate::list::List as _;
use crate::model::{Node, Value};
use crate::order;

/// The property that says how to sign.
pub(super) const AUTH_SCHEMES: &str = "authSchemes";

/// A way to sign as a model has it: its name, and its other entries.
type Scheme<'n> = (&'n str, Vec<(&'n str, &'n Node)>);

/// The entries of an `authSchemes` property: the name of each, and its other entries, sorted.
pub(super) fn schemes(node: &Node) -> Option<Vec<Scheme<'_>>> {
    let schemes = node.as_array()?.iter().map(|node| {
        let name = node.get("name")?.as_str()?;
        let entries = node.as_object()?.iter();
        let mut entries: Vec<_> = entries.filter(|(key, _)| *key != "name").list();
        order::sort_by(&mut entries, |(a, _), (b, _)| a.cmp(b));
        Some((name, entries))
    });
    schemes.collect()
}

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
            .filter(|(name, _)| *name != AUTH_SCHEMES)
        {
            properties.push((name.to_owned(), self.property(value, in_sight)?));
        }
        let schemes = node
            .get("properties")
            .and_then(|node| node.get(AUTH_SCHEMES));
        Some(Outcome::Endpoint {
            url,
            headers,
            properties,
            auth_schemes: match schemes {
                Some(node) => self.auth_schemes(node, in_sight)?,
                None => Vec::new(),
            },
        })
    }

    /// The ways to sign for an endpoint.
    fn auth_schemes(
        &mut self,
        node: &Node,
        in_sight: &InSight,
    ) -> Option<Vec<AuthScheme<Property>>> {
        let Some(schemes) = schemes(node) else {
            return self.refuse(
                "`authSchemes` is no array of objects with a `name`",
                node.span,
            );
        };
        let mut lowered = Vec::new();
        for (name, entries) in schemes {
            let entries = entries
                .into_iter()
                .map(|(key, node)| Some((key.to_owned(), self.property(node, in_sight)?)));
            lowered.push((name.to_owned(), entries.collect::<Option<_>>()?));
        }
        Some(lowered)
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
                    .list();
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
                    .list();
                entries
                    .into_iter()
                    .collect::<Option<_>>()
                    .map(Property::Object)
            }
            Value::Null => self.refuse("a property is null", node.span),
        }
    }
}
