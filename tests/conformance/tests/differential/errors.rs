//! Each error of each operation becomes the same typed error, however the service says it.

use crate::responses::{Answers, differences};
use crate::setup::agree;
use farrier_conformance::Answer;

/// Errors that no operation declares.
const UNDECLARED: [(&str, u16); 4] = [
    ("UnheardOfException", 400),
    ("ThrottlingException", 400),
    ("InternalFailure", 500),
    ("ServiceUnavailable", 503),
];

/// The forms that every error is told in, of those below.
const COMMON: usize = 3;

/// The ways of saying an error, the most common first.
fn forms(code: &str, status: u16) -> Vec<(String, Answer)> {
    let typed = |kind: &str, rest: &str| format!("{{\"__type\":\"{kind}\"{rest}}}");
    let namespaced = format!("com.amazonaws.kms#{code}");
    let message = r#","message":"It \"was\" \u00e9 <b>not</b> possible""#;
    let forms: [(&str, Option<String>, String); 13] = [
        ("a namespace", None, typed(&namespaced, message)),
        (
            "a header with a namespace and a link",
            Some(format!("{namespaced}:http://internal/")),
            "{}".to_owned(),
        ),
        ("no message", None, typed(code, "")),
        ("no namespace", None, typed(code, message)),
        ("a capital message", None, typed(code, r#","Message":"M""#)),
        (
            "two messages",
            None,
            typed(code, r#","Message":"M","message":"m""#),
        ),
        (
            "null for a message",
            None,
            typed(code, r#","message":null"#),
        ),
        (
            "more members",
            None,
            typed(code, r#","message":"m","Unheard":{"Of":[1]}"#),
        ),
        (
            "a header",
            Some(code.to_owned()),
            r#"{"message":"m"}"#.to_owned(),
        ),
        (
            "a header against the body",
            Some(code.to_owned()),
            typed("Other", message),
        ),
        ("a header and no body", Some(code.to_owned()), String::new()),
        (
            "a link in the body",
            None,
            typed(&format!("{namespaced}:http://internal/"), message),
        ),
        (
            "a code in the body",
            None,
            format!("{{\"code\":\"{code}\",\"message\":\"m\"}}"),
        ),
    ];
    let answer = |(form, header, body): (&str, Option<String>, String)| {
        let mut headers = vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            (
                "x-amzn-requestid",
                "f1d2d2f9-24e9-4de6-8b3c-0a1b2c3d4e5f".to_owned(),
            ),
        ];
        headers.extend(header.map(|value| ("x-amzn-errortype", value)));
        (
            format!("{code} with {form}"),
            Answer {
                status,
                headers,
                body,
            },
        )
    };
    forms.into_iter().map(answer).collect()
}

#[test]
fn errors_are_the_same() {
    let answers = |of_operation: &Answers| {
        let errors = of_operation.errors.iter().chain(&UNDECLARED).enumerate();
        // Errors are told apart in one place, so that one declared error stands for all in the rarer forms.
        let some = |at| {
            if at == 0 || at >= of_operation.errors.len() {
                usize::MAX
            } else {
                COMMON
            }
        };
        errors
            .flat_map(|(at, (code, status))| forms(code, *status).into_iter().take(some(at)))
            .collect()
    };
    agree(&differences(answers));
}

#[test]
fn answers_that_say_no_error_are_the_same() {
    let bodies = [
        "",
        "{}",
        "[]",
        "<html>Bad Gateway</html>",
        "{\"__type\":7}",
        "\u{feff}{}",
    ];
    let answers = |_: &Answers| {
        let answer = |status: u16| {
            bodies.iter().map(move |body| {
                let body = (*body).to_owned();
                (
                    format!("{status} {body}"),
                    Answer {
                        status,
                        headers: Vec::new(),
                        body,
                    },
                )
            })
        };
        [301, 400, 403, 404, 500, 502, 503]
            .into_iter()
            .flat_map(answer)
            .collect()
    };
    agree(&differences(answers));
}
