//! Types: structures, unions, enums and errors, with what their members hold.

use super::Cx;
use super::closure::Use;
use super::docs::{self, Place, Subject};
use super::names::{self, TypeNames};
use super::presence::{self, Role};
use super::traits::DEEPEST;
use crate::api::{
    Enumeration, Fault, Field, Presence, Record, RetryKind, TimestampFormat, Ty, Type, TypeKind,
    TypeRef, Union, Variant,
};
use crate::list::List as _;
use crate::model::{Member, Model, Shape, ShapeKind};
use crate::order;

/// The trait of values that must not be seen.
pub(super) const SENSITIVE: &str = "smithy.api#sensitive";

/// Everything that is printed in the module `types`, sorted by name.
pub(super) fn types(cx: &mut Cx<'_, '_>) -> Vec<Type> {
    let shapes: Vec<(&Shape, Use)> = cx.closure.types().list();
    let mut types: Vec<Type> = Vec::new();
    for (shape, way) in shapes {
        let Some(names) = cx.names.of_type(shape).cloned() else {
            continue;
        };
        types.push(match &shape.kind {
            ShapeKind::Structure { .. } => Type::Record(record(cx, shape, names, Role::Value, way)),
            ShapeKind::Union { members } => Type::Union(union(cx, shape, members, names, way)),
            _ => Type::Enumeration(enumeration(cx, shape, names, way)),
        });
    }
    order::sort_by(&mut types, |a, b| a.name().cmp(b.name()));
    types
}

/// The errors, sorted by name.
pub(super) fn faults(cx: &mut Cx<'_, '_>) -> Vec<Fault> {
    let shapes = cx.closure.errors.clone();
    let mut faults: Vec<Fault> = shapes
        .into_iter()
        .filter_map(|shape| fault(cx, shape))
        .list();
    order::sort_by(&mut faults, |a, b| a.record.name.cmp(&b.record.name));
    faults
}

fn fault(cx: &mut Cx<'_, '_>, shape: &Shape) -> Option<Fault> {
    let names = cx.names.of_fault(shape)?.clone();
    let mut record = record(
        cx,
        shape,
        names.names,
        Role::Fault,
        Use {
            written: false,
            read: true,
        },
    );
    let has_message = shape
        .members()
        .any(|member| member.name().eq_ignore_ascii_case("message"));
    if !has_message {
        // Every error has one on the wire, and callers ask for it; the official SDKs add it too.
        record.fields.extend(message(&record));
    }
    let retryable = shape.traits.get("smithy.api#retryable").map(|node| {
        let throttling = node
            .get("throttling")
            .and_then(|node| node.as_bool())
            .unwrap_or_default();
        let error = shape.traits.get("smithy.api#error");
        match error.and_then(|node| node.as_str()) {
            _ if throttling => RetryKind::Throttling,
            Some("server") => RetryKind::Server,
            _ => RetryKind::Client,
        }
    });
    Some(Fault {
        record,
        code: shape.id.name().to_owned(),
        snake: names.snake,
        retryable,
    })
}

/// The field for a message that the model leaves out.
fn message(record: &Record) -> Option<Field> {
    let others = record.fields.iter().map(|field| field.wire.as_str());
    let names = names::fault_fields(others.chain(["message"])).pop()?;
    Some(Field {
        name: names.name,
        setter: names.setter,
        getter: names.getter,
        wire: "message".to_owned(),
        ty: Ty::String,
        presence: Presence::Optional,
        required: false,
        sensitive: false,
        idempotency_token: false,
        doc: docs::line("What the service says about the error."),
        deprecated: None,
    })
}

/// A structure.
pub(super) fn record(
    cx: &mut Cx<'_, '_>,
    shape: &Shape,
    names: TypeNames,
    role: Role,
    way: Use,
) -> Record {
    let place = match role {
        Role::Fault => Place::Errors,
        Role::Value => Place::Type(names.name.plain()),
        Role::Input | Role::Output => Place::Other,
    };
    let members: Vec<&Member> = shape.members().list();
    let wires = members.iter().map(|member| member.name());
    let field_names = match role {
        Role::Fault => names::fault_fields(wires),
        Role::Input | Role::Output | Role::Value => names::fields(wires),
    };
    let mut fields = Vec::with_capacity(members.len());
    for (member, names) in members.into_iter().zip(field_names) {
        fields.push(Field {
            name: names.name,
            setter: names.setter,
            getter: names.getter,
            wire: member.name().to_owned(),
            ty: member_ty(cx, member),
            presence: presence::presence(cx, member, role),
            required: member.traits.has("smithy.api#required"),
            sensitive: is_sensitive(cx.model, member),
            idempotency_token: role == Role::Input
                && member.traits.has("smithy.api#idempotencyToken"),
            doc: cx
                .docs
                .of(&member.traits, Subject::Member(member.name()), place),
            deprecated: docs::deprecated(&member.traits),
        });
    }
    Record {
        doc: cx
            .docs
            .of(&shape.traits, Subject::Structure(shape.id.name()), place),
        deprecated: docs::deprecated(&shape.traits),
        sensitive: shape.traits.has(SENSITIVE),
        written: way.written,
        read: way.read,
        name: names.name,
        builder: names.builder,
        module: names.module,
        fields,
    }
}

fn union(
    cx: &mut Cx<'_, '_>,
    shape: &Shape,
    members: &[Member],
    names: TypeNames,
    way: Use,
) -> Union {
    let place = Place::Type(names.name.plain());
    let (variant_names, unknown) = names::variants(members.iter().map(Member::name));
    let mut variants = Vec::with_capacity(members.len());
    for (member, (name, snake)) in members.iter().zip(variant_names) {
        let target = cx.model.target(&member.target);
        variants.push(Variant {
            name,
            snake,
            wire: member.name().to_owned(),
            ty: (!target.is_unit()).then(|| member_ty(cx, member)),
            doc: cx
                .docs
                .of(&member.traits, Subject::Alternative(member.name()), place),
            deprecated: docs::deprecated(&member.traits),
            sensitive: is_sensitive(cx.model, member),
        });
    }
    Union {
        doc: cx
            .docs
            .of(&shape.traits, Subject::Union(shape.id.name()), place),
        deprecated: docs::deprecated(&shape.traits),
        sensitive: shape.traits.has(SENSITIVE),
        written: way.written,
        read: way.read,
        name: names.name,
        module: names.module,
        variants,
        unknown,
    }
}

fn enumeration(cx: &Cx<'_, '_>, shape: &Shape, names: TypeNames, way: Use) -> Enumeration {
    let place = Place::Type(names.name.plain());
    let values = names::enum_values(shape);
    let (variant_names, unknown) = names::variants(values.iter().map(|value| value.name));
    let variants = values
        .into_iter()
        .zip(variant_names)
        .map(|(value, (name, snake))| Variant {
            name,
            snake,
            wire: value.text.to_owned(),
            ty: None,
            doc: cx.docs.text(value.doc, Subject::Value(value.text), place),
            deprecated: value.deprecated,
            sensitive: false,
        });
    // The order is seen: in `values()`, and in that of the values, which callers sort by. It is the official crate's.
    let mut variants: Vec<_> = variants.list();
    order::sort_by(&mut variants, |one, other| one.wire.cmp(&other.wire));
    Enumeration {
        doc: cx
            .docs
            .of(&shape.traits, Subject::Enumeration(shape.id.name()), place),
        deprecated: docs::deprecated(&shape.traits),
        sensitive: shape.traits.has(SENSITIVE),
        variants,
        name: names.name,
        module: names.module,
        unknown,
        read: way.read,
    }
}

/// The type of a member's values, without `Option`.
fn member_ty(cx: &Cx<'_, '_>, member: &Member) -> Ty {
    match target_ty(cx, member, 0) {
        Ty::Named(name) if cx.boxes.contains(member) => Ty::Boxed(name),
        other => other,
    }
}

/// The type of a member's values, `depth` collections inside the member.
fn target_ty(cx: &Cx<'_, '_>, member: &Member, depth: usize) -> Ty {
    if depth > DEEPEST {
        // It was refused; what it would be does not matter.
        return Ty::Document;
    }
    let target = cx.model.target(&member.target);
    if let Some(name) = type_ref(cx, target) {
        return Ty::Named(name);
    }
    match &target.kind {
        ShapeKind::Blob => Ty::Blob,
        ShapeKind::Boolean => Ty::Boolean,
        ShapeKind::Byte => Ty::Byte,
        ShapeKind::Short => Ty::Short,
        ShapeKind::Integer | ShapeKind::IntEnum { .. } => Ty::Integer,
        ShapeKind::Long => Ty::Long,
        ShapeKind::Float => Ty::Float,
        ShapeKind::Double => Ty::Double,
        ShapeKind::Timestamp => Ty::Timestamp(timestamp_format(member, target)),
        ShapeKind::List { member } => Ty::List {
            element: Box::new(target_ty(cx, member, depth + 1)),
            sparse: is_sparse(target),
        },
        ShapeKind::Map { key, value } => Ty::Map {
            key: type_ref(cx, cx.model.target(&key.target)),
            value: Box::new(target_ty(cx, value, depth + 1)),
            sparse: is_sparse(target),
        },
        ShapeKind::BigInteger => Ty::BigInteger,
        ShapeKind::BigDecimal => Ty::BigDecimal,
        ShapeKind::String => Ty::String,
        // Structures, unions and enums have a name; only the unit shape has none, and it holds nothing.
        _ => Ty::Document,
    }
}

/// The type that a shape is printed as, where it has one of its own.
fn type_ref(cx: &Cx<'_, '_>, shape: &Shape) -> Option<TypeRef> {
    let names = cx.names.of_type(shape)?;
    let kind = match shape.kind {
        ShapeKind::Structure { .. } if presence::is_fallible(cx.model, shape) => {
            TypeKind::FallibleRecord
        }
        ShapeKind::Structure { .. } => TypeKind::Record,
        ShapeKind::Union { .. } => TypeKind::Union,
        _ => TypeKind::Enumeration,
    };
    Some(TypeRef {
        name: names.name.clone(),
        kind,
        deprecated: docs::deprecated(&shape.traits).is_some(),
    })
}

fn is_sparse(shape: &Shape) -> bool {
    shape.traits.has("smithy.api#sparse")
}

fn timestamp_format(member: &Member, target: &Shape) -> TimestampFormat {
    let id = "smithy.api#timestampFormat";
    match member.traits.str(id).or_else(|| target.traits.str(id)) {
        Some("date-time") => TimestampFormat::DateTime,
        Some("http-date") => TimestampFormat::HttpDate,
        _ => TimestampFormat::EpochSeconds,
    }
}

/// Whether the value of a member must not be seen: by the member, by its target, or by what a list or a map holds.
fn is_sensitive(model: &Model, member: &Member) -> bool {
    member.traits.has(SENSITIVE) || has_sensitive_values(model, model.target(&member.target))
}

/// Whether no value of a shape must be seen: by the shape itself, or by what a list or a map holds.
pub(super) fn has_sensitive_values(model: &Model, shape: &Shape) -> bool {
    let mut open = vec![shape];
    let mut seen = std::collections::HashSet::new();
    while let Some(shape) = open.pop() {
        let is_collection = matches!(shape.kind, ShapeKind::List { .. } | ShapeKind::Map { .. });
        let members = || shape.members().filter(|_| is_collection);
        if shape.traits.has(SENSITIVE) || members().any(|member| member.traits.has(SENSITIVE)) {
            return true;
        }
        if seen.insert(shape.id.as_str()) {
            open.extend(members().map(|member| model.target(&member.target)));
        }
    }
    false
}
