//! Tests of protocol tests: which cases are taken over, and their values.

use super::{lower_all, model, try_lower};
use crate::api::{Answered, Api, Body, Value};

/// Lowers an operation with these request tests; its input has a member of each of a few kinds.
fn requests(cases: &str) -> (Option<Api>, String) {
    let shapes = format!(
        r#"
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "traits": {{"smithy.test#httpRequestTests": [{cases}]}}}},
"x#In": {{"type": "structure", "members": {{
  "byte": {{"target": "smithy.api#Byte"}}, "at": {{"target": "smithy.api#Timestamp"}}, "ratio": {{"target": "smithy.api#Float"}},
  "list": {{"target": "x#List"}}, "blob": {{"target": "smithy.api#Blob"}}}}}},
"x#List": {{"type": "list", "member": {{"target": "smithy.api#String"}}, "traits": {{"smithy.api#sparse": {{}}}}}}"#
    );
    try_lower(model(&["Op"], &shapes), &[])
}

fn case(id: &str, more: &str) -> String {
    format!(
        r#"{{"id": "{id}", "protocol": "aws.protocols#awsJson1_1", "method": "POST", "uri": "/"{more}}}"#
    )
}

#[test]
fn cases_are_those_of_clients_in_the_protocol() {
    let cases = [
        case("ours", ""),
        case("a_server", r#", "appliesTo": "server""#),
        case(
            "a_client",
            r#", "appliesTo": "client", "host": "a.b/c", "resolvedHost": "x.a.b", "body": "{}""#,
        ),
        case("other", "").replace("awsJson1_1", "restJson1"),
        case(
            "ours",
            r#", "body": "{}", "bodyMediaType": "application/json""#,
        ),
    ];
    let (api, faults) = requests(&cases.join(", "));
    assert!(faults.is_empty(), "{faults}");
    let Some(api) = api else { panic!() };
    let tests = &api.protocol_tests.requests;
    let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
    assert_eq!(
        names,
        ["request_ours", "request_a_client", "request_ours_2"]
    );
    assert_eq!(tests[0].uri, "https://example.com/");
    assert_eq!(tests[0].body, None);
    assert_eq!(
        (tests[1].endpoint.as_str(), tests[1].uri.as_str()),
        ("https://a.b/c", "https://x.a.b/")
    );
    assert_eq!(tests[1].body, Some(Body::Exact("{}".to_owned())));
    assert_eq!(tests[2].body, Some(Body::Json("{}".to_owned())));
}

#[test]
fn parameters_are_typed_by_what_is_printed() {
    let params = r#", "params": {"byte": -1, "at": -1.5, "ratio": "NaN", "list": ["a", null], "blob": null}"#;
    let (api, faults) = requests(&case("x", params));
    let Some(api) = api else { panic!("{faults}") };
    let input = &api.protocol_tests.requests[0].input;
    let values: Vec<&Value> = input.iter().map(|(_, value)| value).collect();
    let [
        Value::Integer(-1),
        Value::Timestamp(-2, 500_000_000),
        Value::Float(nan),
        Value::List(list),
    ] = values.as_slice()
    else {
        panic!("{values:?}")
    };
    assert!(nan.is_nan() && values[2].has_nan());
    assert!(matches!(list.as_slice(), [Some(Value::String(text)), None] if text == "a"));
}

#[test]
fn parameters_of_another_type_leave_the_case_out() {
    for params in [
        r#"{"byte": 128}"#,
        r#"{"byte": "1"}"#,
        r#"{"unheardOf": 1}"#,
        r#"{"at": "today"}"#,
        r#"{"at": 1e400}"#,
        r#"{"ratio": 1e300}"#,
        r#"{"list": {}}"#,
        "[]",
    ] {
        let (api, faults) = requests(&case("x", &format!(r#", "params": {params}"#)));
        assert!(
            api.is_some_and(|api| api.protocol_tests.is_empty()),
            "{params}"
        );
        assert!(
            faults.contains("warning[FA0111]: x.json:"),
            "{params}: {faults}"
        );
        assert!(
            faults.contains("the protocol test `x` has parameters"),
            "{faults}"
        );
    }
}

#[test]
fn errors_are_tested_by_an_operation_that_has_them() {
    let api = lower_all(model(
        &["A", "B"],
        r#"
"x#A": {"type": "operation"},
"x#B": {"type": "operation", "errors": [{"target": "x#Bad"}]},
"x#Bad": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client", "smithy.test#httpResponseTests": [
  {"id": "Bad", "protocol": "aws.protocols#awsJson1_1", "code": 400, "vendorParamsShape": "aws.protocoltests.config#ErrorCodeParams", "vendorParams": {"code": "Worse"}}]}}"#,
    ));
    let [test] = api.protocol_tests.responses.as_slice() else {
        panic!("{api:?}")
    };
    assert_eq!(
        (test.name.as_str(), test.operation, test.status),
        ("error_bad", 1, 400)
    );
    let Answered::Fault {
        code, side: None, ..
    } = &test.answered
    else {
        panic!("{test:?}")
    };
    assert_eq!(code, "Worse");
}
