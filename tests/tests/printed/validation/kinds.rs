//! Each kind of constraint: what passes, and what is said of the rest.

use super::faults;
use crate::depot::primitives::{BigDecimal, Blob};
use crate::depot::types::{Color, Shelf};

#[test]
fn lengths_of_text_are_characters() {
    assert_eq!(faults(|input| input.name("a")), [""; 0]);
    assert_eq!(faults(|input| input.name("äöü🐎\u{10ffff}")), [""; 0]);
    assert_eq!(
        faults(|input| input.name("")),
        ["`name` must have 1 to 5 characters and has 0"]
    );
    assert_eq!(
        faults(|input| input.name("äöü🐎\\\"")),
        ["`name` must have 1 to 5 characters and has 6"]
    );
}

#[test]
fn a_member_can_ask_for_more_than_its_target() {
    assert_eq!(
        faults(|input| input.short("")),
        ["`short` must have at most 3 characters and has 0"; 0]
    );
    assert_eq!(
        faults(|input| input.short("abcd").name("abcd")),
        ["`short` must have at most 3 characters and has 4"]
    );
}

#[test]
fn patterns_need_not_match_the_whole() {
    assert_eq!(faults(|input| input.code("-X12-")), [""; 0]);
    // Digits of other scripts are none.
    assert_eq!(
        faults(|input| input.code("X\u{663}")),
        ["`code` must match [A-Z]\\d+ and is \"X\u{663}\""]
    );
    assert_eq!(faults(|input| input.title("Ämter und 東")), [""; 0]);
    let long = "x1".repeat(40);
    assert_eq!(
        faults(|input| input.title(&long)),
        [format!(
            "`title` must match ^[\\p{{L}}\\u0020-]*$ and is {:?}…",
            &long[..64]
        )]
    );
}

#[test]
fn what_a_large_pattern_counts_is_counted() {
    assert_eq!(faults(|input| input.essay("é".repeat(1024))), [""; 0]);
    assert_eq!(
        faults(|input| input.essay("é".repeat(1025))),
        ["`essay` must have 2 to 1024 characters and has 1025"]
    );
    let told = faults(|input| input.essay("a\u{1}"));
    assert!(told[0].starts_with("`essay` must match ^("), "{told:?}");
}

#[test]
fn lengths_of_blobs_are_bytes() {
    for length in 0..7 {
        let told = faults(|input| input.bytes(Blob::new(vec![255; length])));
        if (2..=4).contains(&length) {
            assert_eq!(told, [""; 0]);
        } else {
            let expected = format!("`bytes` must have 2 to 4 bytes and has {length}");
            assert_eq!(told, [expected]);
        }
    }
}

#[test]
fn ranges_are_exact() {
    assert_eq!(
        faults(|input| input.size(1).weight(0.1).grams(1000.0)),
        [""; 0]
    );
    assert_eq!(
        faults(|input| input.size(11)),
        ["`size` must be 1 to 10 and is 11"]
    );
    assert_eq!(
        faults(|input| input.weight(0.099)),
        ["`weight` must be 0.1 to 0.3 and is 0.099"]
    );
    for (grams, shown) in [
        (-0.5000001, "-0.5000001"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        let expected = format!("`grams` must be -0.5 to 1e3 and is {shown}");
        assert_eq!(faults(|input| input.grams(grams)), [expected]);
    }
    // On the wire it is a little more.
    assert_eq!(faults(|input| input.weight(0.3)), [""; 0]);
    // A float would not tell it from its bound.
    assert_eq!(
        faults(|input| input.distance(9_007_199_254_740_992)),
        [""; 0]
    );
    assert_eq!(
        faults(|input| input.distance(9_007_199_254_740_993)),
        ["`distance` must be at most 9007199254740992 and is 9007199254740993"]
    );
    let price = |text: &str| text.parse::<BigDecimal>().expect("a number");
    assert_eq!(
        faults(|input| input.price(price("100000000000000000000.5"))),
        [""; 0]
    );
    assert_eq!(
        faults(|input| input.price(price("100000000000000000000.51"))),
        ["`price` must be 0.1 to 100000000000000000000.5 and is 100000000000000000000.51"]
    );
}

#[test]
fn any_value_of_an_enum_passes() {
    assert_eq!(faults(|input| input.color(Color::from("mauve"))), [""; 0]);
}

#[test]
fn items_differ() {
    assert_eq!(
        faults(|input| input.colors(Color::Red).colors(Color::from("x"))),
        [""; 0]
    );
    assert_eq!(
        faults(|input| input
            .colors(Color::Red)
            .colors(Color::from("x"))
            .colors(Color::Red)),
        [
            "`colors` must have at most 2 entries and has 3",
            "`colors[2]` must differ from the others and is the same as item 0",
        ]
    );
}

/// The entries of a map have no order, and are written in another one each time.
#[test]
fn items_with_maps_in_them_differ_by_their_entries() {
    let shelf = |row, last: &str| {
        let shelf = (0..8).fold(Shelf::builder().row(row), |shelf, at| {
            shelf.marks(format!("mark {at}"), "x")
        });
        shelf.marks("last", last).build()
    };
    let told = faults(|input| {
        let input = input.shelves(shelf(1, "a")).shelves(shelf(2, "a"));
        input.shelves(shelf(1, "b")).shelves(shelf(1, "a"))
    });
    assert_eq!(
        told,
        ["`shelves[3]` must differ from the others and is the same as item 0"]
    );
}

#[test]
fn sparse_lists_may_have_holes() {
    assert_eq!(faults(|input| input.holes(None).holes(Some(1))), [""; 0]);
    assert_eq!(
        faults(|input| input.holes(None).holes(Some(0))),
        ["`holes[1]` must be 1 to 10 and is 0"]
    );
    assert_eq!(
        faults(|input| input.set_holes(Some(Vec::new()))),
        ["`holes` must have at least 1 entry and has 0"]
    );
}

#[test]
fn maps_have_keys_values_and_a_size() {
    assert_eq!(faults(|input| input.labels("a", "b")), [""; 0]);
    assert_eq!(
        faults(|input| input.labels("A\"", "too long")),
        [
            "`labels[\"A\\\"\"]` has a key that must match ^[a-z]+$ and is \"A\\\"\"",
            "`labels[\"A\\\"\"]` must have 1 to 5 characters and has 8",
        ]
    );
    assert_eq!(
        faults(|input| input.labels("a", "b").labels("b", "b").labels("c", "b")),
        ["`labels` must have at most 2 entries and has 3"]
    );
}
