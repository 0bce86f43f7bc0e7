//! Text of answers made at random: what JSON and the protocol allow, however odd it looks.

use crate::shape::{DEPTH, Member, Shape, integers, longs, texts};
use proptest::collection;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};
use std::fmt::Write;

impl Shape {
    /// Values as a service could write them: members left out, null, or unknown, in any order and with white space; text
    /// with and without escapes; dates with fractions and exponents.
    pub fn answers(&'static self) -> BoxedStrategy<String> {
        self.answers_within(DEPTH)
    }

    fn answers_within(&'static self, depth: usize) -> BoxedStrategy<String> {
        let inner = depth.saturating_sub(1);
        let or_null = |shape: &'static Shape| {
            prop_oneof![9 => shape.answers_within(inner), 1 => null()].boxed()
        };
        match self {
            Shape::Structure(members) => {
                let members = members.iter().filter(|member| member.target.fits(depth));
                let optional = |member: &'static Member| {
                    let member = (Just(member.name), or_null(member.target));
                    proptest::option::weighted(0.8, member)
                };
                let members: Vec<_> = members.map(optional).collect();
                let known = members.prop_map(|members| {
                    let named = |(name, value): (&str, String)| (name.to_owned(), value);
                    members.into_iter().flatten().map(named).collect()
                });
                object(known.boxed())
            }
            Shape::Union(members) => {
                let members = members.iter().filter(|member| member.target.fits(depth));
                let one = |member: &'static Member| {
                    let value = member.target.answers_within(inner);
                    value
                        .prop_map(|value| format!("{{{:?}:{value}}}", member.name))
                        .boxed()
                };
                Union::new(members.map(one)).boxed()
            }
            // No null in lists and maps that are not sparse: the official client ends at it, ours passes over it, as
            // Smithy advises clients.
            Shape::List(item) => (collection::vec(item.answers_within(inner), 0..4), spaces())
                .prop_map(|(items, space)| {
                    format!(
                        "[{space}{}{space}]",
                        items.join(&format!("{space},{space}"))
                    )
                })
                .boxed(),
            // One entry at most, as the order of several is anyone's.
            Shape::Map(value) => proptest::option::of((quoted(), value.answers_within(inner)))
                .prop_map(|entry| match entry {
                    Some((key, value)) => format!("{{{key}:{value}}}"),
                    None => "{}".to_owned(),
                })
                .boxed(),
            Shape::Enum(known) => prop_oneof![
                3 => select(*known).prop_map(|value| format!("{value:?}")),
                1 => quoted(),
            ]
            .boxed(),
            Shape::Text => quoted(),
            Shape::Blob => collection::vec(any::<u8>(), 0..10)
                .prop_map(|bytes| format!("{:?}", aws_smithy_types::base64::encode(bytes)))
                .boxed(),
            Shape::Boolean => any::<bool>().prop_map(|value| value.to_string()).boxed(),
            Shape::Integer => integers().prop_map(|value| value.to_string()).boxed(),
            Shape::Long => longs().prop_map(|value| value.to_string()).boxed(),
            Shape::Double => any::<f64>()
                .prop_filter("JSON has no sign for it", |value| value.is_finite())
                .prop_map(|value| format!("{value:e}"))
                .boxed(),
            Shape::Timestamp => seconds(),
        }
    }
}

/// An object with the members and some that nobody knows, in any order.
pub fn object(members: BoxedStrategy<Vec<(String, String)>>) -> BoxedStrategy<String> {
    let unknown = (
        select(&["Unheard", "\\u0055nheard", "", "__type"][..]),
        unknown(),
    );
    let unknown = collection::vec(unknown, 0..2);
    let all = (members, unknown).prop_map(|(mut members, unknown)| {
        members.extend(
            unknown
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        members
    });
    (all.prop_shuffle(), spaces())
        .prop_map(|(members, space)| {
            let member = |(name, value): &(String, String)| {
                format!("{space}\"{name}\"{space}:{space}{value}{space}")
            };
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        })
        .boxed()
}

/// A text with each character as it is or escaped.
pub fn quoted() -> BoxedStrategy<String> {
    texts().prop_flat_map(escaped).boxed()
}

fn escaped(text: String) -> BoxedStrategy<String> {
    let length = text.chars().count();
    collection::vec(any::<bool>(), length)
        .prop_map(move |chosen| {
            let mut quoted = String::from('"');
            for (character, escape) in text.chars().zip(chosen) {
                if escape || character < ' ' || matches!(character, '"' | '\\') {
                    escape_into(&mut quoted, character);
                } else {
                    quoted.push(character);
                }
            }
            quoted + "\""
        })
        .boxed()
}

fn escape_into(quoted: &mut String, character: char) {
    let short = [
        ('"', '"'),
        ('\\', '\\'),
        ('/', '/'),
        ('\n', 'n'),
        ('\u{8}', 'b'),
        ('\u{c}', 'f'),
    ];
    if let Some((_, letter)) = short.iter().find(|(escaped, _)| *escaped == character) {
        quoted.extend(['\\', *letter]);
        return;
    }
    for unit in character.encode_utf16(&mut [0; 2]) {
        write!(quoted, "\\u{unit:04x}").expect("a string takes all");
    }
}

fn null() -> BoxedStrategy<String> {
    Just("null".to_owned()).boxed()
}

/// Values of members that nobody knows.
fn unknown() -> BoxedStrategy<String> {
    let odd = [
        "null",
        "[]",
        "{}",
        "-0.0e-0",
        "1E+400",
        "[[],{\"a\":[null]}]",
        "{\"\":{\"\\u0000\":\"\\ud83d\\udc0e\"}}",
        "12345678901234567890123",
        "\"}\"",
        "true",
    ];
    select(odd.to_vec()).prop_map(String::from).boxed()
}

fn spaces() -> BoxedStrategy<&'static str> {
    prop_oneof![3 => Just(""), 1 => Just(" "), 1 => Just("\r\n\t ")].boxed()
}

/// Points in time as JSON writes numbers: whole, with a fraction, with an exponent.
fn seconds() -> BoxedStrategy<String> {
    let whole = prop_oneof![
        select(vec![0, 1, -1, -62_135_596_800, 253_402_300_799]),
        1_000_000_000..2_000_000_000_i64,
        -62_135_596_800..=253_402_300_799_i64,
    ];
    let fraction = select(
        &[
            "",
            ".0",
            ".5",
            ".25",
            ".001",
            ".000001",
            ".123456",
            ".999999999",
        ][..],
    );
    let form = select(&[Form::Plain, Form::Small, Form::Capital, Form::Signed][..]);
    (whole, fraction, form)
        .prop_map(|(whole, fraction, form)| {
            let plain = format!("{whole}{fraction}");
            let value: f64 = plain.parse().expect("a number");
            match form {
                Form::Plain => plain,
                Form::Small => format!("{value:e}"),
                Form::Capital => format!("{value:E}"),
                Form::Signed => format!("{value:e}").replace('e', "e+").replace("+-", "-"),
            }
        })
        .boxed()
}

/// How a number is written.
#[derive(Debug, Clone, Copy)]
enum Form {
    Plain,
    /// `1.5e9`
    Small,
    /// `1.5E9`
    Capital,
    /// `1.5e+9`
    Signed,
}
