//! Values of protocol tests: JSON, typed by what is printed.

use super::super::time;
use crate::api::{Field, Record, Ty, Type, TypeKind, TypeRef, Union, Value};
use crate::list::List as _;
use crate::model::{self, Node};

/// The values of a structure's fields; `None` where one is not of its type. What is null is not set.
pub(in super::super) fn fields(
    node: &Node,
    fields: &[Field],
    types: &[Type],
) -> Option<Vec<(Field, Value)>> {
    let mut values = Vec::new();
    for (wire, node) in node.as_object()?.iter().filter(|(_, node)| !node.is_null()) {
        let field = fields.iter().find(|field| field.wire == wire)?;
        values.push((field.clone(), value(node, &field.ty, types)?));
    }
    Some(values)
}

fn value(node: &Node, ty: &Ty, types: &[Type]) -> Option<Value> {
    match ty {
        Ty::Boolean => node.as_bool().map(Value::Boolean),
        Ty::Byte => whole(node, i8::MIN.into()..=i8::MAX.into()),
        Ty::Short => whole(node, i16::MIN.into()..=i16::MAX.into()),
        Ty::Integer => whole(node, i32::MIN.into()..=i32::MAX.into()),
        Ty::Long => whole(node, i64::MIN..=i64::MAX),
        // A literal that 32 bits do not hold would not compile.
        Ty::Float => float(node)
            .filter(|value| value.is_infinite() || !(*value as f32).is_infinite())
            .map(Value::Float),
        Ty::Double => float(node).map(Value::Float),
        Ty::BigInteger | Ty::BigDecimal => {
            node.as_number().map(|text| Value::String(text.to_owned()))
        }
        Ty::String => node.as_str().map(|text| Value::String(text.to_owned())),
        Ty::Blob => node.as_str().map(|text| Value::Blob(text.to_owned())),
        // Seconds since 1970, whatever the format on the wire.
        Ty::Timestamp(_) => {
            let (seconds, nanos) = time::epoch(node.as_number()?)?;
            Some(Value::Timestamp(seconds, nanos))
        }
        Ty::Document => Some(document(node)),
        Ty::Named(name) | Ty::Boxed(name) => named(node, name, types),
        Ty::List { element, sparse } => {
            let elements = node.as_array()?.iter();
            let elements = elements.map(|node| nullable(node, element, (*sparse, types)));
            elements.collect::<Option<_>>().map(Value::List)
        }
        Ty::Map { value, sparse, .. } => {
            let entries = node.as_object()?.iter();
            let entries = entries.map(|(key, node)| {
                Some((key.to_owned(), nullable(node, value, (*sparse, types))?))
            });
            entries.collect::<Option<_>>().map(Value::Map)
        }
    }
}

/// What a collection holds, which is null where it may be.
fn nullable(node: &Node, ty: &Ty, (sparse, types): (bool, &[Type])) -> Option<Option<Value>> {
    match node.is_null() {
        true => sparse.then_some(None),
        false => value(node, ty, types).map(Some),
    }
}

fn whole(node: &Node, range: std::ops::RangeInclusive<i64>) -> Option<Value> {
    let value = node.as_i64().filter(|value| range.contains(value));
    value.map(Value::Integer)
}

/// A number, or what JSON has no number for.
fn float(node: &Node) -> Option<f64> {
    match node.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        Some(_) => None,
        None => node.as_f64().filter(|value| value.is_finite()),
    }
}

/// Any JSON.
pub(in super::super) fn document(node: &Node) -> Value {
    match &node.value {
        model::Value::Null => Value::Null,
        model::Value::Boolean(value) => Value::Boolean(*value),
        model::Value::Number(text) => match text.parse() {
            Ok(whole) => Value::Integer(whole),
            Err(_) => Value::Float(node.as_f64().unwrap_or_default()),
        },
        model::Value::String(text) => Value::String(text.clone()),
        model::Value::Array(elements) => {
            Value::List(elements.iter().map(|node| Some(document(node))).list())
        }
        model::Value::Object(object) => {
            let entries = object.iter();
            Value::Map(
                entries
                    .map(|(key, node)| (key.to_owned(), Some(document(node))))
                    .list(),
            )
        }
    }
}

/// A value of a generated type.
fn named(node: &Node, name: &TypeRef, types: &[Type]) -> Option<Value> {
    let ty = types.iter().find(|ty| *ty.name() == name.name)?;
    match ty {
        Type::Enumeration(_) => node.as_str().map(|text| Value::String(text.to_owned())),
        Type::Record(record) => structure(node, name, (record, types)),
        Type::Union(union) => variant(node, name, (union, types)),
    }
}

fn structure(node: &Node, name: &TypeRef, (record, types): (&Record, &[Type])) -> Option<Value> {
    let fields = fields(node, &record.fields, types)?;
    let is_set = |field: &Field| fields.iter().any(|(set, _)| set.name == field.name);
    let complete = name.kind != TypeKind::FallibleRecord
        || record
            .fields
            .iter()
            .all(|field| !field.fails_when_missing() || is_set(field));
    Some(Value::Record {
        ty: name.clone(),
        fields,
        complete,
    })
}

fn variant(node: &Node, name: &TypeRef, (union, types): (&Union, &[Type])) -> Option<Value> {
    let mut set = node.as_object()?.iter().filter(|(_, node)| !node.is_null());
    let (wire, node) = set.next()?;
    let variant = union.variants.iter().find(|variant| variant.wire == wire)?;
    let value = match &variant.ty {
        None => None,
        Some(ty) => Some((ty.clone(), Box::new(value(node, ty, types)?))),
    };
    set.next().is_none().then(|| Value::Union {
        ty: name.clone(),
        variant: variant.name.clone(),
        value,
    })
}
