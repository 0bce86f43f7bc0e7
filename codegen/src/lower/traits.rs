//! The traits that are refused: those that change what goes over the wire and that nothing here handles.
//!
//! Traits of other namespaces say nothing about the wire and are ignored. In Smithy's and AWS's own, each trait is in one
//! of the lists below; one that is in none is refused, as it may mean anything.

use super::closure::Closure;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::list::List as _;
use crate::model::{Model, Object, Shape, ShapeId, ShapeKind, Trait, Traits};
use crate::order;

/// Namespaces whose traits can change what goes over the wire.
const NAMESPACES: [&str; 7] = [
    "smithy.api",
    "aws.api",
    "aws.auth",
    "aws.endpoints",
    "aws.protocols",
    "aws.customizations",
    "smithy.rules",
];

/// Traits that lowering reads.
const HANDLED: &[&str] = &[
    // Refused where the service does not say how, see `conditional`.
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#clientEndpointDiscoveryId",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQueryCompatible",
    "smithy.api#auth",
    "smithy.api#clientOptional",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enum",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#hostLabel",
    "smithy.api#httpChecksumRequired",
    "smithy.api#idempotencyToken",
    "smithy.api#optionalAuth",
    "smithy.api#paginated",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.rules#clientContextParams",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
];

/// Traits that change nothing in AWS JSON: documentation, constraints that the service checks, other protocols, and what
/// the model reader has carried out.
const IGNORED: &[&str] = &[
    // A service that answers several protocols is spoken to in one.
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "aws.api#arn",
    "aws.api#arnReference",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    // Ways to prove who calls stand side by side; where SigV4 is none of them, the operation is refused.
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4a",
    "smithy.api#addedDefault",
    "smithy.api#box",
    "smithy.api#cors",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpDigestAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpApiKeyAuth",
    // AWS JSON does not look at HTTP bindings.
    "smithy.api#http",
    "smithy.api#httpError",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idRef",
    "smithy.api#idempotent",
    "smithy.api#input",
    "smithy.api#internal",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#mediaType",
    "smithy.api#mixin",
    "smithy.api#nestedProperties",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#output",
    "smithy.api#pattern",
    "smithy.api#private",
    "smithy.api#property",
    "smithy.api#range",
    "smithy.api#readonly",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.api#since",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#trait",
    "smithy.api#unique",
    "smithy.api#uniqueItems",
    "smithy.api#unitType",
    "smithy.api#unstable",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
    // What the hosts of endpoints are like.
    "aws.endpoints#endpointsModifier",
    // Refused where they count, see `conditional`.
    "aws.endpoints#dualStackOnlyEndpoints",
    "aws.endpoints#rulesBasedEndpoints",
    "aws.endpoints#standardPartitionalEndpoints",
    "aws.endpoints#standardRegionalEndpoints",
    "smithy.api#authDefinition",
    "smithy.api#protocolDefinition",
    // An operation with a stream is left out before.
    "smithy.api#streaming",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#requiresLength",
];

/// Traits that something else than the lists above stands for: waiters, tests, and what inputs are checked against.
#[cfg(feature = "tools")]
const HANDLED_TOO: [&str; 9] = [
    "smithy.api#length",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#uniqueItems",
    "smithy.api#mixin",
    "smithy.api#unitType",
    "smithy.test#httpRequestTests",
    "smithy.test#httpResponseTests",
    "smithy.waiters#waitable",
];

/// What becomes of a trait.
#[cfg(feature = "tools")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Treatment {
    /// What is printed follows from it.
    Handled,
    /// It is known, and changes nothing of what is printed.
    Known,
    /// It is of a namespace whose traits say nothing about the wire, and changes nothing either.
    Foreign,
    /// It may mean anything on the wire: what has it cannot be printed.
    Refused,
}

/// What becomes of traits of this id, where it does not depend on their values.
#[cfg(feature = "tools")]
pub(crate) fn treatment(id: &ShapeId) -> Treatment {
    let text = id.as_str();
    if HANDLED.contains(&text) || HANDLED_TOO.contains(&text) {
        Treatment::Handled
    } else if IGNORED.contains(&text) {
        Treatment::Known
    } else if NAMESPACES.contains(&id.namespace()) {
        Treatment::Refused
    } else {
        Treatment::Foreign
    }
}

/// How deep lists and maps may be nested in each other.
pub(super) const DEEPEST: usize = 32;

/// Reports every trait that is not handled on what is printed.
pub(super) fn check(
    model: &Model,
    service: &Shape,
    operations: &[&Shape],
    closure: &Closure<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut check = Check {
        model,
        service,
        diagnostics,
    };
    check.traits(&service.traits, &service.id);
    let mut reached: Vec<&Shape> = closure
        .shapes
        .iter()
        .map(|(shape, _)| *shape)
        .chain(closure.errors.iter().copied())
        .list();
    for shape in operations {
        check.traits(&shape.traits, &shape.id);
        let ends = shape
            .as_operation()
            .map(|operation| [&operation.input, &operation.output]);
        reached.extend(
            ends.into_iter()
                .flatten()
                .map(|reference| model.target(reference)),
        );
    }
    order::sort_by(&mut reached, |a, b| a.id.cmp(&b.id));
    reached.dedup_by(|a, b| a.id == b.id);
    for shape in reached {
        check.traits(&shape.traits, &shape.id);
        for member in shape.members() {
            check.traits(&member.traits, &member.id);
        }
        check.kind(shape);
    }
}

struct Check<'a> {
    model: &'a Model,
    service: &'a Shape,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn traits(&mut self, traits: &Traits, on: &ShapeId) {
        for one in traits
            .iter()
            .filter(|one| NAMESPACES.contains(&one.id.namespace()))
        {
            let id = one.id.as_str();
            let refused = if HANDLED.contains(&id) || IGNORED.contains(&id) {
                self.conditional(one)
            } else {
                Some("it can change what goes over the wire")
            };
            if let Some(reason) = refused {
                let message = format!("the trait `{id}` is not handled: {reason}");
                let help = "leave out the operations that need it by naming those that you want";
                let diagnostic = Diagnostic::error(Code::UnsupportedTrait, message).help(help);
                self.diagnostics
                    .push(diagnostic.on(on).at(&self.model.files, one.span));
            }
        }
    }

    /// Why a trait is refused that counts only with some values.
    fn conditional(&self, one: &Trait) -> Option<&'static str> {
        match one.id.as_str() {
            "aws.api#clientDiscoveredEndpoint" => {
                let required = one.value.get("required").and_then(|node| node.as_bool());
                let discovers = self.service.traits.has("aws.api#clientEndpointDiscovery");
                (required == Some(true) && !discovers).then_some(
                    "the service has no `aws.api#clientEndpointDiscovery`, which would say how the endpoint is discovered",
                )
            }
            // Rules in the model follow from them; those for a model without are the standard ones.
            id if id.starts_with("aws.endpoints#") => {
                let rules = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
                let has_rules = rules.iter().any(|id| self.service.traits.has(id));
                let is_standard = one.id.name() == "standardRegionalEndpoints"
                    && one.value.as_object().is_some_and(Object::is_empty);
                let counts = one.id.name() != "endpointsModifier" && !has_rules && !is_standard;
                counts.then_some("the model has no endpoint rules that follow from it")
            }
            _ => None,
        }
    }

    /// Refuses what has no form in Rust.
    fn kind(&mut self, shape: &Shape) {
        let reason = match &shape.kind {
            ShapeKind::Union { members } if members.is_empty() => {
                "a union without members can have no value"
            }
            ShapeKind::Enum { members } if members.is_empty() => "it has no values",
            ShapeKind::List { .. } | ShapeKind::Map { .. } if self.is_too_deep(shape) => {
                "lists and maps are nested too deeply in each other"
            }
            ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_) => {
                "it is no value"
            }
            _ => return,
        };
        let message = format!(
            "the {} {} cannot be printed: {reason}",
            shape.kind.name(),
            shape.id.name()
        );
        let diagnostic = Diagnostic::error(Code::UnsupportedShape, message);
        self.diagnostics
            .push(diagnostic.on(&shape.id).at(&self.model.files, shape.span));
    }

    /// Follows the values of lists and maps.
    fn is_too_deep(&self, shape: &Shape) -> bool {
        let mut shape = shape;
        for _ in 0..DEEPEST {
            let value = match &shape.kind {
                ShapeKind::List { member } => member,
                ShapeKind::Map { value, .. } => value,
                _ => return false,
            };
            shape = self.model.target(&value.target);
        }
        true
    }
}
