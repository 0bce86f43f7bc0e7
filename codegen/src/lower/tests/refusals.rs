//! Tests of what is refused, and of the words it is refused with.

use super::{faults_of, lower_all, model, model_of, try_lower};
use crate::model::Source;

fn service(traits: &str) -> Vec<Source> {
    let text = format!(
        "{{\"smithy\": \"2.0\", \"shapes\": {{\n\"x#S\": {{\"type\": \"service\", \"version\": \"1\", \"traits\": {{{traits}}}}}\n}}}}"
    );
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

#[test]
fn no_service_or_several() {
    let none = faults_of(
        vec![Source::model(
            "x.json",
            Ok(br#"{"smithy": "2.0", "shapes": {}}"#.to_vec()),
        )],
        &[],
    );
    assert!(
        none.contains("error[FA0100]: the model has no service"),
        "{none}"
    );
    let two = r#"{"smithy": "2.0", "shapes": {
"x#A": {"type": "service", "version": "1"},
"x#B": {"type": "service", "version": "1"}}}"#;
    let two = faults_of(vec![Source::model("x.json", Ok(two.into()))], &[]);
    assert!(
        two.contains("error[FA0101]: x.json:3:1: x#B: the model has 2 services (x#A, x#B)"),
        "{two}"
    );
}

#[test]
fn other_protocols() {
    let faults = faults_of(service(r#""aws.protocols#restJson1": {}"#), &[]);
    assert!(faults.contains("error[FA0102]: x.json:2:1: x#S: the service speaks restJson1; awsJson1_0 and awsJson1_1 are spoken here"), "{faults}");
    let faults = faults_of(service(""), &[]);
    assert!(faults.contains("the service names no protocol"), "{faults}");
    // One of several is enough.
    lower_all(service(
        r#""aws.protocols#restJson1": {}, "aws.protocols#awsJson1_0": {}"#,
    ));
}

#[test]
fn traits_that_change_the_wire() {
    for (on_operation, on_member, name) in [
        (
            r#""aws.protocols#httpChecksum": {"requestChecksumRequired": true}"#,
            "",
            "aws.protocols#httpChecksum",
        ),
        (
            r#""aws.api#clientDiscoveredEndpoint": {"required": true}"#,
            "",
            "aws.api#clientDiscoveredEndpoint",
        ),
        (
            "",
            r#""aws.protocols#unheardOf": {}"#,
            "aws.protocols#unheardOf",
        ),
    ] {
        let shapes = format!(
            r#"
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "traits": {{{on_operation}}}}},
"x#In": {{"type": "structure", "members": {{"a": {{"target": "smithy.api#String", "traits": {{{on_member}}}}}}}}}"#
        );
        let (api, faults) = try_lower(model(&["Op"], &shapes), &[]);
        assert!(
            api.is_none() && faults.contains(&format!("the trait `{name}` is not handled")),
            "{name}: {faults}"
        );
        assert!(faults.contains("x.json:"), "{faults}");
    }
}

#[test]
fn endpoints_that_are_not_standard_need_rules() {
    let with = |traits: &str| service(&format!(r#""aws.protocols#awsJson1_1": {{}}, {traits}"#));
    const RULES: &str =
        r#", "smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": []}"#;
    let partitional = r#""aws.endpoints#standardPartitionalEndpoints": {"endpointPatternType": "service_dnsSuffix"}"#;
    let faults = faults_of(with(partitional), &[]);
    assert!(
        faults.contains("the trait `aws.endpoints#standardPartitionalEndpoints` is not handled: the model has no endpoint rules"),
        "{faults}"
    );
    lower_all(with(&format!("{partitional}{RULES}")));
    lower_all(with(r#""aws.endpoints#standardRegionalEndpoints": {}"#));
}

#[test]
fn traits_of_others_and_of_documentation_are_ignored() {
    lower_all(model(
        &["Op"],
        r#"
"x#Op": {"type": "operation", "input": {"target": "x#In"}, "traits": {"smithy.api#readonly": {}, "smithy.api#tags": ["a"], "aws.api#clientDiscoveredEndpoint": {"required": false}}},
"x#In": {"type": "structure", "members": {"a": {"target": "smithy.api#String", "traits": {"smithy.api#length": {"min": 1}, "com.other#thing": {}}}}}"#,
    ));
}

#[test]
fn a_stream_leaves_its_operation_out() {
    let shapes = r#"
"x#Op": {"type": "operation"},
"x#Watch": {"type": "operation", "output": {"target": "x#Out"}},
"x#Out": {"type": "structure", "members": {"events": {"target": "x#Events"}}},
"x#Events": {"type": "union", "members": {"a": {"target": "x#Event"}}, "traits": {"smithy.api#streaming": {}}},
"x#Event": {"type": "structure", "members": {}}"#;
    let (api, faults) = try_lower(model(&["Op", "Watch"], shapes), &[]);
    assert_eq!(
        api.map(|api| (api.operations.len(), api.types.len())),
        Some((1, 0))
    );
    assert!(
        faults.starts_with("warning[FA0109]") && faults.contains("x#Watch"),
        "{faults}"
    );
    let faults = faults_of(model(&["Op", "Watch"], shapes), &["Watch"]);
    assert!(
        faults.starts_with("error[FA0105]") && faults.contains("x#Events"),
        "{faults}"
    );
}

#[test]
fn all_faults_come_at_once() {
    let sources = || {
        let text = r##"{"smithy": "2.0", "shapes": {
"x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": {"aws.protocols#restXml": {}}},
"x#Op": {"type": "operation", "output": {"target": "x#Out"}, "traits": {
    "aws.protocols#httpChecksum": {},
    "smithy.waiters#waitable": {"Done": {"acceptors": [
        {"state": "success", "matcher": {"output": {"path": "length(a", "expected": "x", "comparator": "stringEquals"}}}]}}
}},
"x#Out": {"type": "structure", "members": {"a": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#default": "yesterday"}}}}
}}"##;
        vec![Source::model("x.json", Ok(text.into()))]
    };
    let faults = faults_of(sources(), &["Op", "Opp"]);
    for code in ["FA0102", "FA0103", "FA0104", "FA0107", "FA0110"] {
        assert!(faults.contains(code), "{code}: {faults}");
    }
    assert!(
        faults.contains("the path `length(a` is not handled: `)` was expected at its end"),
        "{faults}"
    );
}

#[test]
fn waiters_that_cannot_be() {
    for (matcher, expected) in [
        (
            r#"{"output": {"path": "b", "expected": "x", "comparator": "stringEquals"}}"#,
            "`OpOutput` has no member `b`",
        ),
        (
            r#"{"output": {"path": "a.b", "expected": "x", "comparator": "stringEquals"}}"#,
            "`b` is asked of a string",
        ),
        (
            r#"{"output": {"path": "a[]", "expected": "x", "comparator": "allStringEquals"}}"#,
            "`[]` follows a string",
        ),
        (
            r#"{"output": {"path": "a", "expected": "x", "comparator": "allStringEquals"}}"#,
            "leads to a string, to which `allStringEquals` does not apply",
        ),
        (
            r#"{"output": {"path": "a", "expected": "true", "comparator": "booleanEquals"}}"#,
            "to which `booleanEquals` does not apply",
        ),
        (
            r#"{"inputOutput": {"path": "input.a", "expected": "x", "comparator": "stringEquals"}}"#,
            "`OpInput` has no member `a`",
        ),
        (
            r#"{"inputOutput": {"path": "a", "expected": "x", "comparator": "stringEquals"}}"#,
            "it starts at `a`, not at `input` or `output`",
        ),
        (
            r#"{"outputOnly": {"path": "a", "expected": "x", "comparator": "stringEquals"}}"#,
            "the matcher `outputOnly` is not handled",
        ),
    ] {
        let shapes = format!(
            r#"
"x#Op": {{"type": "operation", "output": {{"target": "x#Out"}}, "traits": {{
    "smithy.waiters#waitable": {{"Done": {{"acceptors": [{{"state": "success", "matcher": {matcher}}}]}}}}}}}},
"x#Out": {{"type": "structure", "members": {{"a": {{"target": "smithy.api#String"}}}}}}"#
        );
        let faults = faults_of(model(&["Op"], &shapes), &[]);
        assert!(
            faults.contains(expected) && faults.contains("the waiter Done"),
            "{faults}"
        );
    }
}

#[test]
fn collections_nested_without_end() {
    let mut shapes = String::from(r#""x#Shape": {"type": "list", "member": {"target": "x#L0"}}"#);
    for at in 0..5_000 {
        let next = if at == 4_999 {
            "smithy.api#String".to_owned()
        } else {
            format!("x#L{}", at + 1)
        };
        shapes.push_str(&format!(
            ",\n\"x#L{at}\": {{\"type\": \"list\", \"member\": {{\"target\": \"{next}\"}}}}"
        ));
    }
    let faults = faults_of(model_of(&shapes), &[]);
    assert!(faults.contains("nested too deeply"), "{faults}");
}
