//! Answers of status 200 whose body is not what it should be, or is it in an odd form.

use super::{Fault, KEYS, answer, raw, with_head};

pub(super) fn faults() -> Vec<Fault> {
    [types(), texts(), forms()].concat()
}

/// A body under a head that says all is well.
fn body(name: &'static str, body: impl AsRef<[u8]>) -> Fault {
    Fault::answer(name, answer("200 OK", body))
}

fn types() -> Vec<Fault> {
    let nested =
        |open: &str, close: &str, depth| format!("{}{}", open.repeat(depth), close.repeat(depth));
    vec![
        body("an array", "[]"),
        body("a number", "7"),
        body("null", "null"),
        body("a text for a list", r#"{"Keys":"k-1"}"#),
        body("an object for a list", r#"{"Keys":{"KeyId":"k-1"}}"#),
        body("a number for a text", r#"{"Keys":[{"KeyId":7}]}"#),
        body("a text for a boolean", r#"{"Truncated":"false"}"#),
        body("a number for a boolean", r#"{"Truncated":0}"#),
        body("a list in a list", r#"{"Keys":[["k-1"]]}"#),
        body(
            "null for every member",
            r#"{"Keys":null,"NextMarker":null,"Truncated":null}"#,
        )
        .harmless(),
        body(
            "a member twice",
            r#"{"Truncated":true,"NextMarker":"a","Truncated":false,"NextMarker":"b"}"#,
        )
        .harmless(),
        body(
            "a member twice, once of another type",
            r#"{"NextMarker":"a","NextMarker":7}"#,
        ),
        body(
            "an unknown member twice",
            r#"{"Unheard":1,"Unheard":[2],"Keys":[]}"#,
        )
        .harmless(),
        body("100 lists within each other where nothing is known", {
            format!(r#"{{"Unheard":{}}}"#, nested("[", "]", 100))
        })
        .harmless(),
        body("100,000 lists within each other where nothing is known", {
            format!(r#"{{"Unheard":{}}}"#, nested("[", "]", 100_000))
        }),
        body(
            "100,000 objects within each other where nothing is known",
            {
                format!(
                    r#"{{"Unheard":{}1{}}}"#,
                    r#"{"a":"#.repeat(100_000),
                    "}".repeat(100_000)
                )
            },
        ),
        body("100,000 lists within each other for a list", {
            format!(r#"{{"Keys":{}}}"#, nested("[", "]", 100_000))
        }),
        body("100,000 lists that are never closed", {
            format!(r#"{{"Unheard":{}"#, "[".repeat(100_000))
        }),
    ]
}

fn texts() -> Vec<Fault> {
    vec![
        body("invalid UTF-8 in a text", b"{\"NextMarker\":\"a\xff\xfe\"}"),
        body("invalid UTF-8 in a name", b"{\"Next\xffMarker\":\"a\"}"),
        body(
            "invalid UTF-8 in an unknown member",
            b"{\"Unheard\":\"a\xc3\x28\"}",
        ),
        body("UTF-8 of a surrogate", b"{\"NextMarker\":\"\xed\xa0\x80\"}"),
        body("half of an escaped pair", r#"{"NextMarker":"\ud83d"}"#),
        body("an escape that is none", r#"{"NextMarker":"\x41"}"#),
        body("NUL in a text", b"{\"NextMarker\":\"a\0b\"}"),
        body("NUL in a text, escaped", r#"{"NextMarker":"a\u0000b"}"#).harmless(),
        body("NUL before the object", b"\0{\"Keys\":[]}"),
        body("NUL after the object", b"{\"Keys\":[]}\0"),
        body("a line end in a text", b"{\"NextMarker\":\"a\nb\"}"),
        body(
            "UTF-16",
            "{\"Keys\":[]}"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
        ),
        body("a byte order mark", b"\xef\xbb\xbf{\"Keys\":[]}"),
        Fault::answer("400 invalid UTF-8 in the message", {
            answer(
                "400 Bad Request",
                b"{\"__type\":\"InvalidMarkerException\",\"message\":\"\xff\"}",
            )
        }),
        Fault::answer("400 NUL in the message", {
            answer(
                "400 Bad Request",
                b"{\"__type\":\"InvalidMarkerException\",\"message\":\"a\0b\"}",
            )
        }),
        Fault::answer("400 a member of the error twice", {
            let twice = r#"{"__type":"InvalidMarkerException","__type":"Other","message":"a","message":"b"}"#;
            answer("400 Bad Request", twice)
        }),
        Fault::answer("400 100,000 lists within each other", {
            let deep = "[".repeat(100_000) + &"]".repeat(100_000);
            answer(
                "400 Bad Request",
                format!(r#"{{"a":{deep},"__type":"InvalidMarkerException"}}"#),
            )
        }),
    ]
}

fn forms() -> Vec<Fault> {
    vec![
        body("half of the object", &KEYS[..KEYS.len() / 2]),
        body("more after the object", format!("{KEYS}{KEYS}")),
        body("a comma too many", r#"{"Keys":[],}"#),
        body("names without quotes", "{Keys:[]}"),
        body("HTML", "<html><body>Log in</body></html>"),
        body("white space and nothing else", "  \r\n"),
        body(
            "binary",
            [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0],
        ),
        body("empty", "").harmless(),
        body(
            "an error with status 200",
            r#"{"__type":"ThrottlingException","message":"Slow down."}"#,
        )
        .harmless(),
        Fault::answer(
            "no request id",
            with_head("200 OK", "Content-Type: application/x-amz-json-1.1", KEYS),
        )
        .harmless(),
        Fault::answer("no request id in an error", {
            with_head(
                "400 Bad Request",
                "",
                r#"{"__type":"InvalidMarkerException"}"#,
            )
        }),
        Fault::answer(
            "two request ids",
            with_head(
                "200 OK",
                "x-amzn-requestid: id-1\r\nx-amzn-requestid: id-2",
                KEYS,
            ),
        )
        .harmless(),
        Fault::answer(
            "JSON that calls itself HTML",
            with_head("200 OK", "Content-Type: text/html", KEYS),
        )
        .harmless(),
        Fault::answer("204", raw("204 No Content", "x-amzn-requestid: id-1")).harmless(),
        Fault::answer("205 empty", raw("205 Reset Content", "Content-Length: 0")).harmless(),
        Fault::answer(
            "206 half of the object",
            answer("206 Partial Content", &KEYS[..KEYS.len() / 2]),
        ),
    ]
}
