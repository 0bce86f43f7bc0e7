//! Shapes of a model, as the build script tables them, and values made from them at random.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};
use proptest::{collection, num, option};
use serde_json::{Value, json};

/// What a value is.
#[derive(Debug)]
pub enum Shape {
    /// Some of the members, and all that are required.
    Structure(&'static [Member]),
    /// One of the members.
    Union(&'static [Member]),
    /// Items of one shape.
    List(&'static Shape),
    /// Values of one shape by text.
    Map(&'static Shape),
    /// The values that are known; there may be others.
    Enum(&'static [&'static str]),
    /// Any text; lengths and patterns are for the service to check.
    Text,
    /// Bytes, base64 in JSON.
    Blob,
    /// True or false.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// A double, of which JSON writes NaN and the infinities as text.
    Double,
    /// Seconds since 1970 in JSON.
    Timestamp,
}

/// A member of a structure or a union.
#[derive(Debug)]
pub struct Member {
    /// As the model writes it.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether a client fills it.
    pub token: bool,
    /// Whether the endpoint of the call depends on it.
    pub endpoint: bool,
    /// Whether it is secret, with all that is in it.
    pub sensitive: bool,
    /// What it holds.
    pub target: &'static Shape,
}

/// How deep collections and structures lie within each other where shapes allow any depth.
pub(crate) const DEPTH: usize = 8;

impl Shape {
    /// Values in the JSON of the protocol, as an application could set them.
    pub fn values(&'static self) -> BoxedStrategy<Value> {
        self.values_within(DEPTH)
    }

    fn values_within(&'static self, depth: usize) -> BoxedStrategy<Value> {
        let inner = depth.saturating_sub(1);
        match self {
            Shape::Structure(members) => {
                let members = members
                    .iter()
                    .filter(|m| m.required || m.target.fits(depth));
                let members: Vec<_> = members.map(|member| member.values(inner)).collect();
                let object =
                    |members: Vec<_>| Value::Object(members.into_iter().flatten().collect());
                members.prop_map(object).boxed()
            }
            Shape::Union(members) => {
                let members = members.iter().filter(|member| member.target.fits(depth));
                let one = |member: &'static Member| {
                    let value = member.target.values_within(inner);
                    value
                        .prop_map(|value| json!({ member.name: value }))
                        .boxed()
                };
                Union::new(members.map(one)).boxed()
            }
            Shape::List(item) => collection::vec(item.values_within(inner), 0..4)
                .prop_map(Value::Array)
                .boxed(),
            Shape::Map(value) => collection::vec((texts(), value.values_within(inner)), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect()))
                .boxed(),
            Shape::Enum(known) => prop_oneof![
                3 => select(*known).prop_map(String::from),
                1 => texts(),
            ]
            .prop_map(Value::String)
            .boxed(),
            Shape::Text => texts().prop_map(Value::String).boxed(),
            Shape::Blob => collection::vec(any::<u8>(), 0..10)
                .prop_map(|bytes| json!(aws_smithy_types::base64::encode(bytes)))
                .boxed(),
            Shape::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
            Shape::Integer => integers().prop_map(Value::from).boxed(),
            Shape::Long => longs().prop_map(Value::from).boxed(),
            Shape::Double => doubles(),
            Shape::Timestamp => milliseconds()
                .prop_map(|milliseconds| json!(milliseconds as f64 / 1e3))
                .boxed(),
        }
    }

    /// Whether a value ends within so many steps.
    pub(crate) fn fits(&self, depth: usize) -> bool {
        depth > 0
            || !matches!(
                self,
                Shape::Structure(_) | Shape::Union(_) | Shape::List(_) | Shape::Map(_)
            )
    }
}

impl Member {
    fn values(&'static self, depth: usize) -> BoxedStrategy<Option<(String, Value)>> {
        let value = self.target.values_within(depth);
        let value = if self.endpoint {
            for_endpoint(value, self.required)
        } else {
            value
        };
        let named = value.prop_map(|value| (self.name.to_owned(), value));
        if self.required {
            named.prop_map(Some).boxed()
        } else {
            option::of(named).boxed()
        }
    }
}

/// Values on which the endpoint of a call depends, without those for which there are two answers: the first key of several,
/// as `HashMap` has no first, and blank text that is required, at which the official clients of Rust, and so ours, send
/// nothing where botocore does.
fn for_endpoint(values: BoxedStrategy<Value>, required: bool) -> BoxedStrategy<Value> {
    let one_key = |value| match value {
        Value::Object(entries) => Value::Object(entries.into_iter().take(1).collect()),
        other => other,
    };
    let blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    values
        .prop_map(one_key)
        .prop_filter("blank", move |value| !(required && blank(value)))
        .boxed()
}

/// Text with what needs escapes, what is mistaken for an end of line, and characters of one to four bytes.
pub fn texts() -> BoxedStrategy<String> {
    let odd = "\"\\/\0\u{1}\u{8}\t\n\u{c}\r\u{1f}\u{7f}\u{85}\u{a0}é\u{2028}\u{2029}\u{feff}\u{fffd}\u{ffff}\u{10000}🐎\u{10ffff}";
    let odd: Vec<char> = odd.chars().collect();
    let character = prop_oneof![
        3 => proptest::char::range(' ', '~'),
        2 => select(odd),
        1 => proptest::char::any(),
    ];
    let characters =
        collection::vec(character, 0..12).prop_map(|characters| characters.into_iter().collect());
    prop_oneof![8 => characters, 1 => arns()].boxed()
}

/// Names of resources, as endpoints may depend on the account in them; not all are as they should be.
fn arns() -> BoxedStrategy<String> {
    let partition = select(&["aws", "aws-cn", "aws-us-gov", "mars"][..]);
    let service = select(&["dynamodb", "kms", "secretsmanager", ""][..]);
    let region = select(&["eu-central-1", "us-east-1", "cn-north-1", ""][..]);
    let account = select(&["123456789012", "000000000000", "12", "a.b", ""][..]);
    let resource = select(&["table/orders", "table/orders/index/by-day", "key/1", ""][..]);
    (partition, service, region, account, resource)
        .prop_map(|(partition, service, region, account, resource)| {
            format!("arn:{partition}:{service}:{region}:{account}:{resource}")
        })
        .boxed()
}

pub(crate) fn integers() -> BoxedStrategy<i32> {
    let ends = select(&[0, 1, -1, i32::MIN, i32::MAX][..]);
    prop_oneof![ends, any::<i32>()].boxed()
}

pub(crate) fn longs() -> BoxedStrategy<i64> {
    // Beyond 2^53 a double no longer holds each integer.
    let beyond = (1 << 53) + 1;
    let ends = select(vec![0, -1, i64::MIN, i64::MAX, beyond, -beyond]);
    prop_oneof![ends, any::<i64>()].boxed()
}

fn doubles() -> BoxedStrategy<Value> {
    let ends = [
        0.0,
        -0.0,
        0.1,
        1.0,
        1e16,
        f64::MIN,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::EPSILON,
    ];
    prop_oneof![
        select(ends.to_vec()).prop_map(Value::from),
        num::f64::NORMAL.prop_map(Value::from),
        num::f64::SUBNORMAL.prop_map(Value::from),
        Just(0.0).prop_map(Value::from),
        select(&["NaN", "Infinity", "-Infinity"][..]).prop_map(Value::from),
    ]
    .boxed()
}

/// The years 1 to 9999, as Python has no others; around 1970 more often.
fn milliseconds() -> BoxedStrategy<i64> {
    prop_oneof![
        select(vec![
            0,
            1,
            -1,
            999,
            -999,
            -62_135_596_800_000,
            253_402_300_799_999
        ]),
        -10_000..10_000_i64,
        (1_000_000_000..2_000_000_000_i64).prop_map(|seconds| seconds * 1000),
        -62_135_596_800_000..=253_402_300_799_999_i64,
    ]
    .boxed()
}
