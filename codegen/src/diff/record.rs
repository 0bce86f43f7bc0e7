//! Structs: their fields, their builders.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::rust;
use super::side::{Shapes, Side, Spot};
use crate::api::{Doc, Field, Literal, Presence, Record, TimestampFormat, Ty};
use crate::model::{Member, Shape};

/// The trait of documentation.
const DOCUMENTATION: &str = "smithy.api#documentation";
/// The trait of what is not to be used any more.
const DEPRECATED: &str = "smithy.api#deprecated";
/// The trait of values that must not be seen.
const SENSITIVE: &str = "smithy.api#sensitive";

/// What is said of an item besides what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) doc: &'a Doc,
    pub(super) deprecated: Option<&'a String>,
    pub(super) sensitive: bool,
}

impl<'a> About<'a> {
    fn of_record(record: &'a Record) -> About<'a> {
        About {
            doc: &record.doc,
            deprecated: record.deprecated.as_ref(),
            sensitive: record.sensitive,
        }
    }

    fn of_field(field: &'a Field) -> About<'a> {
        About {
            doc: &field.doc,
            deprecated: field.deprecated.as_ref(),
            sensitive: field.sensitive,
        }
    }
}

/// Documentation, deprecation, and what `Debug` hides.
pub(super) fn compare_about(
    found: &mut Found,
    subject: &Subject<'_>,
    old: About<'_>,
    new: About<'_>,
) {
    let reason = |text: &String| match text.as_str() {
        "" => String::new(),
        text => format!(": {}", rust::code(text)),
    };
    match (old.deprecated, new.deprecated) {
        (None, Some(text)) => {
            let sentence = format!("It is deprecated now{}.", reason(text));
            found.push_at(DEPRECATED, Kind::Deprecated, subject, sentence);
        }
        (Some(_), None) => {
            let sentence = "It is no longer deprecated.";
            found.push_at(DEPRECATED, Kind::Undeprecated, subject, sentence);
        }
        (Some(old), Some(new)) if old != new => {
            let sentence = format!("It is deprecated for another reason{}.", reason(new));
            found.push_at(DEPRECATED, Kind::Undeprecated, subject, sentence);
        }
        _ => {}
    }
    if old.sensitive != new.sensitive {
        let sentence = match new.sensitive {
            true => "Its value is sensitive, and `Debug` hides it now.",
            false => "Its value is no longer sensitive, and `Debug` shows it now.",
        };
        found.push_at(SENSITIVE, Kind::Sensitivity, subject, sentence);
    }
    if old.doc != new.doc {
        let sentence = "Its documentation has changed.";
        found.push_at(DOCUMENTATION, Kind::Documentation, subject, sentence);
    }
}

/// A struct on both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Records<'a> {
    pub(super) sides: (&'a Side, &'a Side),
    pub(super) shapes: Shapes<'a>,
    pub(super) old: &'a Record,
    pub(super) new: &'a Record,
    /// The module of the builder, such as `types::builders`.
    pub(super) builders: &'a str,
    /// Whether it is the input of an operation, whose builder returns a `Result` in any case.
    pub(super) is_input: bool,
}

/// Compares what is in a struct; that it is there on both sides, and under the same name, is known.
pub(super) fn compare(found: &mut Found, subject: &Subject<'_>, records: Records<'_>) {
    let Records {
        old, new, builders, ..
    } = records;
    compare_about(found, subject, About::of_record(old), About::of_record(new));
    let builder = |record: &Record| format!("{builders}::{}", record.builder);
    found.renamed(subject, builder(old), builder(new));
    let key = |field: &Field| field.name.clone();
    for joined in join(&old.fields, &new.fields, key) {
        field(found, subject, &records, joined);
    }
    if !records.is_input && old.fallible() != new.fallible() {
        let sentence = match new.fallible() {
            true => format!(
                "It returns a `Result` now, as nothing can be built without {}.",
                rust::demanded(new)
            ),
            false => "It cannot fail any more, and returns no `Result`.".to_owned(),
        };
        let build = subject.called(format!("{}::build", builder(new)));
        found.push(Kind::Retyped, &build, sentence);
    }
}

/// The member that a field is from.
fn member_of<'m>(shape: Option<&'m Shape>, field: &Field) -> Option<&'m Member> {
    let mut members = shape?.members();
    members.find(|member| member.name() == field.wire)
}

/// Where a field is from: the member, or the struct where the model has none.
fn spot<'m>(side: &'m Side, shape: Option<&'m Shape>, field: &Field) -> Option<Spot<'m>> {
    let member = member_of(shape, field).map(|member| side.member_spot(member));
    member.or_else(|| Some(side.spot(shape?)))
}

fn field(found: &mut Found, subject: &Subject<'_>, records: &Records<'_>, joined: Joined<&Field>) {
    let (sides, [old_shape, new_shape]) = (records.sides, records.shapes);
    let name = match joined {
        Joined::Old(field) | Joined::New(field) | Joined::Both(_, field) => &field.name,
    };
    let old_spot = |field| spot(sides.0, old_shape, field).or(subject.old);
    let new_spot = |field| spot(sides.1, new_shape, field).or(subject.new);
    let mut subject = subject.inside(name.as_str());
    match joined {
        Joined::Old(field) => {
            subject.old = old_spot(field);
            found.push(Kind::Removed, &subject, "The field is gone.");
        }
        Joined::New(field) => {
            subject.new = new_spot(field);
            let sentence = format!("A new field: `{}`.", rust::field(field));
            found.push(Kind::Added, &subject, sentence);
        }
        Joined::Both(old, new) => {
            (subject.old, subject.new) = (old_spot(old), new_spot(new));
            let (old_type, new_type) = (rust::field(old), rust::field(new));
            if old_type != new_type {
                let sentence = format!("Its type is `{new_type}`, and was `{old_type}`.");
                found.push(Kind::Retyped, &subject, sentence);
            } else {
                default(found, &subject, old, new);
                let members = [member_of(old_shape, old), member_of(new_shape, new)];
                requirement(found, &subject, (old, new), members);
            }
            if (&old.setter, &old.getter) != (&new.setter, &new.getter) {
                let sentence = format!(
                    "The methods of its builder are `{}` and `{}`, and were `{}` and `{}`.",
                    new.setter, new.getter, old.setter, old.getter
                );
                found.push(Kind::Retyped, &subject, sentence);
            }
            wire(found, &subject, old, new);
            compare_about(found, &subject, About::of_field(old), About::of_field(new));
        }
    }
}

/// What stands for the field when it is not set, where it is always there.
fn default(found: &mut Found, subject: &Subject<'_>, old: &Field, new: &Field) {
    let sentence = match (&old.presence, &new.presence) {
        (old, new) if old == new => return,
        (_, Presence::Defaulted(value)) => {
            format!("Where it is not set, it is {} now.", literal(value))
        }
        _ => "It has no default any more.".to_owned(),
    };
    found.push_at("smithy.api#default", Kind::Default, subject, sentence);
}

fn literal(literal: &Literal) -> String {
    let text = match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Timestamp(seconds, nanos) => format!("{seconds}.{nanos:09}"),
        Literal::String(text) => return rust::code(&format!("{text:?}")),
        Literal::Blob(bytes) => return format!("a blob of {} bytes", bytes.len()),
        Literal::EmptyList => "[]".to_owned(),
        Literal::EmptyMap => "{}".to_owned(),
    };
    format!("`{text}`")
}

/// What is no part of the type: whether it has to be set, and who sets it.
fn requirement(
    found: &mut Found,
    subject: &Subject<'_>,
    (old, new): (&Field, &Field),
    members: [Option<&Member>; 2],
) {
    let [had_default, has_default] = members.map(|member| member.is_some_and(has_default));
    if old.optional() && old.required && new.required && had_default != has_default {
        let sentence = match has_default {
            true => "Callers need not set it any more, as there is a default.",
            false => "Callers have to set it, as there is no default any more.",
        };
        found.push_at("smithy.api#default", Kind::Default, subject, sentence);
    }
    if old.optional() && old.required != new.required {
        let sentence = match new.required {
            true => "The model requires it now.",
            false => "The model does not require it any more.",
        };
        found.push_at("smithy.api#required", Kind::Requirement, subject, sentence);
    }
    if old.idempotency_token != new.idempotency_token {
        let sentence = match new.idempotency_token {
            true => "Where it is not set, it is filled with a fresh token now.",
            false => "It is not filled with a token any more.",
        };
        found.push_at(
            "smithy.api#idempotencyToken",
            Kind::Requirement,
            subject,
            sentence,
        );
    }
}

fn has_default(member: &Member) -> bool {
    let default = member.traits.get("smithy.api#default");
    default.is_some_and(|default| !default.is_null())
}

/// How it is written and read.
fn wire(found: &mut Found, subject: &Subject<'_>, old: &Field, new: &Field) {
    if old.wire != new.wire {
        let sentence = format!(
            "It is {} on the wire, and was {}.",
            rust::code(&new.wire),
            rust::code(&old.wire)
        );
        found.push(Kind::Wire, subject, sentence);
    }
    timestamps(found, subject, (Some(&old.ty), Some(&new.ty)));
}

/// How points in time are written.
pub(super) fn timestamps(
    found: &mut Found,
    subject: &Subject<'_>,
    (old, new): (Option<&Ty>, Option<&Ty>),
) {
    let format_of = |ty: Option<&Ty>| ty.and_then(rust::timestamp_format);
    if let (Some(old), Some(new)) = (format_of(old), format_of(new))
        && old != new
    {
        let sentence = format!(
            "It is {} on the wire, and was {}.",
            format(new),
            format(old)
        );
        found.push_at("smithy.api#timestampFormat", Kind::Wire, subject, sentence);
    }
}

fn format(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::EpochSeconds => "seconds since 1970",
        TimestampFormat::DateTime => "a date of RFC 3339",
        TimestampFormat::HttpDate => "a date of HTTP",
    }
}
