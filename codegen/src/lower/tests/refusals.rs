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
fn a_waiter_without_acceptors() {
    for definition in ["{}", r#"{"acceptors": []}"#] {
        let shapes = format!(
            r#""x#Op": {{"type": "operation", "traits": {{"smithy.waiters#waitable": {{"Done": {definition}}}}}}}"#
        );
        let faults = faults_of(model(&["Op"], &shapes), &[]);
        assert!(
            faults.contains("FA0107") && faults.contains("it has no acceptors"),
            "{faults}"
        );
    }
}

#[test]
fn an_enum_without_values() {
    let faults = faults_of(
        model_of(
            r#"
"x#Shape": {"type": "structure", "members": {"a": {"target": "x#E"}}},
"x#E": {"type": "enum", "members": {}}"#,
        ),
        &[],
    );
    assert!(
        faults.contains("the enum E cannot be printed: it has no values"),
        "{faults}"
    );
}

#[test]
fn what_is_wrong_with_a_matcher_is_told_at_its_place() {
    for (output, place, expected) in [
        (
            r#""path": 1, "expected": "x", "comparator": "stringEquals""#,
            "1,",
            "`path` is no string",
        ),
        (
            r#""path": "a", "expected": true, "comparator": "booleanEquals""#,
            "true",
            "`expected` is no string",
        ),
        (
            r#""path": "a", "expected": "yes", "comparator": "booleanEquals""#,
            "\"yes\"",
            "`yes` is neither `true` nor `false`",
        ),
        (
            r#""path": "a", "expected": "x", "comparator": "stringEqual""#,
            "\"stringEqual\"",
            "`stringEqual` is none of stringEquals, ",
        ),
        (
            r#""path": "a", "expected": "x""#,
            "{",
            "a matcher has no `comparator`",
        ),
    ] {
        let shapes = format!(
            r#"
"x#Op": {{"type": "operation", "output": {{"target": "x#Out"}}, "traits": {{
    "smithy.waiters#waitable": {{"Done": {{"acceptors": [{{"state": "success", "matcher": {{"output":
{{{output}}}}}}}]}}}}}}}},
"x#Out": {{"type": "structure", "members": {{"a": {{"target": "smithy.api#String"}}}}}}"#
        );
        let faults = faults_of(model(&["Op"], &shapes), &[]);
        let column = format!("{{{output}").find(place).unwrap() + 1;
        let start = format!("error[FA0107]: x.json:6:{column}: ");
        assert!(
            faults.starts_with(&start) && faults.contains(expected),
            "{output}: {faults}"
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

/// What a waiter looks for and the model does not list is told of, and printed all the same.
#[test]
fn waiters_that_look_for_what_is_not_listed() {
    let output = |path: &str, comparator: &str, expected: &str| {
        format!(
            r#"{{"output": {{"path": "{path}", "comparator": "{comparator}", "expected": "{expected}"}}}}"#
        )
    };
    let error = |code: &str| format!(r#"{{"errorType": "{code}"}}"#);
    for (matcher, expected) in [
        (output("state", "stringEquals", "OPEN"), None),
        (
            output("state", "stringEquals", "OPNE"),
            Some("`OPNE`, which is no value of `state`\n  help: did you mean OPEN?"),
        ),
        (
            output("states", "anyStringEquals", "x"),
            Some("`x`, which is no value of `states`\n  help: the enum lists OPEN, SHUT"),
        ),
        (
            output("states[]", "allStringEquals", "shut"),
            Some("help: did you mean SHUT?"),
        ),
        (output("text", "stringEquals", "x"), None),
        (
            output("states[?@ != 'OPEN']", "anyStringEquals", "x"),
            Some("which is no value of `states[?@ != 'OPEN']`"),
        ),
        (output("[state, other][]", "anyStringEquals", "HIGH"), None),
        (
            output("[state, other][]", "anyStringEquals", "LOW"),
            Some("the enum lists OPEN, SHUT, HIGH"),
        ),
        (output("[state, text][]", "anyStringEquals", "LOW"), None),
        (output("state == 'x'", "booleanEquals", "true"), None),
        (error("Gone"), None),
        (error("x#Gone"), None),
        (error("Was.Gone"), None),
        (error("Busy"), None),
        (error("ThrottlingException"), None),
        (
            error("ValidationExeption"),
            Some("help: did you mean ValidationException?"),
        ),
        (
            error("Gnoe"),
            Some("the error `Gnoe`, which Op does not list\n  help: did you mean Gone?"),
        ),
        (
            error("Elsewhere"),
            Some("which Op does not list\n  help: it lists Busy, Gone, Was.Gone"),
        ),
    ] {
        let shapes = format!(
            r#"
"x#Op": {{"type": "operation", "output": {{"target": "x#Out"}}, "errors": [{{"target": "x#Gone"}}, {{"target": "x#Busy"}}], "traits": {{
    "smithy.waiters#waitable": {{"Done": {{"acceptors": [{{"state": "success", "matcher":
{matcher}
}}]}}}}}}}},
"x#Other": {{"type": "operation", "errors": [{{"target": "x#Elsewhere"}}]}},
"x#Out": {{"type": "structure", "members": {{
    "text": {{"target": "smithy.api#String"}}, "state": {{"target": "x#State"}}, "states": {{"target": "x#States"}}, "other": {{"target": "x#Other_"}}}}}},
"x#State": {{"type": "enum", "members": {{"OPEN": {{"target": "smithy.api#Unit"}}, "SHUT": {{"target": "smithy.api#Unit"}}}}}},
"x#Other_": {{"type": "string", "traits": {{"smithy.api#enum": [{{"value": "HIGH"}}]}}}},
"x#States": {{"type": "list", "member": {{"target": "x#State"}}}},
"x#Gone": {{"type": "structure", "traits": {{"smithy.api#error": "client", "aws.protocols#awsQueryError": {{"code": "Was.Gone", "httpResponseCode": 404}}}}}},
"x#Busy": {{"type": "structure", "traits": {{"smithy.api#error": "client"}}}},
"x#Elsewhere": {{"type": "structure", "traits": {{"smithy.api#error": "client"}}}}"#
        );
        let (api, said) = try_lower(model(&["Op", "Other"], &shapes), &[]);
        assert!(api.is_some(), "{matcher}: {said}");
        match expected {
            None => assert_eq!(said, "", "{matcher}"),
            Some(expected) => {
                // At the name, which stands last in the matcher.
                let column = matcher.rfind(": \"").unwrap() + 3;
                let start =
                    format!("warning[FA0113]: x.json:6:{column}: x#Op: the waiter Done looks for ");
                assert!(
                    said.starts_with(&start) && said.contains(expected),
                    "{matcher}: {said}"
                );
            }
        }
    }
}
