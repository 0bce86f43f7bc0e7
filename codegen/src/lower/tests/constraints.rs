//! Tests of what is asked of inputs: whose tables there are, and what is left out with a word about it.

use super::{lower_all, model_of, try_lower};
use crate::api::{Constraint, Constraints, Table};

fn constraints(shapes: &str) -> Constraints {
    let constraints = lower_all(model_of(shapes)).constraints;
    constraints.unwrap_or_else(|| panic!("no constraints"))
}

fn table<'a>(constraints: &'a Constraints, name: &str) -> &'a Table {
    let mut tables = constraints.tables.iter();
    let found = tables.find(|table| table.name.as_str() == name);
    found.unwrap_or_else(|| panic!("no {name} among {:?}", names(constraints)))
}

fn names(constraints: &Constraints) -> Vec<&str> {
    let tables = constraints.tables.iter();
    tables.map(|table| table.name.as_str()).collect()
}

#[test]
fn nothing_is_printed_where_nothing_is_asked() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}, "it": {"target": "x#Shape"}}}"#,
    );
    assert!(constraints.tables.is_empty() && constraints.inputs.is_empty());
}

/// A static that nothing names would be warned of.
#[test]
fn what_is_only_sensitive_has_no_table() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {"a": {"target": "x#Secret"}, "b": {"target": "x#Hidden"}}},
        "x#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
        "x#Hidden": {"type": "structure", "members": {"a": {"target": "x#Secret"}}, "traits": {"smithy.api#sensitive": {}}}"#,
    );
    assert!(constraints.tables.is_empty(), "{:?}", names(&constraints));
}

/// As for `Debug`: entries tell of each other.
#[test]
fn a_collection_is_as_secret_as_what_it_holds() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {"a": {"target": "x#ByKey"}, "b": {"target": "x#ByValue"}, "c": {"target": "x#Lists"}}},
        "x#ByKey": {"type": "map", "key": {"target": "x#Secret"}, "value": {"target": "x#Id"}},
        "x#ByValue": {"type": "map", "key": {"target": "x#Id"}, "value": {"target": "smithy.api#String", "traits": {"smithy.api#sensitive": {}}}},
        "x#Lists": {"type": "list", "member": {"target": "x#ByKey"}},
        "x#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
        "x#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1}}}"#,
    );
    for (name, sensitive) in [
        ("BY_KEY", true),
        ("BY_VALUE", true),
        ("LISTS", true),
        ("ID", false),
        ("SHAPE", false),
    ] {
        assert_eq!(table(&constraints, name).sensitive, sensitive, "{name}");
    }
}

/// Lowering reads no other, and so nothing that is meant as a bound gets lost.
#[test]
fn a_length_is_a_whole_number_of_64_bits() {
    for bound in ["1e3", "1000.0", "9223372036854775808"] {
        let (api, said) = try_lower(
            model_of(&format!(
                r#""x#Shape": {{"type": "blob", "traits": {{"smithy.api#length": {{"max": {bound}}}}}}}"#
            )),
            &[],
        );
        assert!(api.is_none(), "{bound}");
        let expected = format!("expected a whole number, found `{bound}`");
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn shapes_lead_to_what_they_hold() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {"it": {"target": "x#Shape"}, "all": {"target": "x#All"}}},
        "x#All": {"type": "list", "member": {"target": "x#Id"}},
        "x#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1}}}"#,
    );
    assert_eq!(names(&constraints), ["ALL", "ID", "OP_IN", "SHAPE"]);
    assert_eq!(constraints.inputs.len(), 1);
}

#[test]
fn a_member_takes_the_place_of_its_target_trait_by_trait() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {
            "a": {"target": "x#Id", "traits": {"smithy.api#length": {"max": 5}}},
            "b": {"target": "x#Id"}
        }},
        "x#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1}, "smithy.api#pattern": "^a"}},
        "x#ShapeA": {"type": "string"}"#,
    );
    match &table(&constraints, "SHAPE_A").constraint {
        Constraint::Text {
            length,
            pattern: Some(pattern),
        } => {
            assert_eq!((length.min, length.max), (None, Some(5)));
            assert_eq!(pattern.text, "^a");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pattern_that_cannot_be_checked_is_named() {
    let shapes = r#""x#Shape": {"type": "structure", "members": {"a": {"target": "x#Id"}}},
"x#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1}, "smithy.api#pattern": "^(?!b)a"}}"#;
    let (api, said) = try_lower(model_of(shapes), &[]);
    let constraints = api.and_then(|api| api.constraints).unwrap_or_default();
    let id = table(&constraints, "ID");
    assert_eq!(
        id.doc.lines,
        ["Its pattern is not checked: it looks ahead."]
    );
    assert!(
        matches!(&id.constraint, Constraint::Text { pattern: None, length } if length.min == Some(1))
    );
    for part in [
        "warning[FA0112]",
        "x#Id",
        "x.json:",
        "the pattern `^(?!b)a` is not checked before a call: it looks ahead",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

#[test]
fn enums_are_free() {
    let constraints = constraints(
        r#""x#Shape": {"type": "structure", "members": {"a": {"target": "x#Old"}, "b": {"target": "x#New"}}},
        "x#Old": {"type": "string", "traits": {"smithy.api#enum": [{"value": "a"}], "smithy.api#length": {"max": 1}}},
        "x#New": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}}"#,
    );
    assert!(constraints.tables.is_empty());
}
