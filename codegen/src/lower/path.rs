//! Paths of a model, followed through the fields of what is printed.

use super::jmespath::{Expression, Step};
use crate::api::{Path, PathStep, Record, Ty, Type, TypeKind};

/// Follows the steps from a record; the error says in a few words where there is no way on.
pub(super) fn resolve(
    expression: &Expression,
    start: &Record,
    types: &[Type],
) -> Result<Path, String> {
    let mut steps = Vec::with_capacity(expression.steps.len());
    let mut record = Some(start);
    let mut at = None;
    let mut remaining = expression.steps.iter().peekable();
    while let Some(step) = remaining.next() {
        if let Step::Several(_) = step {
            // The list of them is gone through like those around it.
            let flattened = remaining.next_if_eq(&&Step::Flatten).is_some();
            if !flattened && steps.iter().any(is_projection) {
                return Err("it leads to lists in a list; `[]` makes one of them".to_owned());
            }
        }
        let (step, ty) = match step {
            Step::Field(wire) => field(wire, record, at.as_ref())?,
            Step::Flatten => (PathStep::Each, element(at.as_ref())?),
            Step::Each if steps.iter().any(is_projection) => {
                return Err("it leads to lists in a list; `[]` makes one of them".to_owned());
            }
            Step::Each => (PathStep::Each, element(at.as_ref())?),
            Step::Keys => match &at {
                Some(Ty::Map { key, .. }) => {
                    let key = key.clone().map_or(Ty::String, Ty::Named);
                    (PathStep::Keys, key)
                }
                other => return Err(no_map("keys", other.as_ref())),
            },
            Step::Values => match &at {
                Some(Ty::Map {
                    value,
                    sparse: false,
                    ..
                }) => (PathStep::Values, (**value).clone()),
                other => return Err(no_map("values", other.as_ref())),
            },
            Step::Several(expressions) => several(expressions, record, types)?,
            Step::Filter(_) | Step::Index(_) | Step::Term(_) => {
                return Err("a filter, an index or an operator is not handled here".to_owned());
            }
        };
        record = record_of(&ty, types);
        steps.push(step);
        at = Some(ty);
    }
    match at {
        Some(ty) => Ok(Path { steps, ty }),
        None => Err("it is empty".to_owned()),
    }
}

/// Whether a step leads to several values.
fn is_projection(step: &PathStep) -> bool {
    !matches!(step, PathStep::Field { .. })
}

fn no_map(what: &str, found: Option<&Ty>) -> String {
    format!(
        "the {what} of {} are asked for, which is no map without nulls",
        kind(found)
    )
}

/// Several paths from one record, to values of the same type.
fn several(
    expressions: &[Expression],
    record: Option<&Record>,
    types: &[Type],
) -> Result<(PathStep, Ty), String> {
    let record = record.ok_or("members are asked of what has none")?;
    let paths: Vec<Path> = expressions
        .iter()
        .map(|expression| resolve(expression, record, types))
        .collect::<Result<_, _>>()?;
    let first = paths.first().ok_or("it asks for no members")?;
    let ty = first.ty.clone();
    if paths
        .iter()
        .any(|path| path.ty != ty || path.steps.iter().any(is_projection))
    {
        return Err("it asks for members of different types, or for lists of them".to_owned());
    }
    Ok((PathStep::Several(paths), ty))
}

fn field(wire: &str, record: Option<&Record>, at: Option<&Ty>) -> Result<(PathStep, Ty), String> {
    let Some(record) = record else {
        return Err(format!(
            "`{wire}` is asked of {}, which has no members",
            kind(at)
        ));
    };
    let field = record.fields.iter().find(|field| field.wire == wire);
    let field = field.ok_or_else(|| format!("`{}` has no member `{wire}`", record.name.plain()))?;
    let step = PathStep::Field {
        name: field.name.clone(),
        ty: field.ty.clone(),
        optional: field.optional(),
        deprecated: record.deprecates(field),
    };
    Ok((step, field.ty.clone()))
}

fn element(at: Option<&Ty>) -> Result<Ty, String> {
    match at {
        Some(Ty::List {
            element,
            sparse: false,
        }) => Ok((**element).clone()),
        Some(Ty::List { .. }) => Err("`[]` follows a list that may hold nulls".to_owned()),
        other => Err(format!("`[]` follows {}, which is no list", kind(other))),
    }
}

/// The record that a type is, where it is one.
pub(super) fn record_of<'t>(ty: &Ty, types: &'t [Type]) -> Option<&'t Record> {
    let (Ty::Named(reference) | Ty::Boxed(reference)) = ty else {
        return None;
    };
    if !matches!(reference.kind, TypeKind::Record | TypeKind::FallibleRecord) {
        return None;
    }
    // Types are sorted by name.
    let at = types
        .binary_search_by(|ty| ty.name().cmp(&reference.name))
        .ok()?;
    match types.get(at) {
        Some(Type::Record(record)) => Some(record),
        _ => None,
    }
}

/// What a type is, in a sentence.
pub(super) fn kind(ty: Option<&Ty>) -> &'static str {
    match ty {
        None => "the output as a whole",
        Some(Ty::Boolean) => "a boolean",
        Some(Ty::String) => "a string",
        Some(Ty::List { .. }) => "a list",
        Some(Ty::Map { .. }) => "a map",
        Some(Ty::BigInteger | Ty::BigDecimal) => "a big number",
        Some(Ty::Blob) => "a blob",
        Some(Ty::Timestamp(_)) => "a point in time",
        Some(Ty::Document) => "a document",
        Some(Ty::Named(reference) | Ty::Boxed(reference)) => match reference.kind {
            TypeKind::Enumeration => "an enum",
            TypeKind::Union => "a union",
            TypeKind::Record | TypeKind::FallibleRecord => "a structure",
        },
        Some(_) => "a number",
    }
}
