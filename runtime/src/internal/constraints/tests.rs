//! Tests of the check itself, on tables and documents that no model in this repository leads to.

use super::{InvalidInput, Length, Member, Pattern, Shape, ViolationKind, validate};
use crate::internal::InputValidation;

#[track_caller]
fn refusal(shape: &'static Shape, body: &str) -> Option<InvalidInput> {
    let level = InputValidation::AllConstraints;
    let error = validate(level, "Op", shape, body.as_bytes()).err()?;
    let error = error.downcast::<InvalidInput>();
    Some(*error.unwrap_or_else(|error| panic!("{error}")))
}

#[track_caller]
fn told(shape: &'static Shape, body: &str) -> Vec<String> {
    let refusal = refusal(shape, body);
    let violations = refusal.iter().flat_map(|refusal| refusal.violations());
    violations.map(ToString::to_string).collect()
}

static ID: Shape = Shape::Text {
    length: Length::at_most(2),
    pattern: Some(Pattern::new("^[a-z]*$")),
};

static BOX: Shape = Shape::Structure {
    members: &[Member::required("id", &ID)],
};

static BOXES: Shape = Shape::List {
    length: Length::ANY,
    unique: true,
    member: &BOX,
};

#[test]
fn items_that_differ_may_be_null() {
    assert_eq!(told(&BOXES, r#"[null, {"id": "a"}]"#), [""; 0]);
    assert_eq!(
        told(&BOXES, r#"[null, {}, null]"#),
        [
            "`[1].id` is required and not set",
            "`[2]` must differ from the others and is the same as item 0",
        ]
    );
}

#[test]
fn items_that_differ_are_not_rounded() {
    static ITEMS: Shape = Shape::List {
        length: Length::ANY,
        unique: true,
        member: &Shape::Any,
    };
    for [one, other] in [
        ["1700000000.1234567", "1700000000.1234568"],
        ["100000000000000000001", "100000000000000000002"],
        ["0.1", "0.10000000000000000001"],
        ["1e400", "1e401"],
    ] {
        let body =
            format!(r#"[{{"at":{one},"b":[]}},{{"at":{other},"b":[]}},{{"b":[],"at":{one}}}]"#);
        assert_eq!(
            told(&ITEMS, &body),
            ["`[2]` must differ from the others and is the same as item 0"]
        );
    }
}

#[test]
fn each_violation_has_its_kind() {
    let refusal = refusal(&BOXES, r#"[{"id": "ABC"}, {}, {}]"#).expect("a refusal");
    assert_eq!(refusal.operation(), "Op");
    let kinds = refusal.violations().iter().map(|one| one.kind());
    let kinds: Vec<ViolationKind> = kinds.collect();
    assert_eq!(
        kinds,
        [
            ViolationKind::Length,
            ViolationKind::Pattern,
            ViolationKind::Missing,
            ViolationKind::UniqueItems,
            ViolationKind::Missing,
        ]
    );
}

/// The entries of a map are written in another order each time.
#[test]
fn entries_of_maps_are_told_by_their_keys() {
    static MAP: Shape = Shape::Map {
        length: Length::at_most(1),
        key: &ID,
        value: &ID,
    };
    static HIDDEN: Shape = Shape::Sensitive { shape: &MAP };
    let (one, other) = (r#"{"b": "1", "A": "abc"}"#, r#"{"A": "abc", "b": "1"}"#);
    let expected = [
        "`` must have at most 1 entry and has 2",
        "`[\"A\"]` has a key that must match ^[a-z]*$ and is \"A\"",
        "`[\"A\"]` must have at most 2 characters and has 3",
        "`[\"b\"]` must match ^[a-z]*$ and is \"1\"",
    ];
    assert_eq!(told(&MAP, one), expected);
    assert_eq!(told(&MAP, other), expected);
    assert_eq!(told(&HIDDEN, one).len(), 4);
    assert_eq!(told(&HIDDEN, one), told(&HIDDEN, other));
}

#[test]
fn a_pattern_that_the_engine_refuses_keeps_no_call_from_being_made() {
    static TEXT: Shape = Shape::Text {
        length: Length::at_most(2),
        pattern: Some(Pattern::translated(
            "a{4294967295}",
            "(a{1000}){1000}{1000}",
        )),
    };
    for _ in 0..2 {
        assert_eq!(told(&TEXT, r#""b""#), [""; 0]);
    }
    assert_eq!(told(&TEXT, r#""bbb""#).len(), 1);
}
