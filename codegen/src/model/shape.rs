//! Shapes, members and traits.

use super::id::ShapeId;
use super::source::Span;
use super::traits::Traits;

/// The target of [`Member::inherited`].
const INHERITED: &str = "farrier.internal#Inherited";

/// A shape of the model.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// Its id, never that of a member.
    pub(crate) id: ShapeId,
    /// What it is and what belongs to it.
    pub(crate) kind: ShapeKind,
    /// Its traits, those inherited from mixins included.
    pub(crate) traits: Traits,
    /// The mixins it was made from; their members and traits are in it already.
    pub(crate) mixins: Vec<Reference>,
    /// Where its id stands as a key of `shapes`.
    pub(crate) span: Span,
}

/// The [type of a shape](https://smithy.io/2.0/spec/model.html#shapes) and what that type has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ShapeKind {
    /// Uninterpreted binary data.
    Blob,
    /// A boolean.
    Boolean,
    /// UTF-8 text; an enum where it has the trait `smithy.api#enum` of Smithy 1.0.
    String,
    /// 8 bits, signed.
    Byte,
    /// 16 bits, signed.
    Short,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    Long,
    /// 32 bits, IEEE 754.
    Float,
    /// 64 bits, IEEE 754.
    Double,
    /// A whole number of any size.
    BigInteger,
    /// A decimal number of any precision.
    BigDecimal,
    /// A point in time.
    Timestamp,
    /// Any value of the protocol.
    Document,
    /// One of a set of strings; the values are the members' `smithy.api#enumValue`, or else their names.
    Enum {
        /// The values, each of which targets `smithy.api#Unit`.
        members: Vec<Member>,
    },
    /// One of a set of whole numbers.
    IntEnum {
        /// The values, each with the trait `smithy.api#enumValue`.
        members: Vec<Member>,
    },
    /// An ordered collection; a `set` of Smithy 1.0 is one with `smithy.api#uniqueItems`.
    List {
        /// What the elements are.
        member: Member,
    },
    /// Values by string.
    Map {
        /// What the keys are.
        key: Member,
        /// What the values are.
        value: Member,
    },
    /// Named values of different types.
    Structure {
        /// The members, those from mixins first.
        members: Vec<Member>,
    },
    /// One of several values.
    Union {
        /// The members, those from mixins first.
        members: Vec<Member>,
    },
    /// An API.
    Service(Box<Service>),
    /// An entity with identity and a set of operations.
    Resource(Box<Resource>),
    /// One call of an API.
    Operation(Box<Operation>),
}

/// What a [service](https://smithy.io/2.0/spec/service-types.html#service) has.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Service {
    /// Its version; empty where none is given.
    pub(crate) version: String,
    /// The operations bound to the service itself; see [`Model::service_operations`](super::Model::service_operations).
    pub(crate) operations: Vec<Reference>,
    /// The resources bound to it.
    pub(crate) resources: Vec<Reference>,
    /// Errors every operation of it may return.
    pub(crate) errors: Vec<Reference>,
    /// Other names for shapes of its closure.
    pub(crate) rename: Vec<(Reference, String)>,
}

/// What a [resource](https://smithy.io/2.0/spec/service-types.html#resource) has.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Resource {
    /// What identifies it, by name.
    pub(crate) identifiers: Vec<(String, Reference)>,
    /// Its properties, by name.
    pub(crate) properties: Vec<(String, Reference)>,
    /// Creates one; the service chooses the identifiers.
    pub(crate) create: Option<Reference>,
    /// Creates or replaces one; the client chooses the identifiers.
    pub(crate) put: Option<Reference>,
    /// Reads one.
    pub(crate) read: Option<Reference>,
    /// Changes one.
    pub(crate) update: Option<Reference>,
    /// Deletes one.
    pub(crate) delete: Option<Reference>,
    /// Lists them.
    pub(crate) list: Option<Reference>,
    /// Other operations on one.
    pub(crate) operations: Vec<Reference>,
    /// Other operations on all of them.
    pub(crate) collection_operations: Vec<Reference>,
    /// The resources below it.
    pub(crate) resources: Vec<Reference>,
}

/// What an [operation](https://smithy.io/2.0/spec/service-types.html#operation) has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation {
    /// The structure it takes; `smithy.api#Unit` where none is given.
    pub(crate) input: Reference,
    /// The structure it answers; `smithy.api#Unit` where none is given.
    pub(crate) output: Reference,
    /// The errors it may return, without those of the service.
    pub(crate) errors: Vec<Reference>,
}

/// The id of another shape, and where it is named. Equal when the ids are.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The id.
    pub(crate) id: ShapeId,
    /// Where it is named.
    pub(crate) span: Span,
}

/// A member of a shape. Equal when name and target are.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its id, such as `com.example#Tag$key`.
    pub(crate) id: ShapeId,
    /// What its values are.
    pub(crate) target: Reference,
    /// Its traits, without those of its target.
    pub(crate) traits: Traits,
    /// Where its name stands.
    pub(crate) span: Span,
}

impl Shape {
    /// All members, for a list the one called `member`, for a map `key` and `value`; none for other types.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        self.kind.members()
    }

    /// What the shape is when it is a service.
    pub(crate) fn as_service(&self) -> Option<&Service> {
        match &self.kind {
            ShapeKind::Service(service) => Some(service),
            _ => None,
        }
    }

    /// What the shape is when it is a resource.
    pub(crate) fn as_resource(&self) -> Option<&Resource> {
        match &self.kind {
            ShapeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// What the shape is when it is an operation.
    pub(crate) fn as_operation(&self) -> Option<&Operation> {
        match &self.kind {
            ShapeKind::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// Whether this is `smithy.api#Unit`, which stands for no value.
    pub(crate) fn is_unit(&self) -> bool {
        self.id == "smithy.api#Unit"
    }
}

impl ShapeKind {
    /// The type as the JSON AST calls it, such as `intEnum`.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ShapeKind::Blob => "blob",
            ShapeKind::Boolean => "boolean",
            ShapeKind::String => "string",
            ShapeKind::Byte => "byte",
            ShapeKind::Short => "short",
            ShapeKind::Integer => "integer",
            ShapeKind::Long => "long",
            ShapeKind::Float => "float",
            ShapeKind::Double => "double",
            ShapeKind::BigInteger => "bigInteger",
            ShapeKind::BigDecimal => "bigDecimal",
            ShapeKind::Timestamp => "timestamp",
            ShapeKind::Document => "document",
            ShapeKind::Enum { .. } => "enum",
            ShapeKind::IntEnum { .. } => "intEnum",
            ShapeKind::List { .. } => "list",
            ShapeKind::Map { .. } => "map",
            ShapeKind::Structure { .. } => "structure",
            ShapeKind::Union { .. } => "union",
            ShapeKind::Service(_) => "service",
            ShapeKind::Resource(_) => "resource",
            ShapeKind::Operation(_) => "operation",
        }
    }

    /// All members.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        let (first, second): (&[Member], &[Member]) = match self {
            ShapeKind::Enum { members }
            | ShapeKind::IntEnum { members }
            | ShapeKind::Structure { members }
            | ShapeKind::Union { members } => (members, &[]),
            ShapeKind::List { member } => (std::slice::from_ref(member), &[]),
            ShapeKind::Map { key, value } => {
                (std::slice::from_ref(key), std::slice::from_ref(value))
            }
            _ => (&[], &[]),
        };
        first.iter().chain(second)
    }
}

impl Member {
    /// Its name, such as `TagKey`.
    pub(crate) fn name(&self) -> &str {
        self.id.member().unwrap_or_default()
    }

    /// The id of what its values are.
    pub(crate) fn target(&self) -> &ShapeId {
        &self.target.id
    }
}

impl PartialEq for Member {
    fn eq(&self, other: &Member) -> bool {
        self.id == other.id && self.target == other.target
    }
}

impl PartialEq for Reference {
    fn eq(&self, other: &Reference) -> bool {
        self.id == other.id
    }
}

impl Reference {
    /// A reference to `smithy.api#Unit`, which no file needs to name.
    pub(super) fn unit(span: Span) -> Reference {
        Reference {
            id: ShapeId::known("smithy.api#Unit"),
            span,
        }
    }

    /// Whether this is the target of [`Member::inherited`].
    pub(super) fn is_inherited(&self) -> bool {
        self.id == INHERITED
    }
}

impl Member {
    /// Stands for a member of a list or map that only the shape's mixins say; gone once they are flattened.
    pub(super) fn inherited(id: ShapeId, span: Span) -> Member {
        let target = Reference {
            id: ShapeId::known(INHERITED),
            span,
        };
        Member {
            id,
            target,
            traits: Traits::default(),
            span,
        }
    }

    /// Whether this is such a member.
    pub(super) fn is_inherited(&self) -> bool {
        self.target.is_inherited()
    }
}

impl Resource {
    /// The lifecycle operations: create, put, read, update, delete, list.
    pub(crate) fn lifecycle(&self) -> [&Option<Reference>; 6] {
        [
            &self.create,
            &self.put,
            &self.read,
            &self.update,
            &self.delete,
            &self.list,
        ]
    }

    /// The same, to be changed.
    pub(super) fn lifecycle_mut(&mut self) -> [&mut Option<Reference>; 6] {
        let Resource {
            create,
            put,
            read,
            update,
            delete,
            list,
            ..
        } = self;
        [create, put, read, update, delete, list]
    }
}
