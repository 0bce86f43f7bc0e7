//! Tests of what operations and clients fill parameters of endpoint rules with.

use super::{faults_of, lower_all};
use crate::api::{Api, ContextValue, ParamType};
use crate::lower::endpoint::client::COMMON;
use crate::model::Source;

/// A service with the parameters `A` (a string), `B` (a truth value) and `C` (strings), and an operation with these traits
/// whose input has these members.
fn service(service: &str, operation: &str, members: &str) -> Vec<Source> {
    let text = format!(
        r##"{{"smithy": "2.0", "shapes": {{
"x#S": {{"type": "service", "version": "1", "operations": [{{"target": "x#Op"}}], "traits": {{
    "aws.protocols#awsJson1_0": {{}}, {service}
    "smithy.rules#endpointRuleSet": {{"version": "1.0", "parameters": {{
        "A": {{"type": "string"}}, "B": {{"type": "boolean", "default": false, "required": true}},
        "C": {{"type": "stringArray"}}}},
    "rules": [{{"type": "endpoint", "conditions": [], "endpoint": {{"url": "https://a"}}}}]}}}}}},
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "traits": {{{operation}}}}},
"x#In": {{"type": "structure", "members": {{{members}}}}},
"x#Inner": {{"type": "structure", "members": {{"text": {{"target": "smithy.api#String"}}, "other": {{"target": "smithy.api#String"}}}}}},
"x#Inners": {{"type": "list", "member": {{"target": "x#Inner"}}}},
"x#Map": {{"type": "map", "key": {{"target": "smithy.api#String"}}, "value": {{"target": "x#Inner"}}}}
}}}}"##
    );
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

const MEMBERS: &str = r#""inner": {"target": "x#Inner"}, "inners": {"target": "x#Inners"}, "map": {"target": "x#Map"}, "flag": {"target": "smithy.api#Boolean"}"#;

fn path(param: &str, path: &str) -> String {
    format!(r#""smithy.rules#operationContextParams": {{"{param}": {{"path": "{path}"}}}}"#)
}

/// What the operation fills: the parameters, and whether each may have a value before.
fn filled(api: &Api) -> Vec<(&str, bool)> {
    let context = api.operation("Op").context.iter();
    context
        .map(|one| (one.name.as_str(), one.overrides))
        .collect()
}

#[test]
fn the_more_specific_value_comes_last() {
    let members = r#""text": {"target": "smithy.api#String", "traits": {"smithy.rules#contextParam": {"name": "A"}}}"#;
    let operation = format!(
        r#""smithy.rules#staticContextParams": {{"A": {{"value": "s"}}, "B": {{"value": true}}, "C": {{"value": ["a"]}}, "Nobody": {{"value": 1}}}}, {}"#,
        path("A", "text")
    );
    let api = lower_all(service("", &operation, members));
    assert_eq!(
        filled(&api),
        [
            ("a", false),
            ("a", true),
            ("a", true),
            ("b", true),
            ("c", false)
        ]
    );
    let context = &api.operation("Op").context;
    assert!(
        matches!(context[0].value, ContextValue::One(_)),
        "{context:?}"
    );
    assert!(
        matches!(context[2].value, ContextValue::Static(_)),
        "{context:?}"
    );
    assert!(api.endpoint.per_call);
}

#[test]
fn a_member_that_is_required_must_be_there() {
    let members = r#""text": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.rules#contextParam": {"name": "A"}}}"#;
    let api = lower_all(service("", "", members));
    let context = &api.operation("Op").context;
    assert!(
        matches!(context[0].value, ContextValue::Required(_)),
        "{context:?}"
    );
}

#[test]
fn paths_lead_to_one_value_or_to_several() {
    for (param, text, several) in [
        ("A", "inner.text", false),
        ("B", "flag", false),
        ("C", "keys(map)", true),
        ("C", "map.*.text", true),
        ("C", "inners[*].text", true),
        ("C", "inners[*].[text, other][]", true),
        ("C", "inner.[text, other]", true),
        ("C", "[inner.text, inner.other]", true),
    ] {
        let api = lower_all(service("", &path(param, text), MEMBERS));
        let value = &api.operation("Op").context[0].value;
        assert_eq!(
            matches!(value, ContextValue::Several(_)),
            several,
            "{text}: {value:?}"
        );
    }
}

#[test]
fn paths_that_do_not_fit_are_refused() {
    for (param, text, expected) in [
        (
            "A",
            "inner",
            "a structure in the input is of another type than it",
        ),
        (
            "A",
            "inners[*].text",
            "a string in a list is of another type than it",
        ),
        (
            "C",
            "inner.text",
            "a string in the input is of another type than it",
        ),
        (
            "A",
            "nothing",
            "the path `nothing` leads nowhere: `OpInput` has no member `nothing`",
        ),
        ("C", "keys(inner)", "the keys of a structure are asked for"),
        (
            "C",
            "inners[*].[text, other]",
            "it leads to lists in a list",
        ),
        ("C", "inner.[text, nothing]", "has no member `nothing`"),
        ("C", "inners[?text].text", "is not handled"),
    ] {
        let faults = faults_of(service("", &path(param, text), MEMBERS), &[]);
        assert!(faults.contains(expected), "{text}: {faults}");
        assert!(
            faults.starts_with("error[FA0106]: x.json:") && faults.contains("x#Op"),
            "{faults}"
        );
    }
}

#[test]
fn clients_have_settings_of_their_own() {
    let params = r#""smithy.rules#clientContextParams": {"A": {"type": "string", "documentation": "What a is."},
        "B": {"type": "boolean"}, "Region": {"type": "string"}},"#;
    let api = lower_all(service(params, "", ""));
    let settings: Vec<_> = api
        .endpoint
        .client_params
        .iter()
        .map(|param| (param.name.as_str(), param.setter.as_str(), param.ty))
        .collect();
    assert_eq!(
        settings,
        [
            ("a", "set_a", ParamType::String),
            ("b", "set_b", ParamType::Boolean),
            // All clients have a region.
            ("region_value", "set_region_value", ParamType::String),
        ]
    );
    let from_client: Vec<bool> = api
        .endpoint
        .params
        .iter()
        .map(|param| param.from_client)
        .collect();
    assert_eq!(from_client, [true, true, false]);
    // They are the same for all calls of a client.
    assert!(!api.endpoint.per_call);
    let faults = faults_of(
        service(
            r#""smithy.rules#clientContextParams": {"A": {"type": "integer"}},"#,
            "",
            "",
        ),
        &[],
    );
    assert!(
        faults.contains("the setting `A` is neither a string nor a boolean"),
        "{faults}"
    );
}

#[test]
fn settings_of_one_service_keep_clear_of_those_of_all() {
    let api = lower_all(service("", "", ""));
    let mut found = 0;
    for unit in crate::emit::units(&api) {
        let source = unit.emit(&api);
        if source.module != ["config"] {
            continue;
        }
        for item in source.items {
            let text = item.to_string();
            for rest in text.split("pub fn ").skip(1) {
                let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
                let name = &rest[..end.unwrap_or(rest.len())];
                let plain = name.strip_prefix("set_").unwrap_or(name);
                assert!(
                    COMMON.contains(&plain) || COMMON.contains(&name),
                    "`{name}` is missing in COMMON"
                );
                found += 1;
            }
        }
    }
    assert!(found > 50, "{found}");
}
