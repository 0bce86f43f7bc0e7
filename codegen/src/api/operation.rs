//! Operations, with what makes several calls of one: paginators and waiters.

use std::time::Duration;

use super::{ContextParam, Doc, Field, Predicate, Record, Ty};
use crate::names::Name;

/// One call of the service.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// Its name, such as `DisconnectCustomKeyStore`; also the name of the unit struct that stands for it.
    pub(crate) name: Name,
    /// The module and the client's method, such as `disconnect_custom_key_store`.
    pub(crate) module: Name,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// The error enum, such as `DisconnectCustomKeyStoreError`.
    pub(crate) error: Name,
    /// The fluent builder, such as `DisconnectCustomKeyStoreFluentBuilder`.
    pub(crate) fluent: Name,
    /// The input struct; every field is an `Option`.
    pub(crate) input: Record,
    /// The output struct.
    pub(crate) output: Record,
    /// The names of its faults, sorted; each stands in [`Api::faults`](super::Api::faults).
    pub(crate) faults: Vec<Name>,
    /// What its endpoint depends on, the more specific values last.
    pub(crate) context: Vec<ContextParam>,
    /// How its pages follow each other.
    pub(crate) paginator: Option<Paginator>,
    /// What can be waited for with it.
    pub(crate) waiters: Vec<Waiter>,
    /// What its calls need beyond what all have.
    pub(crate) demands: Demands,
    /// What its input changes of the address that is called.
    pub(crate) address: Option<Address>,
    /// What it does.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
}

impl Operation {
    /// Whether a field of its input is filled with a fresh token when unset.
    pub(crate) fn has_token(&self) -> bool {
        self.input
            .fields
            .iter()
            .any(|field| field.idempotency_token)
    }
}

/// What the calls of an operation need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Demands {
    /// Whether they are signed.
    pub(crate) auth: Auth,
    /// Whether the signature leaves out the body.
    pub(crate) unsigned_payload: bool,
    /// Whether a header protects the body.
    pub(crate) checksum: bool,
    /// Whether large bodies are compressed.
    pub(crate) compression: bool,
}

impl Demands {
    /// Calls are signed, and that is all.
    pub(crate) const NONE: Demands = Demands {
        auth: Auth::Signed,
        unsigned_payload: false,
        checksum: false,
        compression: false,
    };
}

/// Whether calls are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Always.
    Signed,
    /// Where there are credentials.
    Optional,
    /// Never.
    Unsigned,
}

/// What an input changes of the address that is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// This goes before the host.
    HostPrefix(Vec<HostPart>),
    /// The field, a string, holds the whole of it.
    Endpoint(Name),
    /// The service names it.
    Discovered {
        /// Whether the usual endpoint does not answer.
        required: bool,
        /// What the service is told of the input.
        identifiers: Vec<HostLabel>,
    },
}

/// How a service names the endpoints to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Discovery {
    /// The name on the wire of the operation that names them.
    pub(crate) operation: String,
    /// The code of the error that says that an endpoint must not be called any more.
    pub(crate) error: Option<String>,
    /// Whether the operation is told which one is to be called.
    pub(crate) by_operation: bool,
    /// Whether it is told members of the input.
    pub(crate) by_identifiers: bool,
}

impl Discovery {
    /// Whether all calls go to the same endpoint, so that it can be asked for before any of them.
    pub(crate) fn is_same_for_all(&self) -> bool {
        !self.by_operation && !self.by_identifiers
    }
}

/// A part of what goes before the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HostPart {
    /// A text.
    Text(String),
    /// The value of a field, which is a string or an enum.
    Label(HostLabel),
}

/// A field of an input, a string or an enum, on which the address depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostLabel {
    /// The field.
    pub(crate) field: Name,
    /// Its key on the wire.
    pub(crate) wire: String,
    /// Whether it is an enum.
    pub(crate) is_enum: bool,
}

/// Whether a retry may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryKind {
    /// The caller's doing, but the fault may pass by itself.
    Client,
    /// The service's doing.
    Server,
    /// The service asks for fewer calls.
    Throttling,
}

/// How the pages of an operation follow each other.
#[derive(Debug, Clone)]
pub(crate) struct Paginator {
    /// The struct, such as `ListKeysPaginator`.
    pub(crate) name: Name,
    /// The stream of single items, such as `ListKeysPaginatorItems`; there when `items` is.
    pub(crate) items_name: Name,
    /// The input's field that says where to go on.
    pub(crate) input_token: Field,
    /// Where the output says how to go on.
    pub(crate) output_token: Path,
    /// Where the output holds what is listed.
    pub(crate) items: Option<Path>,
    /// The input's field that limits a page.
    pub(crate) page_size: Option<Field>,
}

/// A way from a struct to a value inside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// The steps; never empty.
    pub(crate) steps: Vec<PathStep>,
    /// The type at its end.
    pub(crate) ty: Ty,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PathStep {
    /// To a field.
    Field {
        /// Its name.
        name: Name,
        /// Its type.
        ty: Ty,
        /// Whether it is an `Option`.
        optional: bool,
        /// Whether it is not to be used any more, or the struct that has it.
        deprecated: bool,
    },
    /// To each element of a list.
    Each,
    /// To each key of a map.
    Keys,
    /// To each value of a map.
    Values,
    /// To what each of several paths leads to.
    Several(Vec<Path>),
}

impl Path {
    /// Whether it leads through something that is not to be used any more.
    pub(crate) fn is_deprecated(&self) -> bool {
        self.steps.iter().any(|step| match step {
            PathStep::Field { deprecated, .. } => *deprecated,
            PathStep::Several(paths) => paths.iter().any(Path::is_deprecated),
            PathStep::Each | PathStep::Keys | PathStep::Values => false,
        })
    }
}

/// A state of a resource that can be waited for.
#[derive(Debug, Clone)]
pub(crate) struct Waiter {
    /// Its name in the model, such as `CustomKeyStoreConnected`.
    pub(crate) wire: String,
    /// Its module under `waiters`, such as `custom_key_store_connected`.
    pub(crate) module: Name,
    /// The client's method, such as `wait_until_custom_key_store_connected`.
    pub(crate) method: Name,
    /// The fluent builder, such as `CustomKeyStoreConnectedFluentBuilder`.
    pub(crate) fluent: Name,
    /// The result's alias, such as `CustomKeyStoreConnectedFinalPoll`.
    pub(crate) final_poll: Name,
    /// The error's alias, such as `WaitUntilCustomKeyStoreConnectedError`.
    pub(crate) error: Name,
    /// What it waits for.
    pub(crate) doc: Doc,
    /// Why it is not to be used any more, where that is so.
    pub(crate) deprecated: Option<String>,
    /// The shortest time between two calls.
    pub(crate) min_delay: Duration,
    /// The longest time between two calls.
    pub(crate) max_delay: Duration,
    /// What answers mean, tried in this order.
    pub(crate) acceptors: Vec<Acceptor>,
    /// Whether an acceptor looks at the input.
    pub(crate) reads_input: bool,
    /// Whether an acceptor looks at something that is not to be used any more.
    pub(crate) reads_deprecated: bool,
}

/// What an answer means for a waiter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Acceptor {
    /// The call succeeded (`true`) or failed with any modelled or unmodelled error of the service (`false`).
    Success(bool, Verdict),
    /// The call failed with this error code.
    ErrorCode(String, Verdict),
    /// The call succeeded, and this holds for its output.
    Output(OutputTest, Verdict),
}

/// What an acceptor concludes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The wait is over.
    Success,
    /// The state can no longer be reached.
    Failure,
    /// Ask again.
    Retry,
}

/// A condition on an output.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OutputTest {
    /// The path leads to several strings, at least one, and all are this one.
    AllStringsEqual(Path, String),
    /// The path leads to several strings, and one of them is this one.
    AnyStringEquals(Path, String),
    /// The path leads to this string.
    StringEquals(Path, String),
    /// The path leads to this truth value.
    BooleanEquals(Path, bool),
    /// This holds, which is more than a path; it may ask for the input too.
    Holds(Predicate),
}
