//! Tests of reading JMESPath.

use crate::api::{Comparison, Literal};
use crate::lower::jmespath::{Expression, Step, Term, parse};

fn field(name: &str) -> Step {
    Step::Field(name.to_owned())
}

#[test]
fn paths_are_read() {
    assert_eq!(parse("a").map(|it| it.steps), Ok(vec![field("a")]));
    assert_eq!(
        parse("a.b_2 . c").map(|it| it.steps),
        Ok(vec![field("a"), field("b_2"), field("c")])
    );
    assert_eq!(
        parse("a[].b").map(|it| it.steps),
        Ok(vec![field("a"), Step::Flatten, field("b")])
    );
    assert_eq!(
        parse("\"a b\"[][]").map(|it| it.steps),
        Ok(vec![field("a b"), Step::Flatten, Step::Flatten])
    );
}

#[test]
fn several_values_are_read() {
    let steps = |text: &str| parse(text).map(|it| it.steps);
    assert_eq!(
        steps("keys(a.b)"),
        Ok(vec![field("a"), field("b"), Step::Keys])
    );
    assert_eq!(
        steps("a[*].b.*.c"),
        Ok(vec![
            field("a"),
            Step::Each,
            field("b"),
            Step::Values,
            field("c")
        ])
    );
    let several = ["b", "c"].map(|name| Expression {
        steps: vec![field(name)],
    });
    assert_eq!(
        steps("a[*].[ b , c ][]"),
        Ok(vec![
            field("a"),
            Step::Each,
            Step::Several(several.into()),
            Step::Flatten
        ])
    );
}

#[test]
fn the_rest_is_refused_with_its_place() {
    for (text, position) in [
        ("", "end"),
        ("a.", "end"),
        ("length(a", "end"),
        ("length()", "character 8"),
        ("a[?b", "end"),
        ("a[0:1]", "character 3"),
        ("a == ", "end"),
        ("a == b == c", "character 8"),
        ("!a.b", "end"),
        ("`{}`", "character 2"),
        ("'it\\'s'", "character 2"),
        ("a &&& b", "character 5"),
        ("&a", "character 1"),
        ("2fa", "character 1"),
        ("keys(a", "end"),
        ("a.[b", "end"),
        ("a.[]", "character 4"),
        ("[[[[[[[[[[[[[[[[[a", "character 17"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.contains(position), "{text}: {error}");
    }
}

#[test]
fn an_expression_without_end_is_refused() {
    for part in ["a || ", "a && ", "a.", "a | ", "(", "!"] {
        let error = parse(&part.repeat(100_000)).expect_err(part);
        assert!(
            error.contains("was expected at character"),
            "{part}: {error}"
        );
    }
}

fn read(text: &str) -> Expression {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn operators_bind_as_the_grammar_says() {
    for (text, grouped) in [
        ("a || b && c", Term::Or(read("a"), read("b && c"))),
        ("a && b || c", Term::Or(read("a && b"), read("c"))),
        ("a == b && c", Term::And(read("a == b"), read("c"))),
        (
            "!a == b",
            Term::Compare(Comparison::Equal, read("!a"), read("b")),
        ),
        ("a | b || c", Term::Pipe(read("a"), read("b || c"))),
        (
            "a[].b <= `2`",
            Term::Compare(Comparison::AtMost, read("a[].b"), read("`2`")),
        ),
    ] {
        assert_eq!(read(text), grouped.into(), "{text}");
    }
}

#[test]
fn literals_are_read() {
    for (text, literal) in [
        ("`null`", None),
        ("` true `", Some(Literal::Boolean(true))),
        ("`-3`", Some(Literal::Integer(-3))),
        ("`1.5`", Some(Literal::Float(1.5))),
        ("`\"x\"`", Some(Literal::String("x".to_owned()))),
        ("'a b'", Some(Literal::String("a b".to_owned()))),
    ] {
        assert_eq!(read(text), Term::Literal(literal).into(), "{text}");
    }
}

#[test]
fn filters_and_indices_are_steps() {
    assert_eq!(
        read("a[?b == 'x'][0][-1]").steps,
        [
            field("a"),
            Step::Filter(read("b == 'x'")),
            Step::Index(0),
            Step::Index(-1)
        ]
    );
}
