//! The module `types`: structs, enums, unions, and the errors.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::record::{self, About, Records, compare_about};
use super::rust;
use super::side::{Shapes, Side, Spot, subject};
use crate::api::{Enumeration, Fault, RetryKind, Type, Union, Variant};
use crate::model::{Member, Shape};

/// Compares the types.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    for joined in join(&old.api.types, &new.api.types, |ty: &Type| {
        ty.name().clone()
    }) {
        let name = match joined {
            Joined::Old(ty) | Joined::New(ty) | Joined::Both(_, ty) => ty.name(),
        };
        let shapes = [old.shape_of_type(name), new.shape_of_type(name)];
        let subject = subject(format!("types::{name}"), (old, new), shapes);
        match joined {
            Joined::Old(ty) => {
                let sentence = format!("The {} is gone.", what(ty));
                found.push(Kind::Removed, &subject, sentence);
            }
            Joined::New(ty) => {
                found.push(Kind::Added, &subject, format!("A new {}.", what(ty)));
            }
            Joined::Both(Type::Record(one), Type::Record(other)) => {
                let records = Records {
                    sides: (old, new),
                    shapes,
                    old: one,
                    new: other,
                    builders: "types::builders",
                    is_input: false,
                };
                record::compare(found, &subject, records);
            }
            Joined::Both(Type::Enumeration(one), Type::Enumeration(other)) => {
                enumeration(found, &subject, (one, other), (old, new));
            }
            Joined::Both(Type::Union(one), Type::Union(other)) => {
                union(found, &subject, (one, other), (old, new));
            }
            Joined::Both(one, other) => {
                let sentence = format!("It is {} now, and was {}.", a(other), a(one));
                found.push(Kind::Retyped, &subject, sentence);
            }
        }
    }
}

fn what(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "struct",
        Type::Enumeration(_) => "enum",
        Type::Union(_) => "union",
    }
}

fn a(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "a struct",
        Type::Enumeration(_) => "an enum",
        Type::Union(_) => "a union",
    }
}

fn enumeration(
    found: &mut Found,
    subject: &Subject<'_>,
    (old, new): (&Enumeration, &Enumeration),
    sides: (&Side, &Side),
) {
    fn about(enumeration: &Enumeration) -> About<'_> {
        About {
            doc: &enumeration.doc,
            deprecated: enumeration.deprecated.as_ref(),
            sensitive: enumeration.sensitive,
        }
    }
    compare_about(found, subject, about(old), about(new));
    let key = |variant: &Variant| variant.name.clone();
    let shapes = [
        sides.0.shape_of_type(&old.name),
        sides.1.shape_of_type(&new.name),
    ];
    for joined in join(&old.variants, &new.variants, key) {
        let subject = variant_subject(subject, sides, shapes, joined);
        match joined {
            Joined::Old(_) => found.push(Kind::Removed, &subject, "The value is gone."),
            Joined::New(variant) => {
                let sentence = format!("A new value: {}.", rust::code(&variant.wire));
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(old, new) => both(found, &subject, old, new),
        }
    }
}

fn union(
    found: &mut Found,
    subject: &Subject<'_>,
    (old, new): (&Union, &Union),
    sides: (&Side, &Side),
) {
    fn about(union: &Union) -> About<'_> {
        About {
            doc: &union.doc,
            deprecated: union.deprecated.as_ref(),
            sensitive: union.sensitive,
        }
    }
    compare_about(found, subject, about(old), about(new));
    let held = |variant: &Variant| match &variant.ty {
        Some(ty) => format!("`{}`", rust::owned(ty)),
        None => "nothing".to_owned(),
    };
    let key = |variant: &Variant| variant.name.clone();
    let shapes = [
        sides.0.shape_of_type(&old.name),
        sides.1.shape_of_type(&new.name),
    ];
    for joined in join(&old.variants, &new.variants, key) {
        let subject = variant_subject(subject, sides, shapes, joined);
        match joined {
            Joined::Old(_) => found.push(Kind::Removed, &subject, "The variant is gone."),
            Joined::New(variant) => {
                let sentence = format!("A new variant, which holds {}.", held(variant));
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(old, new) => {
                if held(old) != held(new) {
                    let sentence = format!("It holds {}, and held {}.", held(new), held(old));
                    found.push(Kind::Retyped, &subject, sentence);
                }
                if old.snake != new.snake {
                    let (new, old) = (&new.snake, &old.snake);
                    let sentence = format!("It is asked for by `is_{new}`, and was by `is_{old}`.");
                    found.push(Kind::Retyped, &subject, sentence);
                }
                record::timestamps(found, &subject, (old.ty.as_ref(), new.ty.as_ref()));
                both(found, &subject, old, new);
            }
        }
    }
}

/// The path of a variant, and the members that it is made from.
fn variant_subject<'m>(
    subject: &Subject<'m>,
    (old, new): (&'m Side, &'m Side),
    [old_shape, new_shape]: Shapes<'m>,
    joined: Joined<&Variant>,
) -> Subject<'m> {
    let (before, after) = match joined {
        Joined::Old(variant) => (Some(variant), None),
        Joined::Both(old, new) => (Some(old), Some(new)),
        Joined::New(variant) => (None, Some(variant)),
    };
    let name = after.or(before).map_or("", |variant| variant.name.as_str());
    let spot = |side: &'m Side, shape: Option<&'m Shape>, variant: Option<&Variant>| {
        variant_spot(side, shape?, variant?)
    };
    let subject = subject.inside(name);
    Subject {
        old: spot(old, old_shape, before).or(subject.old),
        new: spot(new, new_shape, after).or(subject.new),
        ..subject
    }
}

/// The member that a variant is made from; where values stand in a trait, as in Smithy 1.0, that trait.
fn variant_spot<'m>(side: &'m Side, shape: &'m Shape, variant: &Variant) -> Option<Spot<'m>> {
    let is_it = |member: &&Member| {
        let text = member.traits.str("smithy.api#enumValue");
        text.unwrap_or(member.name()) == variant.wire
    };
    match shape.members().find(is_it) {
        Some(member) => Some(side.member_spot(member)),
        None => Some(side.spot(shape).at("smithy.api#enum")),
    }
}

/// What values of enums and variants of unions have in common.
fn both(found: &mut Found, subject: &Subject<'_>, old: &Variant, new: &Variant) {
    if old.wire != new.wire {
        let (new, old) = (rust::code(&new.wire), rust::code(&old.wire));
        let sentence = format!("It is {new} on the wire, and was {old}.");
        found.push(Kind::Wire, subject, sentence);
    }
    fn about(variant: &Variant) -> About<'_> {
        About {
            doc: &variant.doc,
            deprecated: variant.deprecated.as_ref(),
            sensitive: variant.sensitive,
        }
    }
    compare_about(found, subject, about(old), about(new));
}

/// Compares the errors.
pub(super) fn compare_faults(found: &mut Found, old: &Side, new: &Side) {
    let key = |fault: &Fault| fault.record.name.clone();
    for joined in join(&old.api.faults, &new.api.faults, key) {
        let fault = match joined {
            Joined::Old(fault) | Joined::New(fault) | Joined::Both(_, fault) => fault,
        };
        let name = &fault.record.name;
        let shapes = [old.shape_of_fault(name), new.shape_of_fault(name)];
        let subject = subject(format!("types::error::{name}"), (old, new), shapes);
        match joined {
            Joined::Old(_) => found.push(Kind::Removed, &subject, "The error is gone."),
            Joined::New(_) => found.push(Kind::Added, &subject, "A new error."),
            Joined::Both(before, after) => {
                let records = Records {
                    sides: (old, new),
                    shapes,
                    old: &before.record,
                    new: &after.record,
                    builders: "types::error::builders",
                    is_input: false,
                };
                record::compare(found, &subject, records);
                fault_facts(found, &subject, before, after);
            }
        }
    }
}

fn fault_facts(found: &mut Found, subject: &Subject<'_>, old: &Fault, new: &Fault) {
    if old.code != new.code {
        let (new, old) = (rust::code(&new.code), rust::code(&old.code));
        let sentence = format!("Its code on the wire is {new}, and was {old}.");
        found.push(Kind::Wire, subject, sentence);
    }
    if old.retryable != new.retryable {
        let sentence = match new.retryable {
            None => "It is not retried any more.",
            Some(RetryKind::Throttling) => "It is retried now, as throttling.",
            Some(RetryKind::Server) => "It is retried now, as a fault of the service.",
            Some(RetryKind::Client) => "It is retried now, as a fault of the caller that may pass.",
        };
        found.push_at("smithy.api#retryable", Kind::Retry, subject, sentence);
    }
}
