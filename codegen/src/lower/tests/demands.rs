//! Tests of what calls need: signatures, checksums, compression, hosts.

use super::{faults_of, lower_all, model, try_lower};
use crate::api::{Address, Auth, Demands, HostPart};
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
        HostPart::Label {
            field,
            wire,
            is_enum: false,
        },
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
