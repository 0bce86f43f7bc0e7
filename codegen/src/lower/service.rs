//! The service of a model: which one it is, what it is called, and the protocol it speaks.

use super::{Cx, docs};
use crate::api::{Protocol, Service};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::list::List as _;
use crate::model::{Model, Shape, Traits};

/// The protocols that can be printed, by their traits; the first that a service has is spoken.
const PROTOCOLS: [(&str, Protocol); 2] = [
    ("aws.protocols#awsJson1_1", Protocol::AwsJson11),
    ("aws.protocols#awsJson1_0", Protocol::AwsJson10),
];

/// Traits of protocols, spoken or not, as services of AWS and of Smithy's own have them.
const KNOWN_PROTOCOLS: [&str; 8] = [
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithy.protocols#rpcv2Cbor",
    "smithy.protocols#rpcv2Json",
];

/// Finds the service of the model: the one that is asked for, or the only one. A mixin is none.
pub(super) fn find<'m>(
    model: &'m Model,
    wish: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Shape> {
    let services: Vec<&Shape> = model
        .shapes()
        .filter(|shape| shape.as_service().is_some() && !shape.traits.has("smithy.api#mixin"))
        .list();
    if services.is_empty() {
        let message = "the model has no service, so that there is nothing to make a client of";
        diagnostics.push(
            Diagnostic::error(Code::NoService, message)
                .help("add the file that holds the shape of type `service`"),
        );
        return None;
    }
    let Some(wish) = wish else {
        return only(model, &services, diagnostics);
    };
    let is_wished = |shape: &&Shape| shape.id.as_str() == wish || shape.id.name() == wish;
    let found: Vec<&Shape> = services.iter().copied().filter(is_wished).list();
    match found.as_slice() {
        [service] => Some(service),
        [] => {
            let ids: Vec<&str> = services.iter().map(|service| service.id.as_str()).list();
            let message = format!("the model has no service `{wish}`");
            let help = format!("it has {}", ids.join(", "));
            diagnostics.push(Diagnostic::error(Code::NoService, message).help(help));
            None
        }
        // The same name in several namespaces.
        several => only(model, several, diagnostics),
    }
}

/// The one service, or a word on each of the others.
fn only<'m>(
    model: &Model,
    services: &[&'m Shape],
    diagnostics: &mut Diagnostics,
) -> Option<&'m Shape> {
    let [first, others @ ..] = services else {
        return None;
    };
    let names: Vec<&str> = services.iter().map(|service| service.id.as_str()).list();
    for service in others {
        let message = format!(
            "the model has {} services ({}), and a client speaks to one",
            names.len(),
            names.join(", ")
        );
        let help = format!(
            "say which one: `--service {0}`, `service = \"{0}\"` in farrier.toml, or `.service(\"{0}\")`",
            first.id
        );
        diagnostics.push(
            Diagnostic::error(Code::SeveralServices, message)
                .on(&service.id)
                .at(&model.files, service.span)
                .help(help),
        );
    }
    others.is_empty().then_some(*first)
}

/// Describes the service; `None` when its protocol is not spoken here.
pub(super) fn service(cx: &mut Cx<'_, '_>) -> Option<Service> {
    let shape = cx.service;
    let sdk = shape.traits.get("aws.api#service");
    let text = |key: &str| {
        sdk.and_then(|node| node.get(key))
            .and_then(|node| node.as_str())
    };
    let name = shape.id.name();
    let sdk_id = text("sdkId").unwrap_or(name);
    let signing_name = shape
        .traits
        .get("aws.auth#sigv4")
        .and_then(|node| node.get("name"))
        .and_then(|node| node.as_str());
    let title = shape.traits.str("smithy.api#title").unwrap_or(sdk_id);
    let api_version = shape
        .as_service()
        .map_or("", |service| service.version.as_str());
    Some(Service {
        called: docs::inline(title),
        title: docs::one_line(title),
        sdk_id: sdk_id.to_owned(),
        api_version: docs::inline(api_version),
        signing_name: signing_name
            .or_else(|| text("arnNamespace"))
            .map_or_else(|| name.to_lowercase(), str::to_owned),
        target_prefix: name.to_owned(),
        protocol: protocol(cx, shape)?,
        query_compatible: shape.traits.has("aws.protocols#awsQueryCompatible"),
        doc: cx.docs.service(&shape.traits),
    })
}

/// The name that hosts begin with, such as `kms` or `api.sagemaker`.
pub(super) fn endpoint_prefix(service: &Shape) -> String {
    let sdk = service.traits.get("aws.api#service");
    let text = |key: &str| {
        sdk.and_then(|node| node.get(key))
            .and_then(|node| node.as_str())
    };
    text("endpointPrefix")
        .or_else(|| text("arnNamespace"))
        .map_or_else(|| service.id.name().to_lowercase(), str::to_owned)
}

/// The protocol in which the service is spoken to.
pub(super) fn spoken(service: &Shape) -> Option<Protocol> {
    let mut protocols = PROTOCOLS.iter();
    let (_, protocol) = protocols.find(|(id, _)| service.traits.has(id))?;
    Some(*protocol)
}

/// The short name of the trait of the protocol in which the service is spoken to.
#[cfg(feature = "tools")]
pub(crate) fn spoken_name(service: &Shape) -> Option<&'static str> {
    let mut ids = PROTOCOLS.iter().map(|(id, _)| *id);
    let id = ids.find(|id| service.traits.has(id))?;
    id.split_once('#').map(|(_, name)| name)
}

/// Whether a trait stands for a protocol.
#[cfg(feature = "tools")]
pub(crate) fn is_protocol(id: &str) -> bool {
    KNOWN_PROTOCOLS.contains(&id)
}

fn protocol(cx: &mut Cx<'_, '_>, shape: &Shape) -> Option<Protocol> {
    if let Some(protocol) = spoken(shape) {
        return Some(protocol);
    }
    let theirs = protocols(&shape.traits);
    let message = if theirs.is_empty() {
        "the service names no protocol; awsJson1_0 and awsJson1_1 are spoken here".to_owned()
    } else {
        format!(
            "the service speaks {}; awsJson1_0 and awsJson1_1 are spoken here",
            theirs.join(" and ")
        )
    };
    let help = "if the service also answers one of these, add its trait with an overlay";
    cx.report(
        Diagnostic::error(Code::UnknownProtocol, message).help(help),
        &shape.id,
        shape.span,
    );
    None
}

/// The protocols that a service has, by their short names.
fn protocols(traits: &Traits) -> Vec<&str> {
    let ids = traits.iter().map(|one| &one.id);
    ids.filter(|id| KNOWN_PROTOCOLS.contains(&id.as_str()))
        .map(|id| id.name())
        .list()
}
