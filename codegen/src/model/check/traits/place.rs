//! The places of traits.

use super::Bearer;
use super::values;
use crate::model::{Shape, ShapeKind};

/// Where a trait may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    Service,
    Operation,
    ServiceOrOperation,
    Structure,
    Fault,
    List,
    Collection,
    StructureMember,
    /// A member of a structure that is a string.
    StringMember,
    FieldMember,
    EnumMember,
    /// Strings, and members that are strings.
    Strings,
    /// What has a length, and members that have one.
    Lengths,
    Numbers,
    Timestamps,
    /// Anything that is or holds a value.
    Values,
}

impl Place {
    /// Whether the bearer of a trait is such a place; `value` is the type of the values that the trait is about.
    pub(super) fn holds(self, bearer: &Bearer<'_>, value: &Shape) -> bool {
        let (here, value) = (&bearer.shape.kind, &value.kind);
        let in_structure = bearer.member.is_some() && matches!(here, ShapeKind::Structure { .. });
        let string = matches!(value, ShapeKind::String | ShapeKind::Enum { .. });
        match self {
            Place::Anywhere => true,
            Place::Service => matches!(here, ShapeKind::Service(_)),
            Place::Operation => matches!(here, ShapeKind::Operation(_)),
            Place::ServiceOrOperation => {
                matches!(here, ShapeKind::Service(_) | ShapeKind::Operation(_))
            }
            Place::Structure => {
                bearer.member.is_none() && matches!(here, ShapeKind::Structure { .. })
            }
            Place::Fault => bearer.member.is_none() && bearer.shape.traits.has("smithy.api#error"),
            Place::List => bearer.member.is_none() && matches!(here, ShapeKind::List { .. }),
            Place::Collection => {
                bearer.member.is_none()
                    && matches!(here, ShapeKind::List { .. } | ShapeKind::Map { .. })
            }
            Place::StructureMember => in_structure,
            Place::StringMember => in_structure && string,
            Place::FieldMember => {
                in_structure || (bearer.member.is_some() && matches!(here, ShapeKind::Union { .. }))
            }
            Place::EnumMember => {
                bearer.member.is_some()
                    && matches!(here, ShapeKind::Enum { .. } | ShapeKind::IntEnum { .. })
            }
            Place::Strings => string,
            Place::Lengths => {
                string
                    || matches!(
                        value,
                        ShapeKind::Blob | ShapeKind::List { .. } | ShapeKind::Map { .. }
                    )
            }
            Place::Numbers => values::is_number(value),
            Place::Timestamps => matches!(value, ShapeKind::Timestamp),
            Place::Values => !matches!(
                here,
                ShapeKind::Service(_) | ShapeKind::Operation(_) | ShapeKind::Resource(_)
            ),
        }
    }

    /// A place in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Place::Anywhere => "anything",
            Place::Service => "a service",
            Place::Operation => "an operation",
            Place::ServiceOrOperation => "a service or an operation",
            Place::Structure => "a structure",
            Place::Fault => "a structure with the trait `smithy.api#error`",
            Place::List => "a list",
            Place::Collection => "a list or a map",
            Place::StructureMember => "a member of a structure",
            Place::StringMember => "a member of a structure that is a string",
            Place::FieldMember => "a member of a structure or a union",
            Place::EnumMember => "a value of an enum",
            Place::Strings => "a string",
            Place::Lengths => "a string, a blob, a list or a map",
            Place::Numbers => "a number",
            Place::Timestamps => "a timestamp",
            Place::Values => "a value",
        }
    }
}
