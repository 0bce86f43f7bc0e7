//! Protocol tests: what a model says is sent for an input, and read from an answer.

use super::{Doc, Field, Ty, TypeRef};
use crate::names::Name;

/// The protocol tests of the operations that are printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProtocolTests {
    /// Inputs, and what is sent for them.
    pub(crate) requests: Vec<RequestTest>,
    /// Answers, and what is read from them.
    pub(crate) responses: Vec<ResponseTest>,
}

impl ProtocolTests {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.responses.is_empty()
    }
}

/// An input, and the request that is sent for it.
#[derive(Debug, Clone)]
pub(crate) struct RequestTest {
    /// The name of its function.
    pub(crate) name: Name,
    /// What it shows.
    pub(crate) doc: Doc,
    /// The client's method.
    pub(crate) method: Name,
    /// What is set in the input.
    pub(crate) input: Vec<(Field, Value)>,
    /// The endpoint that the client is given.
    pub(crate) endpoint: String,
    /// The method of HTTP.
    pub(crate) verb: String,
    /// The whole address.
    pub(crate) uri: String,
    /// Headers with their values.
    pub(crate) headers: Vec<(String, String)>,
    /// Headers that must be there.
    pub(crate) required: Vec<String>,
    /// Headers that must not.
    pub(crate) forbidden: Vec<String>,
    /// The body, where something is said of it.
    pub(crate) body: Option<Body>,
}

/// What a body must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// This, byte for byte.
    Exact(String),
    /// The same JSON.
    Json(String),
}

/// An answer, and what is read from it.
#[derive(Debug, Clone)]
pub(crate) struct ResponseTest {
    /// The name of its function.
    pub(crate) name: Name,
    /// What it shows.
    pub(crate) doc: Doc,
    /// The position of the operation that is called in [`Api::operations`](super::Api::operations).
    pub(crate) operation: usize,
    /// The status of HTTP.
    pub(crate) status: u16,
    /// Headers with their values.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
    /// What comes of it.
    pub(crate) answered: Answered,
    /// What is set in the output or the error.
    pub(crate) fields: Vec<(Field, Value)>,
}

/// What comes of an answer.
#[derive(Debug, Clone)]
pub(crate) enum Answered {
    /// The output, with this request id.
    Output(Option<String>),
    /// The error at this position of [`Api::faults`](super::Api::faults).
    Fault {
        /// The position.
        index: usize,
        /// Its code, for those who ask.
        code: String,
        /// On whose side a service of the query protocol says the fault is.
        side: Option<String>,
    },
}

/// A value of a [`Ty`].
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// `true` or `false`
    Boolean(bool),
    /// Any of the integer types.
    Integer(i64),
    /// `f32` or `f64`, infinities and NaN included.
    Float(f64),
    /// A string, or an enum by its value.
    String(String),
    /// A blob.
    Blob(String),
    /// Seconds since 1970, and nanoseconds.
    Timestamp(i64, u32),
    /// A document without a value.
    Null,
    /// A struct.
    Record {
        /// Its type.
        ty: TypeRef,
        /// What is set.
        fields: Vec<(Field, Value)>,
        /// Whether all is set that building it takes.
        complete: bool,
    },
    /// One of several values.
    Union {
        /// Its type.
        ty: TypeRef,
        /// Its variant.
        variant: Name,
        /// What the variant holds.
        value: Option<(Ty, Box<Value>)>,
    },
    /// Elements; none stands for null.
    List(Vec<Option<Value>>),
    /// Entries; none stands for null.
    Map(Vec<(String, Option<Value>)>),
}

impl Value {
    /// Whether NaN is in it, which is not equal to itself.
    pub(crate) fn has_nan(&self) -> bool {
        let some = |value: &Option<Value>| value.as_ref().is_some_and(Value::has_nan);
        match self {
            Value::Float(value) => value.is_nan(),
            Value::Record { fields, .. } => fields.iter().any(|(_, value)| value.has_nan()),
            Value::Union { value, .. } => value.as_ref().is_some_and(|(_, value)| value.has_nan()),
            Value::List(elements) => elements.iter().any(some),
            Value::Map(entries) => entries.iter().any(|(_, value)| some(value)),
            _ => false,
        }
    }
}
