//! One shape and its mixins made into one shape.

use std::collections::{HashMap, HashSet};

use super::super::draft::{Draft, Reporter};
use super::super::id::ShapeId;
use super::super::node::Node;
use super::super::shape::{Member, Operation, Reference, Resource, Service, Shape, ShapeKind};
use super::super::traits::Traits;
use crate::diagnostic::Code;
use crate::list::List as _;

/// A shape with all that its mixins, flat themselves, have.
pub(super) fn flat(shape: &Shape, draft: &Draft, reporter: &mut Reporter<'_>) -> Shape {
    let mixins: Vec<&Shape> = shape
        .mixins
        .iter()
        .filter_map(|mixin| draft.shape(&mixin.id))
        .list();
    let mut traits = Traits::default();
    for mixin in &mixins {
        inherit_traits(&mut traits, mixin);
    }
    for own in shape.traits.iter() {
        traits.set(own.clone());
    }
    let kind = match &shape.kind {
        ShapeKind::Structure { .. } => ShapeKind::Structure {
            members: members(shape, &mixins, reporter),
        },
        ShapeKind::Union { .. } => ShapeKind::Union {
            members: members(shape, &mixins, reporter),
        },
        ShapeKind::Enum { .. } => ShapeKind::Enum {
            members: members(shape, &mixins, reporter),
        },
        ShapeKind::IntEnum { .. } => ShapeKind::IntEnum {
            members: members(shape, &mixins, reporter),
        },
        ShapeKind::List { member } => match &members(shape, &mixins, reporter)[..] {
            [merged] => ShapeKind::List {
                member: merged.clone(),
            },
            _ => ShapeKind::List {
                member: member.clone(),
            },
        },
        ShapeKind::Map { key, value } => match &members(shape, &mixins, reporter)[..] {
            [key, value] => ShapeKind::Map {
                key: key.clone(),
                value: value.clone(),
            },
            _ => ShapeKind::Map {
                key: key.clone(),
                value: value.clone(),
            },
        },
        ShapeKind::Service(own) => ShapeKind::Service(Box::new(service(own, &mixins))),
        ShapeKind::Resource(own) => ShapeKind::Resource(Box::new(resource(own, &mixins))),
        ShapeKind::Operation(own) => ShapeKind::Operation(Box::new(operation(own, &mixins))),
        simple => simple.clone(),
    };
    Shape {
        id: shape.id.clone(),
        kind,
        traits,
        mixins: shape.mixins.clone(),
        span: shape.span,
    }
}

/// Takes over the traits of a mixin, those aside that it keeps to itself.
fn inherit_traits(traits: &mut Traits, mixin: &Shape) {
    let local = mixin
        .traits
        .get("smithy.api#mixin")
        .and_then(|value| value.get("localTraits"));
    let local: HashSet<&str> = local
        .and_then(Node::as_array)
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .collect();
    for one in mixin.traits.iter() {
        if one.id != "smithy.api#mixin" && !local.contains(one.id.as_str()) {
            traits.set(one.clone());
        }
    }
}

/// The members of all mixins in their order, then the shape's own; a member that is given again keeps its place.
fn members(shape: &Shape, mixins: &[&Shape], reporter: &mut Reporter<'_>) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for member in mixins
        .iter()
        .copied()
        .chain([shape])
        .flat_map(Shape::members)
    {
        let Some(&at) = index.get(member.name()) else {
            index.insert(member.name().to_owned(), members.len());
            members.push(Member {
                id: shape.id.with_member(member.name()),
                ..member.clone()
            });
            continue;
        };
        let known = &mut members[at];
        if known.is_inherited() {
            known.target = member.target.clone();
        } else if known.target != member.target && !member.is_inherited() {
            let place = reporter.files.place(known.span);
            let message = format!(
                "this member targets `{}`, and the same member from a mixin at {place} targets `{}`",
                member.target.id, known.target.id
            );
            reporter.error(Code::MixinConflict, &known.id, member.span, message);
        }
        for one in member.traits.iter() {
            known.traits.set(one.clone());
        }
        known.span = member.span;
    }
    for member in members.iter().filter(|member| member.is_inherited()) {
        let message = "this member is missing, and no mixin has it".to_owned();
        reporter.error(Code::MissingProperty, &member.id, shape.span, message);
    }
    members
}

fn service(own: &Service, mixins: &[&Shape]) -> Service {
    let mut merged = Service::default();
    for service in mixins
        .iter()
        .filter_map(|mixin| mixin.as_service())
        .chain([own])
    {
        if !service.version.is_empty() {
            merged.version.clone_from(&service.version);
        }
        union(&mut merged.operations, &service.operations);
        union(&mut merged.resources, &service.resources);
        union(&mut merged.errors, &service.errors);
        named_union(&mut merged.rename, &service.rename, |(from, _)| {
            from.id.as_str()
        });
    }
    merged
}

fn resource(own: &Resource, mixins: &[&Shape]) -> Resource {
    let mut merged = Resource::default();
    for one in mixins
        .iter()
        .filter_map(|mixin| mixin.as_resource())
        .chain([own])
    {
        named_union(&mut merged.identifiers, &one.identifiers, |(name, _)| name);
        named_union(&mut merged.properties, &one.properties, |(name, _)| name);
        let lifecycle = merged.lifecycle_mut().into_iter().zip(one.lifecycle());
        lifecycle.for_each(|(merged, own)| *merged = own.clone().or_else(|| merged.take()));
        union(&mut merged.operations, &one.operations);
        union(
            &mut merged.collection_operations,
            &one.collection_operations,
        );
        union(&mut merged.resources, &one.resources);
    }
    merged
}

fn operation(own: &Operation, mixins: &[&Shape]) -> Operation {
    let mut errors = Vec::new();
    for operation in mixins
        .iter()
        .filter_map(|mixin| mixin.as_operation())
        .chain([own])
    {
        union(&mut errors, &operation.errors);
    }
    Operation {
        errors,
        ..own.clone()
    }
}

/// Adds the references that are not there yet.
fn union(known: &mut Vec<Reference>, added: &[Reference]) {
    let mut seen: HashSet<ShapeId> = known.iter().map(|reference| reference.id.clone()).collect();
    known.extend(
        added
            .iter()
            .filter(|reference| seen.insert(reference.id.clone()))
            .cloned(),
    );
}

/// Adds entries by key; a later one takes the place of an earlier one.
fn named_union<T: Clone>(known: &mut Vec<T>, added: &[T], key: impl Fn(&T) -> &str) {
    let mut index: HashMap<String, usize> = known
        .iter()
        .enumerate()
        .map(|(at, entry)| (key(entry).to_owned(), at))
        .collect();
    for entry in added {
        match index.get(key(entry)) {
            Some(&at) => known[at] = entry.clone(),
            None => {
                index.insert(key(entry).to_owned(), known.len());
                known.push(entry.clone());
            }
        }
    }
}
