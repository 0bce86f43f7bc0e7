//! The small parts; verdicts are held against public APIs in `tests/conformance/tests/diff`.

use std::collections::BTreeSet;

use super::join::{Joined, join};
use super::rust::code;
use super::{Kind, Severity};

#[test]
fn what_is_gone_comes_first_and_the_rest_in_the_new_order() {
    let old = ["a", "b", "c", "d"];
    let new = ["d", "x", "b"];
    let joined = join(&old, &new, |name| *name);
    let expected = [
        Joined::Old(&"a"),
        Joined::Old(&"c"),
        Joined::Both(&"d", &"d"),
        Joined::New(&"x"),
        Joined::Both(&"b", &"b"),
    ];
    assert_eq!(joined, expected);
}

#[test]
fn text_of_a_model_stays_code_on_one_line() {
    assert_eq!(code("key"), "`key`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("``"), "``` `` ```");
    assert_eq!(code(""), "`  `");
    assert_eq!(code("a\nb\u{1b}[31m"), "`a\\u{a}b\\u{1b}[31m`");
    assert_eq!(code("a\u{202e}b"), "`a\\u{202e}b`");
    let long = code(&"a".repeat(5000));
    assert_eq!(long, format!("`{}...`", "a".repeat(100)));
}

#[test]
fn kinds_have_names_of_their_own() {
    let names: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    assert_eq!(format!("{:<8}|", Severity::Minor), "minor   |");
    assert!(Severity::Patch < Severity::Minor && Severity::Minor < Severity::Major);
}
