//! What the calls of an operation need beyond what all have: signatures, checksums, compression, another host.

use super::{Cx, discovery};
use crate::api::{Address, Auth, Demands, HostLabel, HostPart, Record, Ty, TypeKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Shape, Span, Traits};

/// Traits of ways to prove who calls.
const SCHEMES: [&str; 7] = [
    SIGV4,
    "aws.auth#sigv4a",
    "aws.auth#cognitoUserPools",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

const SIGV4: &str = "aws.auth#sigv4";

pub(super) fn demands(cx: &mut Cx<'_, '_>, operation: &Shape) -> Demands {
    let has = |id: &str| operation.traits.has(id);
    let encodings = operation.traits.get("smithy.api#requestCompression");
    let encodings = encodings.and_then(|node| node.get("encodings")?.as_array());
    Demands {
        auth: auth(cx, operation),
        unsigned_payload: has("aws.auth#unsignedPayload"),
        checksum: has("smithy.api#httpChecksumRequired"),
        // Where the service takes other encodings alone, bodies are sent as they are.
        compression: encodings
            .unwrap_or_default()
            .iter()
            .any(|node| node.as_str() == Some("gzip")),
    }
}

/// Whether calls are signed, after the
/// [rules for services and operations](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait).
fn auth(cx: &mut Cx<'_, '_>, operation: &Shape) -> Auth {
    let service = cx.service;
    let schemes: Vec<&str> = listed(&operation.traits)
        .or_else(|| listed(&service.traits))
        .unwrap_or_else(|| {
            let schemes = SCHEMES.into_iter();
            schemes.filter(|id| service.traits.has(id)).list()
        });
    let optional = operation.traits.has("smithy.api#optionalAuth");
    if schemes.contains(&SIGV4) {
        return if optional {
            Auth::Optional
        } else {
            Auth::Signed
        };
    }
    if !schemes.is_empty() && !optional {
        let message = format!(
            "calls of {} are authenticated by {}; here they are signed with {SIGV4}",
            operation.id.name(),
            schemes.join(" or ")
        );
        let diagnostic = Diagnostic::error(Code::UnsupportedTrait, message)
            .help("leave out the operation by naming those that you want");
        cx.report(diagnostic, &operation.id, operation.span);
    }
    Auth::Unsigned
}

/// Whether a trait stands for a way to prove who calls.
#[cfg(feature = "tools")]
pub(crate) fn is_scheme(id: &str) -> bool {
    SCHEMES.contains(&id)
}

/// The schemes that the trait `auth` lists.
fn listed(traits: &Traits) -> Option<Vec<&str>> {
    let nodes = traits.get("smithy.api#auth")?.as_array()?;
    Some(nodes.iter().filter_map(|node| node.as_str()).list())
}

/// The member of an input in which Amazon Machine Learning tells where to call for predictions; its model does not say so,
/// the official SDKs know it.
const PREDICT: (&str, &str) = ("com.amazonaws.machinelearning#Predict", "PredictEndpoint");

/// What the input changes of the address; where it cannot, that is reported.
pub(super) fn address(
    cx: &mut Cx<'_, '_>,
    operation: &Shape,
    shape: &Shape,
    input: &Record,
) -> Option<Address> {
    if operation.id.as_str() == PREDICT.0 {
        let field = input.fields.iter().find(|field| field.wire == PREDICT.1)?;
        return Some(Address::Endpoint(field.name.clone()));
    }
    let Some(endpoint) = operation.traits.find("smithy.api#endpoint") else {
        return discovery::address(cx, operation, shape, input);
    };
    let prefix = endpoint.value.get("hostPrefix")?.as_str()?;
    let parts = host_parts(prefix, shape, input);
    if parts.is_none() {
        let message = format!(
            "the host prefix `{prefix}` is none: it holds letters, digits, `-`, `.` and, in braces, members of the input with the trait `hostLabel`"
        );
        refuse(cx, operation, endpoint.span, &message);
    }
    parts.map(Address::HostPrefix)
}

fn refuse(cx: &mut Cx<'_, '_>, operation: &Shape, span: Span, message: &str) {
    cx.report(
        Diagnostic::error(Code::BadTraitValue, message),
        &operation.id,
        span,
    );
}

/// The parts of `data.{label}.`.
fn host_parts(prefix: &str, shape: &Shape, input: &Record) -> Option<Vec<HostPart>> {
    let mut parts = Vec::new();
    let mut rest = prefix;
    while !rest.is_empty() {
        let (text, label) = match rest.split_once('{') {
            None => (std::mem::take(&mut rest), None),
            Some((text, after)) => {
                let (label, after) = after.split_once('}')?;
                rest = after;
                (text, Some(label))
            }
        };
        if !text.is_empty() {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            let is_host = text.chars().all(fits);
            parts.push(HostPart::Text(is_host.then(|| text.to_owned())?));
        }
        if let Some(wire) = label {
            let mut members = shape.members();
            let member = members.find(|member| member.name() == wire)?;
            member.traits.has("smithy.api#hostLabel").then_some(())?;
            parts.push(HostPart::Label(text_field(input, wire)?));
        }
    }
    Some(parts)
}

/// The field of an input that holds a member, if it is text.
pub(super) fn text_field(input: &Record, wire: &str) -> Option<HostLabel> {
    let field = input.fields.iter().find(|field| field.wire == wire)?;
    let is_enum = matches!(&field.ty, Ty::Named(name) if name.kind == TypeKind::Enumeration);
    (is_enum || field.ty == Ty::String).then(|| HostLabel {
        field: field.name.clone(),
        wire: wire.to_owned(),
        is_enum,
    })
}
