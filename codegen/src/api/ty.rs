//! Types of values: structures, unions, enums, faults and what their fields hold.

use super::Doc;
use crate::names::Name;

/// A type with a name of its own in the module `types`.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    /// A struct.
    Record(Record),
    /// An enum of strings.
    Enumeration(Enumeration),
    /// One of several values.
    Union(Union),
}

impl Type {
    /// The name in Rust.
    pub(crate) fn name(&self) -> &Name {
        match self {
            Type::Record(record) => &record.name,
            Type::Enumeration(enumeration) => &enumeration.name,
            Type::Union(union) => &union.name,
        }
    }

    /// The file and private module that holds the type.
    pub(crate) fn module(&self) -> &Name {
        match self {
            Type::Record(record) => &record.module,
            Type::Enumeration(enumeration) => &enumeration.module,
            Type::Union(union) => &union.module,
        }
    }
}

/// A struct with its builder.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// Its name, such as `KeyListEntry`.
    pub(crate) name: Name,
    /// The name of its builder, such as `KeyListEntryBuilder`.
    pub(crate) builder: Name,
    /// The private module that holds it, such as `key_list_entry`; unused for inputs and outputs.
    pub(crate) module: Name,
    /// What it is.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
    /// Its fields, in the order of the model.
    pub(crate) fields: Vec<Field>,
    /// Whether `Debug` hides the whole of it.
    pub(crate) sensitive: bool,
    /// Whether any input reaches it, so that it has to be written.
    pub(crate) written: bool,
    /// Whether any output or fault reaches it, so that it has to be read.
    pub(crate) read: bool,
}

impl Record {
    /// The field of a fault in which the service says in words what is wrong.
    pub(crate) fn message(&self) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.name.as_str() == "message" && field.ty == Ty::String)
    }

    /// Whether a field is not to be used any more, by itself or with the struct.
    pub(crate) fn deprecates(&self, field: &Field) -> bool {
        self.deprecated.is_some() || field.deprecated.is_some()
    }

    /// Whether code that names all fields, or their types, names something that is not to be used any more.
    pub(crate) fn holds_deprecated(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.deprecated.is_some() || field.ty.is_deprecated())
    }

    /// Whether every field may be unset, so that what is built looks like its builder.
    pub(crate) fn all_optional(&self) -> bool {
        self.fields.iter().all(Field::optional)
    }

    /// Whether `build` can fail for want of a field.
    pub(crate) fn fallible(&self) -> bool {
        self.fields.iter().any(Field::fails_when_missing)
    }
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name, such as `key_id`.
    pub(crate) name: Name,
    /// The setter that takes an `Option`, such as `set_key_id`.
    pub(crate) setter: Name,
    /// The builder's getter, such as `get_key_id`.
    pub(crate) getter: Name,
    /// Its key on the wire, such as `KeyId`.
    pub(crate) wire: String,
    /// What it holds, without `Option`.
    pub(crate) ty: Ty,
    /// What it means when it is not there.
    pub(crate) presence: Presence,
    /// Whether the model requires it, also where the field is an `Option` (as in inputs).
    pub(crate) required: bool,
    /// Whether `Debug` hides its value.
    pub(crate) sensitive: bool,
    /// Whether it is filled with a fresh token when unset.
    pub(crate) idempotency_token: bool,
    /// What it is.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
}

impl Field {
    /// Whether the struct holds an `Option`.
    pub(crate) fn optional(&self) -> bool {
        matches!(self.presence, Presence::Optional)
    }

    /// Whether building without it is an error.
    pub(crate) fn fails_when_missing(&self) -> bool {
        matches!(self.presence, Presence::Required)
    }
}

/// What a field means when it is not there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Presence {
    /// The field is an `Option`.
    Optional,
    /// The field is always there; building without it fails, reading without it gives a zero value.
    Required,
    /// The field is always there; without it, this value stands.
    Defaulted(Literal),
}

/// A default value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// Any of the integer types, timestamps in epoch seconds included.
    Integer(i64),
    /// `f32` or `f64`, infinities and NaN included.
    Float(f64),
    /// Seconds since 1970, and nanoseconds.
    Timestamp(i64, u32),
    /// A string, or an enum by its value.
    String(String),
    /// A blob, decoded.
    Blob(Vec<u8>),
    /// `[]`
    EmptyList,
    /// `{}`
    EmptyMap,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ty {
    /// `bool`
    Boolean,
    /// `i8`
    Byte,
    /// `i16`
    Short,
    /// `i32`, int enums included
    Integer,
    /// `i64`
    Long,
    /// `f32`
    Float,
    /// `f64`
    Double,
    /// `BigInteger`
    BigInteger,
    /// `BigDecimal`
    BigDecimal,
    /// `String`
    String,
    /// `Blob`
    Blob,
    /// `DateTime`, with the form it has on the wire
    Timestamp(TimestampFormat),
    /// `Document`
    Document,
    /// A generated type.
    Named(TypeRef),
    /// A generated type behind a `Box`, because it holds itself.
    Boxed(TypeRef),
    /// `Vec<T>`, or `Vec<Option<T>>` when sparse
    List {
        /// The type of the elements.
        element: Box<Ty>,
        /// Whether elements may be null.
        sparse: bool,
    },
    /// `HashMap<String, T>`, or `HashMap<String, Option<T>>` when sparse
    Map {
        /// An enum where keys are one, else none.
        key: Option<TypeRef>,
        /// The type of the values.
        value: Box<Ty>,
        /// Whether values may be null.
        sparse: bool,
    },
}

impl Ty {
    /// Whether this is a struct, in place and not in a box or a collection.
    pub(crate) fn is_struct(&self) -> bool {
        let kinds = [TypeKind::Record, TypeKind::FallibleRecord];
        matches!(self, Ty::Named(name) if kinds.contains(&name.kind))
    }

    /// Whether this is a string, an enum included.
    pub(crate) fn is_text(&self) -> bool {
        match self {
            Ty::String => true,
            Ty::Named(reference) => reference.kind == TypeKind::Enumeration,
            _ => false,
        }
    }

    /// Whether it names a type that is not to be used any more.
    pub(crate) fn is_deprecated(&self) -> bool {
        match self {
            Ty::Named(name) | Ty::Boxed(name) => name.deprecated,
            Ty::List { element, .. } => element.is_deprecated(),
            Ty::Map { key, value, .. } => {
                key.as_ref().is_some_and(|key| key.deprecated) || value.is_deprecated()
            }
            _ => false,
        }
    }

    /// The type as it is written in Rust, with generated ones as `named` writes them.
    #[cfg(feature = "tools")]
    pub(crate) fn spelled(&self, named: &dyn Fn(&TypeRef) -> String) -> String {
        let held = |ty: &Ty, sparse: bool| match sparse {
            true => format!("Option<{}>", ty.spelled(named)),
            false => ty.spelled(named),
        };
        match self {
            Ty::Boolean => "bool".to_owned(),
            Ty::Byte => "i8".to_owned(),
            Ty::Short => "i16".to_owned(),
            Ty::Integer => "i32".to_owned(),
            Ty::Long => "i64".to_owned(),
            Ty::Float => "f32".to_owned(),
            Ty::Double => "f64".to_owned(),
            Ty::BigInteger => "BigInteger".to_owned(),
            Ty::BigDecimal => "BigDecimal".to_owned(),
            Ty::String => "String".to_owned(),
            Ty::Blob => "Blob".to_owned(),
            Ty::Timestamp(_) => "DateTime".to_owned(),
            Ty::Document => "Document".to_owned(),
            Ty::Named(name) => named(name),
            Ty::Boxed(name) => format!("Box<{}>", named(name)),
            Ty::List { element, sparse } => format!("Vec<{}>", held(element, *sparse)),
            Ty::Map { key, value, sparse } => {
                let key = key.as_ref().map_or_else(|| "String".to_owned(), named);
                format!("HashMap<{key}, {}>", held(value, *sparse))
            }
        }
    }

    /// Whether this is the simple type, or a collection of it.
    pub(crate) fn holds(&self, simple: &Ty) -> bool {
        match self {
            Ty::List { element, .. } => element.holds(simple),
            Ty::Map { value, .. } => value.holds(simple),
            other => other == simple,
        }
    }
}

/// A reference to a type of the module `types`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypeRef {
    /// Its name.
    pub(crate) name: Name,
    /// What it is.
    pub(crate) kind: TypeKind,
    /// Whether it is not to be used any more.
    pub(crate) deprecated: bool,
}

/// What a generated type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeKind {
    /// A struct whose builder always succeeds.
    Record,
    /// A struct whose builder can fail for want of a field.
    FallibleRecord,
    /// An enum of strings.
    Enumeration,
    /// One of several values.
    Union,
}

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    /// Seconds since 1970, with a fraction.
    EpochSeconds,
    /// RFC 3339.
    DateTime,
    /// The date format of HTTP headers.
    HttpDate,
}

/// An enum of strings that keeps values it does not know.
#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    /// Its name.
    pub(crate) name: Name,
    /// The private module that holds it.
    pub(crate) module: Name,
    /// What it is.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
    /// Whether `Debug` and `Display` hide the value.
    pub(crate) sensitive: bool,
    /// The known values, in the order of the model.
    pub(crate) variants: Vec<Variant>,
    /// The name of the variant that holds any other value, usually `Unknown`.
    pub(crate) unknown: Name,
    /// Whether any output or fault holds it as a value, other than as the key of a map.
    pub(crate) read: bool,
}

/// One value of an enum, or one member of a union.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    /// Its name.
    pub(crate) name: Name,
    /// Its text on the wire: the value, or the key of the union's member.
    pub(crate) wire: String,
    /// The type it holds; none for the values of an enum, and for members of a union that target the unit shape.
    pub(crate) ty: Option<Ty>,
    /// The snake case of its name, for `is_x` and `as_x`.
    pub(crate) snake: Name,
    /// What it is.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
    /// Whether `Debug` hides the value.
    pub(crate) sensitive: bool,
}

/// One of several values.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    /// Its name.
    pub(crate) name: Name,
    /// The private module that holds it.
    pub(crate) module: Name,
    /// What it is.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
    /// Whether `Debug` hides the whole of it.
    pub(crate) sensitive: bool,
    /// Its members, in the order of the model.
    pub(crate) variants: Vec<Variant>,
    /// The name of the variant for members it does not know, usually `Unknown`.
    pub(crate) unknown: Name,
    /// Whether any input reaches it.
    pub(crate) written: bool,
    /// Whether any output or fault reaches it.
    pub(crate) read: bool,
}

impl Union {
    /// Whether code that names all variants, or their types, names something that is not to be used any more.
    pub(crate) fn holds_deprecated(&self) -> bool {
        self.variants.iter().any(|variant| {
            variant.deprecated.is_some() || variant.ty.as_ref().is_some_and(Ty::is_deprecated)
        })
    }
}

/// A modelled error.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The struct; the field `message` is among its fields where the model has one.
    pub(crate) record: Record,
    /// The code it has on the wire, which is the shape's name.
    pub(crate) code: String,
    /// The snake case of its name, for `is_x`.
    pub(crate) snake: Name,
    /// Whether the service says that a retry may help, and how.
    pub(crate) retryable: Option<super::RetryKind>,
}
