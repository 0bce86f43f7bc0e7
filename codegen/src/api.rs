//! What will be printed: the generated client described in Rust's terms, with every decision taken.
//!
//! `lower` makes these values, `emit` prints them. Nothing here can fail to print: what has no
//! Rust form was refused on the way in.

mod constraints;
mod endpoint;
mod operation;
mod predicate;
mod protocol;
mod ty;

pub(crate) use constraints::{
    AskedMember, Constraint, Constraints, Length, Pattern, Range, Table, Target,
};
pub(crate) use endpoint::{
    AuthScheme, BuiltIn, ClientParam, Condition, ContextParam, ContextValue, EndpointRules,
    EndpointTest, Expectation, Expr, Function, OperationTest, Outcome, Param, ParamType,
    ParamValue, Property, Rule,
};
pub(crate) use operation::{
    Acceptor, Address, Auth, Demands, Discovery, HostLabel, HostPart, Operation, OutputTest,
    Paginator, Path, PathStep, RetryKind, Verdict, Waiter,
};
pub(crate) use predicate::{Comparison, Items, Number, Operand, Predicate};
pub(crate) use protocol::{Answered, Body, ProtocolTests, RequestTest, ResponseTest, Value};
pub(crate) use ty::{
    Enumeration, Fault, Field, Literal, Presence, Record, TimestampFormat, Ty, Type, TypeKind,
    TypeRef, Union, Variant,
};

use crate::list::List as _;

/// Documentation in rustdoc's Markdown, one entry a line; links to generated items start with `crate::`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Doc {
    /// The lines, without trailing white space; an empty line separates paragraphs.
    pub(crate) lines: Vec<String>,
}

impl Doc {
    /// The first paragraph, which rustdoc shows in overviews; a note before it is left out.
    pub(crate) fn summary(&self) -> Doc {
        let mut paragraphs = self.lines.split(|line| line.is_empty());
        let is_text = |lines: &&[String]| !lines.iter().all(|line| line.starts_with('>'));
        let first = paragraphs.clone().next().unwrap_or_default();
        Doc {
            lines: paragraphs.find(is_text).unwrap_or(first).to_vec(),
        }
    }

    /// Whether there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// A generated client, whole.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// The service itself.
    pub(crate) service: Service,
    /// The operations that were asked for, in the order of the model.
    pub(crate) operations: Vec<Operation>,
    /// Structures, unions and enums that the operations reach, sorted by name; without inputs, outputs and faults.
    pub(crate) types: Vec<Type>,
    /// The modelled errors that the operations reach, sorted by name.
    pub(crate) faults: Vec<Fault>,
    /// How the address of the service is found.
    pub(crate) endpoint: EndpointRules,
    /// How endpoints are discovered, where calls of an operation are sent to discovered ones.
    pub(crate) discovery: Option<Discovery>,
    /// What the model says is sent and read.
    pub(crate) protocol_tests: ProtocolTests,
    /// What the model asks of inputs, where they can be checked before they are sent.
    pub(crate) constraints: Option<Constraints>,
}

impl Api {
    /// Whether a field or a variant holds values of a simple type, in collections or by itself.
    pub(crate) fn holds(&self, simple: &Ty) -> bool {
        let ends = self.operations.iter();
        let ends = ends.flat_map(|operation| [&operation.input, &operation.output]);
        let faults = self.faults.iter().map(|fault| &fault.record);
        let in_record = |record: &Record| record.fields.iter().any(|one| one.ty.holds(simple));
        ends.chain(faults).any(in_record)
            || self.types.iter().any(|ty| match ty {
                Type::Record(record) => in_record(record),
                Type::Union(union) => {
                    let mut types = union.variants.iter().filter_map(|one| one.ty.as_ref());
                    types.any(|ty| ty.holds(simple))
                }
                Type::Enumeration(_) => false,
            })
    }

    /// The features of the runtime that the printed code needs.
    pub(crate) fn runtime_features(&self) -> Vec<&'static str> {
        let demands = || self.operations.iter().map(|operation| operation.demands);
        let gzip = demands().any(|demands| demands.compression);
        let md5 = demands().any(|demands| demands.checksum);
        let used = [(gzip, "gzip"), (md5, "md5")].into_iter();
        used.filter_map(|(used, name)| used.then_some(name)).list()
    }
}

/// What is known of a service.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// Its name for people, such as `AWS Key Management Service`.
    pub(crate) title: String,
    /// The same, as it stands in documentation.
    pub(crate) called: String,
    /// Its id among the SDKs, such as `KMS`.
    pub(crate) sdk_id: String,
    /// The version of its API, such as `2014-11-01`, as it stands in documentation.
    pub(crate) api_version: String,
    /// The name that a signature's scope carries, such as `kms`.
    pub(crate) signing_name: String,
    /// What goes before the dot in `X-Amz-Target`, such as `TrentService`.
    pub(crate) target_prefix: String,
    /// The wire protocol.
    pub(crate) protocol: Protocol,
    /// Whether error codes of the query protocol are asked for (`awsQueryCompatible`).
    pub(crate) query_compatible: bool,
    /// What it does.
    pub(crate) doc: Doc,
}

/// The protocols that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// `aws.protocols#awsJson1_0`
    AwsJson10,
    /// `aws.protocols#awsJson1_1`
    AwsJson11,
}
