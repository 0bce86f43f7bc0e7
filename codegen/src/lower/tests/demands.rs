//! Tests of what calls need: signatures, checksums, compression, hosts.

use super::{faults_of, lower_all, model, try_lower};
use crate::api::{Address, Auth, Demands, HostLabel, HostPart};
use crate::model::Source;

/// A service with these traits, and an operation with these.
fn with_traits(service: &str, operation: &str) -> Vec<Source> {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
"x#S": {{"type": "service", "version": "1", "operations": [{{"target": "x#Op"}}], "traits": {{"aws.protocols#awsJson1_1": {{}}{service}}}}},
"x#Op": {{"type": "operation", "traits": {{{operation}}}}}}}}}"#
    );
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

fn demands(operation: &str) -> Demands {
    let sources = with_traits(r#", "aws.auth#sigv4": {"name": "s"}"#, operation);
    lower_all(sources).operation("Op").demands
}

#[test]
fn signatures_follow_the_schemes() {
    const SIGV4: &str = r#", "aws.auth#sigv4": {"name": "s"}"#;
    const BOTH: &str = r#", "aws.auth#sigv4": {"name": "s"}, "smithy.api#httpBearerAuth": {}"#;
    const BEARER: &str = r#", "smithy.api#httpBearerAuth": {}"#;
    const UNSIGNED: &str = r#", "aws.auth#sigv4": {"name": "s"}, "smithy.api#auth": []"#;
    let optional = r#""smithy.api#optionalAuth": {}"#;
    for (service, operation, expected) in [
        (SIGV4, "", Auth::Signed),
        (SIGV4, optional, Auth::Optional),
        (SIGV4, r#""smithy.api#auth": []"#, Auth::Unsigned),
        (BOTH, "", Auth::Signed),
        (
            BOTH,
            r#""smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]"#,
            Auth::Signed,
        ),
        (BEARER, optional, Auth::Unsigned),
        (UNSIGNED, "", Auth::Unsigned),
        (
            UNSIGNED,
            r#""smithy.api#auth": ["aws.auth#sigv4"]"#,
            Auth::Signed,
        ),
        ("", "", Auth::Unsigned),
    ] {
        let auth = lower_all(with_traits(service, operation))
            .operation("Op")
            .demands
            .auth;
        assert_eq!(auth, expected, "{service} {operation}");
    }
    for (service, operation) in [
        (BEARER, ""),
        (BOTH, r#""smithy.api#auth": ["smithy.api#httpBearerAuth"]"#),
    ] {
        let faults = faults_of(with_traits(service, operation), &[]);
        assert!(
            faults.contains("error[FA0104]: x.json:3:1: x#Op: calls of Op are authenticated by smithy.api#httpBearerAuth"),
            "{faults}"
        );
    }
}

#[test]
fn bodies_are_protected_and_compressed() {
    assert_eq!(demands(""), Demands::NONE);
    assert!(demands(r#""smithy.api#httpChecksumRequired": {}"#).checksum);
    assert!(demands(r#""aws.auth#unsignedPayload": {}"#).unsigned_payload);
    assert!(
        demands(r#""smithy.api#requestCompression": {"encodings": ["br", "gzip"]}"#).compression
    );
    assert!(!demands(r#""smithy.api#requestCompression": {"encodings": ["br"]}"#).compression);
}

/// An operation with this host prefix, whose input has a label and a member that is none.
fn prefixed(prefix: &str) -> Vec<Source> {
    let shapes = format!(
        r#"
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "traits": {{"smithy.api#endpoint": {{"hostPrefix": "{prefix}"}}}}}},
"x#In": {{"type": "structure", "members": {{
  "accountId": {{"target": "smithy.api#String", "traits": {{"smithy.api#required": {{}}, "smithy.api#hostLabel": {{}}}}}},
  "other": {{"target": "smithy.api#String"}}}}}}"#
    );
    model(&["Op"], &shapes)
}

#[test]
fn a_host_prefix_has_labels() {
    let api = lower_all(prefixed("data-{accountId}.x."));
    let Some(Address::HostPrefix(parts)) = &api.operation("Op").address else {
        panic!("{api:?}")
    };
    let [
        HostPart::Text(before),
        HostPart::Label(HostLabel {
            field,
            wire,
            is_enum: false,
        }),
        HostPart::Text(after),
    ] = parts.as_slice()
    else {
        panic!("{parts:?}")
    };
    assert_eq!((before.as_str(), after.as_str()), ("data-", ".x."));
    assert_eq!((field.as_str(), wire.as_str()), ("account_id", "accountId"));
}

#[test]
fn a_host_prefix_that_is_none_is_refused() {
    for prefix in [
        "a/b.",
        "user@",
        "{other}.",
        "{missing}.",
        "{accountId.",
        "a b.",
    ] {
        let (api, faults) = try_lower(prefixed(prefix), &[]);
        assert!(
            api.is_none() && faults.contains("x#Op: the host prefix"),
            "{prefix}: {faults}"
        );
    }
}

/// A service that names endpoints by `Name`, and an operation that is called at them.
fn discovered(service: &str, operation: &str, member: &str, address: &str) -> Vec<Source> {
    let text = discovered_text(service, operation, member, address);
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

fn discovered_text(service: &str, operation: &str, member: &str, address: &str) -> String {
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
"x#S": {{"type": "service", "version": "1", "operations": [{{"target": "x#Op"}}, {{"target": "x#Name"}}], "traits": {{"aws.protocols#awsJson1_1": {{}}{service}}}}},
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "traits": {{"aws.api#clientDiscoveredEndpoint": {{"required": true}}{operation}}}}},
"x#In": {{"type": "structure", "members": {{"id": {{"target": "smithy.api#{member}", "traits": {{"smithy.api#required": {{}}, "aws.api#clientEndpointDiscoveryId": {{}}}}}}}}}},
"x#Other": {{"type": "operation"}},
"x#Name": {{"type": "operation", "output": {{"target": "x#Out"}}}},
"x#Out": {{"type": "structure", "members": {{"Endpoints": {{"target": "x#Endpoints"}}}}}},
"x#Endpoints": {{"type": "list", "member": {{"target": "x#Endpoint"}}}},
"x#Endpoint": {{"type": "structure", "members": {{"Address": {{"target": "smithy.api#{address}"}}}}}}}}}}"#
    )
}

const BY_NAME: &str =
    r#", "aws.api#clientEndpointDiscovery": {"operation": "x#Name", "error": "y#Gone"}"#;

#[test]
fn an_endpoint_is_discovered() {
    let api = lower_all(discovered(BY_NAME, "", "String", "String"));
    let discovery = api.discovery.as_ref().expect("how it is discovered");
    assert_eq!(discovery.operation, "Name");
    assert_eq!(discovery.error.as_deref(), Some("Gone"));
    assert!(discovery.is_same_for_all());
    let Some(Address::Discovered {
        required: true,
        identifiers,
    }) = &api.operation("Op").address
    else {
        panic!("{api:?}")
    };
    assert_eq!(identifiers[0].wire, "id");
    assert_eq!(api.operation("Name").address, None);
}

/// The operation that names endpoints need not be printed.
#[test]
fn an_endpoint_is_discovered_by_what_is_not_chosen() {
    let (api, faults) = try_lower(discovered(BY_NAME, "", "String", "String"), &["Op"]);
    let api = api.expect(&faults);
    assert_eq!(api.operations.len(), 1);
    assert!(api.discovery.is_some());
    let (api, _) = try_lower(discovered(BY_NAME, "", "String", "String"), &["Name"]);
    assert_eq!(api.expect("a client").discovery, None);
}

#[test]
fn an_endpoint_that_cannot_be_discovered_is_refused() {
    let other = BY_NAME.replace("x#Name", "x#Other");
    let prefix = r#", "smithy.api#endpoint": {"hostPrefix": "a."}"#;
    for (service, operation, member, address, what) in [
        (
            "",
            "",
            "String",
            "String",
            "`aws.api#clientDiscoveredEndpoint` is not handled: the service has no",
        ),
        (
            &other,
            "",
            "String",
            "String",
            "the service has no operation `x#Other`",
        ),
        (
            BY_NAME,
            "",
            "String",
            "Integer",
            "the output of `x#Name` does not name endpoints",
        ),
        (
            BY_NAME,
            "",
            "Integer",
            "String",
            "must be a string, and `smithy.api#Integer` is none",
        ),
        (
            BY_NAME,
            prefix,
            "String",
            "String",
            "is not handled together with `smithy.api#endpoint`",
        ),
    ] {
        let (api, faults) = try_lower(discovered(service, operation, member, address), &[]);
        assert!(api.is_none() && faults.contains(what), "{what}: {faults}");
        assert!(faults.contains("help: "), "{faults}");
    }
}

/// What is asked is a text and a map of texts, so the model must have it so.
#[test]
fn a_question_that_cannot_be_asked_is_refused() {
    let input = |operation: &str, identifiers: &str| {
        let input = r#""x#Name": {"type": "operation", "input": {"target": "x#Ask"},"#;
        let shapes = format!(
            r#""x#Ask": {{"type": "structure", "members": {{"Operation": {{"target": "{operation}"}}, "Identifiers": {{"target": "{identifiers}"}}}}}},
"x#Texts": {{"type": "map", "key": {{"target": "smithy.api#String"}}, "value": {{"target": "smithy.api#String"}}}},
"x#Counts": {{"type": "map", "key": {{"target": "smithy.api#String"}}, "value": {{"target": "smithy.api#Integer"}}}},
{input}"#
        );
        let text = discovered_text(BY_NAME, "", "String", "String");
        let text = text.replace(r#""x#Name": {"type": "operation","#, &shapes);
        try_lower(vec![Source::model("x.json", Ok(text.into_bytes()))], &[])
    };
    let (api, faults) = input("smithy.api#String", "x#Texts");
    let discovery = api.expect(&faults).discovery.expect("how it is discovered");
    assert!(discovery.by_operation && discovery.by_identifiers);
    for (operation, identifiers) in [
        ("smithy.api#Integer", "x#Texts"),
        ("smithy.api#String", "x#Counts"),
        ("smithy.api#String", "smithy.api#String"),
    ] {
        let (api, faults) = input(operation, identifiers);
        let what = "the input of `x#Name` cannot hold what is asked";
        assert!(api.is_none() && faults.contains(what), "{faults}");
    }
}
