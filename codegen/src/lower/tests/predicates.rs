//! Tests of the conditions of waiters: what they become, and what has no type.

use super::{faults_of, lower_all, model};
use crate::api::{Acceptor, Comparison, Items, Number, Operand, OutputTest, Predicate};
use crate::model::Source;

/// A waiter with one matcher, whose path is this.
fn waiter(matcher: &str, path: &str, comparator: &str) -> Vec<Source> {
    let shapes = format!(
        r#"
"x#Op": {{"type": "operation", "input": {{"target": "x#In"}}, "output": {{"target": "x#Out"}}, "traits": {{
    "smithy.waiters#waitable": {{"Done": {{"acceptors": [{{"state": "success", "matcher": {{"{matcher}":
        {{"path": "{path}", "expected": "true", "comparator": "{comparator}"}}}}}}]}}}}}}}},
"x#In": {{"type": "structure", "members": {{"text": {{"target": "smithy.api#String"}}}}}},
"x#Out": {{"type": "structure", "members": {{
    "text": {{"target": "smithy.api#String"}},
    "flag": {{"target": "smithy.api#Boolean"}},
    "long": {{"target": "smithy.api#Long"}},
    "float": {{"target": "smithy.api#Float"}},
    "blob": {{"target": "smithy.api#Blob"}},
    "items": {{"target": "x#Items"}},
    "holes": {{"target": "x#Holes"}},
    "map": {{"target": "x#Map"}}
}}}},
"x#Items": {{"type": "list", "member": {{"target": "x#Item"}}}},
"x#Holes": {{"type": "list", "member": {{"target": "smithy.api#String"}}, "traits": {{"smithy.api#sparse": {{}}}}}},
"x#Map": {{"type": "map", "key": {{"target": "smithy.api#String"}}, "value": {{"target": "x#Item"}}}},
"x#Item": {{"type": "structure", "members": {{
    "name": {{"target": "smithy.api#String"}},
    "inner": {{"target": "x#Items"}}
}}}}"#
    );
    model(&["Op"], &shapes)
}

fn condition(path: &str) -> Predicate {
    let api = lower_all(waiter("output", path, "booleanEquals"));
    let waiters = &api.operation("Op").waiters;
    match waiters[0].acceptors.as_slice() {
        [Acceptor::Output(OutputTest::Holds(condition), _)] => condition.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_of_two_types_meet_in_a_third() {
    let casts = |path: &str| match condition(path) {
        Predicate::Compare(_, left, right) => [left, right].map(|side| match side {
            Operand::Cast(_, number) => Some(number),
            _ => None,
        }),
        other => panic!("{other:?}"),
    };
    assert_eq!(casts("length(items) < long"), [Some(Number::Long), None]);
    assert_eq!(casts("long < float"), [Some(Number::Double); 2]);
    assert_eq!(casts("long < long"), [None, None]);
    assert_eq!(casts("long < `1.5`"), [Some(Number::Double), None]);
    // `usize` is never less than 0, of which rustc warns.
    let none = "length(items[?name == 'x']) >= `0`";
    assert_eq!(casts(none), [Some(Number::Long), None]);
}

#[test]
fn a_literal_stands_on_the_right() {
    let Predicate::Compare(comparison, Operand::Field { .. }, Operand::Literal(_)) =
        condition("`3` < long")
    else {
        panic!()
    };
    assert_eq!(comparison, Comparison::More);
}

#[test]
fn a_length_and_nothing_is_no_comparison() {
    assert!(matches!(
        condition("length(items) > `0`"),
        Predicate::Filled(_)
    ));
    assert!(matches!(
        condition("length(text) == `0`"),
        Predicate::Empty(_)
    ));
    assert!(matches!(
        condition("length(items[].name) > `2`"),
        Predicate::Compare(_, Operand::Count(_), _)
    ));
}

#[test]
fn not_stands_at_what_is_asked_alone() {
    let Predicate::And(left, right) = condition("!(flag || text == 'x')") else {
        panic!()
    };
    assert!(matches!(*left, Predicate::Not(_)), "{left:?}");
    assert!(matches!(*right, Predicate::Not(_)), "{right:?}");
}

#[test]
fn a_list_in_a_list_is_one_list() {
    let Predicate::Any(Items::FlatMap(..), _) = condition("contains(items[].inner[].name, 'x')")
    else {
        panic!()
    };
}

#[test]
fn what_has_no_type_is_refused_with_its_path() {
    for (path, expected) in [
        ("text == `1`", "a string is compared with a number"),
        (
            "text < 'x'",
            "a string is compared with a string, or in an order",
        ),
        ("`1` == `2`", "it compares two literals"),
        ("length(flag) == `1`", "the length of a boolean"),
        ("contains(long, `1`)", "it leads to a number"),
        ("contains(text)", "the arguments of `contains`"),
        (
            "sort_by(items, &name)",
            "a name was expected at character 16",
        ),
        ("max(items) == `1`", "the function `max` is not handled"),
        ("items[?nothing]", "`Item` has no member `nothing`"),
        ("items[?name == 'x']", "it leads to a list"),
        ("items[].inner[?name == 'x']", "`[]` makes one of them"),
        ("long || flag", "what may be of several types"),
        (
            "length(holes[?@ == 'x']) == `1`",
            "follows a list, which is no list without nulls",
        ),
        ("(items[])[0]", "a name or an index follows a list"),
        ("items[].[name, inner]", "`[]` follows it"),
        ("blob == 'x'", "a blob is compared with a string"),
        ("map[?name == 'x']", "follows a map"),
        ("text.name == 'x'", "`name` is asked of a string"),
    ] {
        let faults = faults_of(waiter("output", path, "booleanEquals"), &[]);
        assert!(
            faults.contains(expected) && faults.contains(&format!("the path `{path}`")),
            "{path}: {faults}"
        );
    }
}
