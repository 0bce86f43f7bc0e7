//! Tests of endpoint rules.

use super::{faults_of, kms, lower_all, model};
use crate::api::{BuiltIn, Condition, Expectation, Expr, Outcome, ParamType, ParamValue, Rule};
use crate::model::Source;

/// A service with these conditions before an endpoint at `url`, and these parameters.
fn with_rules(params: &str, conditions: &str, url: &str) -> Vec<Source> {
    let rules = format!(
        r#"[{{"type": "endpoint", "conditions": [{conditions}], "endpoint": {{"url": {url}}}}}]"#
    );
    let set = format!(r#"{{"version": "1.0", "parameters": {{{params}}}, "rules": {rules}}}"#);
    let text = format!(
        r##"{{"smithy": "2.0", "shapes": {{"x#S": {{"type": "service", "version": "1", "traits": {{
"aws.protocols#awsJson1_0": {{}},
"smithy.rules#endpointRuleSet": {set}
}}}}}}}}"##
    );
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

const REGION: &str = r#""Region": {"type": "string", "builtIn": "AWS::Region"}, "Fips": {"type": "boolean", "required": true, "default": false}"#;

fn conditions(conditions: &str) -> Vec<Condition> {
    let api = lower_all(with_rules(REGION, conditions, r#""https://a""#));
    api.endpoint.rules[0].conditions.clone()
}

fn text(condition: &Condition) -> String {
    format!("{condition:?}")
}

#[test]
fn rules_of_kms() {
    let endpoint = kms(&[]).endpoint;
    let params: Vec<_> = endpoint
        .params
        .iter()
        .map(|param| {
            (
                param.name.as_str(),
                param.ty,
                param.built_in,
                param.default.clone(),
            )
        })
        .collect();
    let off = Some(ParamValue::Boolean(false));
    assert_eq!(
        params,
        [
            ("region", ParamType::String, Some(BuiltIn::Region), None),
            (
                "use_dual_stack",
                ParamType::Boolean,
                Some(BuiltIn::UseDualStack),
                off.clone()
            ),
            ("use_fips", ParamType::Boolean, Some(BuiltIn::UseFips), off),
            ("endpoint", ParamType::String, Some(BuiltIn::Endpoint), None),
        ]
    );
    // The first rule: an endpoint that is set counts, and what is inside sees the plain value.
    let Rule {
        conditions,
        outcome: Outcome::Tree(inner),
    } = &endpoint.rules[0]
    else {
        panic!()
    };
    let [Condition::Bind(name, Expr::Var(same))] = conditions.as_slice() else {
        panic!("{conditions:?}")
    };
    assert_eq!((name.as_str(), same.as_str()), ("endpoint", "endpoint"));
    let Condition::Holds(Expr::Var(fips)) = &inner[0].conditions[0] else {
        panic!("{:?}", inner[0])
    };
    assert_eq!(fips.as_str(), "use_fips");
    assert!(
        endpoint
            .rules
            .last()
            .is_some_and(|rule| rule.conditions.is_empty())
    );
    assert!(endpoint.tests.len() > 10);
    assert!(endpoint.tests.iter().any(|test| matches!(&test.expect, Expectation::Endpoint { url, .. } if url == "https://kms.eu-central-1.amazonaws.com")));
    let names: std::collections::HashSet<&str> = endpoint
        .tests
        .iter()
        .map(|test| test.name.as_str())
        .collect();
    assert_eq!(names.len(), endpoint.tests.len());
}

#[test]
fn conditions_are_simplified() {
    let fips = r#"{"ref": "Fips"}"#;
    let region = r#"{"ref": "Region"}"#;
    let is_set = format!(r#"{{"fn": "isSet", "argv": [{region}]}}"#);
    let equals = |value: bool| format!(r#"{{"fn": "booleanEquals", "argv": [{fips}, {value}]}}"#);
    assert_eq!(text(&conditions(&equals(true))[0]), "Holds(Var(`fips`))");
    assert_eq!(
        text(&conditions(&equals(false))[0]),
        "Holds(Not(Var(`fips`)))"
    );
    assert_eq!(
        text(&conditions(&is_set)[0]),
        "Bind(`region`, Var(`region`))"
    );
    let not_set = format!(r#"{{"fn": "not", "argv": [{is_set}]}}"#);
    assert_eq!(
        text(&conditions(&not_set)[0]),
        "Holds(Not(IsSome(Var(`region`))))"
    );
    // What is needed has to be set.
    let partition = format!(r#"{{"fn": "aws.partition", "argv": [{region}], "assign": "P"}}"#);
    assert_eq!(
        text(&conditions(&partition)[0]),
        "Bind(`region`, Var(`region`))"
    );
    // What is set is set for those that follow.
    assert_eq!(conditions(&format!("{is_set}, {is_set}")).len(), 1);
    let partition =
        format!(r#"{is_set}, {{"fn": "aws.partition", "argv": [{region}], "assign": "P"}}"#);
    assert_eq!(
        text(&conditions(&partition)[1]),
        "Bind(`p`, Call(Function { name: \"aws_partition\" }, [Var(`region`)]))"
    );
    let valid = format!(
        r#"{is_set}, {{"fn": "isValidHostLabel", "argv": [{region}, false], "assign": "ok"}}"#
    );
    let valid = conditions(&valid);
    assert!(
        text(&valid[1]).starts_with("Let(`ok`") && text(&valid[2]) == "Holds(Var(`ok`))",
        "{valid:?}"
    );
    let attribute = format!(
        r#"{partition}, {{"fn": "stringEquals", "argv": [{{"fn": "getAttr", "argv": [{{"ref": "P"}}, "name"]}}, "aws"]}}"#
    );
    assert_eq!(
        text(&conditions(&attribute)[2]),
        "Holds(Equal(Attr(Var(`p`), \"name\"), Str(\"aws\")))"
    );
    let arn = format!(
        r#"{is_set}, {{"fn": "aws.parseArn", "argv": [{region}], "assign": "arn"}},
        {{"fn": "getAttr", "argv": [{{"ref": "arn"}}, "resourceId[1]"], "assign": "id"}}"#
    );
    assert_eq!(
        text(&conditions(&arn)[2]),
        "Bind(`id`, Index(Attr(Var(`arn`), \"resource_id\"), 1))"
    );
}

#[test]
fn templates_are_taken_apart() {
    let is_set = r#"{"fn": "isSet", "argv": [{"ref": "Region"}]}"#;
    let url = |url: &str| {
        let api = lower_all(with_rules(REGION, is_set, url));
        match &api.endpoint.rules[0].outcome {
            Outcome::Endpoint { url, .. } => format!("{url:?}"),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(url(r#""https://x""#), "Str(\"https://x\")");
    assert_eq!(
        url(r#""https://{Region}.x""#),
        "Template([Str(\"https://\"), Var(`region`), Str(\".x\")])"
    );
    assert_eq!(url(r#""{Region}""#), "Var(`region`)");
    assert_eq!(
        url(r#""a{{{Region}}}b""#),
        "Template([Str(\"a{\"), Var(`region`), Str(\"}b\")])"
    );
}

#[test]
fn rules_that_make_no_sense_are_refused_with_their_place() {
    let call = |function: &str, arguments: &str| {
        format!(r#"{{"fn": "{function}", "argv": [{arguments}]}}"#)
    };
    for (condition, expected) in [
        (
            call("aws.partition", &call("substring", r#""abc", 0, 1, false"#)),
            "a string is needed, and a value that may be missing is there",
        ),
        (
            call("stringEquals", r#"{"ref": "Fips"}, "a""#),
            "a string is needed, and a boolean is there",
        ),
        (
            call("unheardOf", r#""a""#),
            "the function `unheardOf` is not known",
        ),
        (
            call("substring", r#""a", 1"#),
            "`substring` takes 4 arguments, and 2 are there",
        ),
        (
            r#"{"ref": "Nobody"}"#.to_owned(),
            "`Nobody` is neither a parameter nor bound",
        ),
        (
            call("getAttr", r#"{"ref": "Fips"}, "name""#),
            "a boolean has no field `name`",
        ),
        (call("not", r#"{"ref": "Region"}"#), "a boolean is needed"),
    ] {
        let faults = faults_of(with_rules(REGION, &condition, r#""https://a""#), &[]);
        assert!(faults.contains(expected), "{faults}");
        assert!(
            faults.starts_with("error[FA0106]: x.json:3:") && faults.contains("x#S"),
            "{faults}"
        );
    }
    let faults = faults_of(with_rules(REGION, "", r#"{"ref": "Region"}"#), &[]);
    assert!(
        faults.contains("a string is needed, and a value that may be missing is there"),
        "{faults}"
    );
    let faults = faults_of(with_rules(REGION, "", r#""https://{Region""#), &[]);
    assert!(faults.contains("do not match"), "{faults}");
}

#[test]
fn a_service_without_rules_has_the_usual_hosts() {
    let api = lower_all(model(&[], r#""x#Unused": {"type": "string"}"#));
    assert_eq!(api.endpoint.params.len(), 4);
    let hosts = format!("{:?}", api.endpoint.rules);
    assert!(
        hosts.contains("https://service-fips.") && hosts.contains("dual_stack_dns_suffix"),
        "{hosts}"
    );
}

#[test]
fn one_of_several_values_is_taken() {
    let region = r#"{"ref": "Region"}"#;
    let value = |function: &str, arguments: &str| {
        let value = format!(
            r#"{{"fn": "{function}", "argv": [{arguments}], "assign": "V"}}, {{"fn": "stringEquals", "argv": [{{"ref": "V"}}, "a"]}}"#
        );
        text(&conditions(&value)[0])
    };
    assert_eq!(
        value("coalesce", &format!(r#"{region}, "a", "b""#)),
        "Let(`v`, Coalesce { first: Var(`region`), second: Str(\"a\"), optional: false })"
    );
    let substring = r#"{"fn": "substring", "argv": ["abc", 0, 1, false]}"#;
    assert!(
        value("coalesce", &format!("{region}, {substring}"))
            .starts_with("Bind(`v`, Coalesce { first: Var(`region`), second: Call("),
    );
    assert_eq!(
        value("ite", r#"{"ref": "Fips"}, "a", "b""#),
        "Let(`v`, Choose { condition: Var(`fips`), then: Str(\"a\"), otherwise: Str(\"b\") })"
    );
    assert_eq!(
        value("ite", &format!(r#"{{"ref": "Fips"}}, "a", {region}"#)),
        "Bind(`v`, Choose { condition: Var(`fips`), then: Some(Str(\"a\")), otherwise: Var(`region`) })"
    );
    let mixed = r#"{"fn": "coalesce", "argv": [{"ref": "Region"}, true]}"#;
    let faults = faults_of(with_rules(REGION, mixed, r#""https://a""#), &[]);
    assert!(
        faults.contains("`coalesce` is given a string and a boolean, which are of different types"),
        "{faults}"
    );
}
