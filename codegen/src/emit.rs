//! Prints an [`Api`] as Rust. One file for each kind of thing printed; nothing here decides or fails.
//!
//! Paths are written in full (`::std::option::Option`, `crate::types::Tag`); `output` shortens those
//! of the prelude where nothing in the same file shadows them, and turns `crate` into `super`s for
//! the form that is one module.

mod auth;
mod builder;
mod client;
mod config;
mod context;
mod doc;
mod endpoint;
mod enumeration;
mod error;
mod fault;
mod fluent;
mod json;
mod lint;
mod operation;
mod paginator;
mod path;
mod predicate;
mod protocol;
mod record;
mod root;
mod template;
mod ty;
mod union;
mod validation;
mod waiter;

use proc_macro2::{Delimiter, Group, TokenStream};

use crate::api::{Api, Constraints, Discovery, Doc, Operation, Type};
use crate::list::List as _;
use crate::names::Name;

pub(crate) use validation::FEATURE as VALIDATION;

use self::template::template;

/// One module of the generated client.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path under the root; empty for the root itself.
    pub(crate) module: Vec<String>,
    /// Who sees it.
    pub(crate) visibility: Visibility,
    /// What it holds.
    pub(crate) doc: Doc,
    /// Names of items that the module defines; a prelude name among them is written in full there.
    pub(crate) defines: Vec<String>,
    /// The items, each printed by itself, with a blank line between two.
    pub(crate) items: Vec<TokenStream>,
}

/// Who sees a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Everybody.
    Public,
    /// The module around it; its items are seen through re-exports.
    Private,
    /// The module around it, where this feature of a crate is on.
    Feature(&'static str),
    /// Nobody: it is compiled with tests alone.
    Tests,
}

/// What one [`Source`] is made from; units are independent of each other, so they can be printed in parallel.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit<'a> {
    Root,
    Client,
    ClientCustomize,
    ClientCustomizeInternal,
    ClientWaiters,
    Config,
    ConfigAuth,
    ConfigEndpoint,
    ConfigHttp,
    ConfigInterceptors,
    ConfigRetry,
    ConfigTimeout,
    EndpointDiscovery,
    Error,
    Meta,
    Primitives,
    Operations,
    Operation(&'a Operation),
    OperationBuilders(&'a Operation),
    OperationPaginator(&'a Operation),
    Types,
    Type(&'a Type),
    TypeBuilders,
    Faults,
    FaultBuilders,
    Validation(&'a Constraints),
    Waiters,
    Waiter(&'a Operation, usize),
    ProtocolTests,
    EndpointTests,
}

/// What there is to print, a module before those inside it.
pub(crate) fn units(api: &Api) -> Vec<Unit<'_>> {
    let mut units = vec![
        Unit::Root,
        Unit::Client,
        Unit::ClientCustomize,
        Unit::ClientCustomizeInternal,
    ];
    let waits = api
        .operations
        .iter()
        .any(|operation| !operation.waiters.is_empty());
    if waits {
        units.push(Unit::ClientWaiters);
    }
    units.extend([
        Unit::Config,
        Unit::ConfigAuth,
        Unit::ConfigEndpoint,
        Unit::ConfigHttp,
        Unit::ConfigInterceptors,
        Unit::ConfigRetry,
        Unit::ConfigTimeout,
    ]);
    let discovery = api.discovery.as_ref();
    if discovery.is_some_and(Discovery::is_same_for_all) {
        units.push(Unit::EndpointDiscovery);
    }
    units.extend([Unit::Error, Unit::Meta, Unit::Operations]);
    for operation in &api.operations {
        units.extend([
            Unit::Operation(operation),
            Unit::OperationBuilders(operation),
        ]);
        if operation.paginator.is_some() {
            units.push(Unit::OperationPaginator(operation));
        }
    }
    units.push(Unit::Primitives);
    if !api.protocol_tests.is_empty() {
        units.push(Unit::ProtocolTests);
    }
    if !api.endpoint.operation_tests.is_empty() {
        units.push(Unit::EndpointTests);
    }
    units.push(Unit::Types);
    units.extend(api.types.iter().map(Unit::Type));
    units.extend([Unit::TypeBuilders, Unit::Faults, Unit::FaultBuilders]);
    units.extend(api.constraints.as_ref().map(Unit::Validation));
    if waits {
        units.push(Unit::Waiters);
        for operation in &api.operations {
            units.extend((0..operation.waiters.len()).map(|index| Unit::Waiter(operation, index)));
        }
    }
    units
}

impl Unit<'_> {
    /// Whether a model has one for each operation, type or waiter.
    pub(crate) fn is_one_of_many(self) -> bool {
        matches!(
            self,
            Unit::Operation(_)
                | Unit::OperationBuilders(_)
                | Unit::OperationPaginator(_)
                | Unit::Type(_)
                | Unit::Waiter(..)
        )
    }

    /// Prints the module.
    pub(crate) fn emit(self, api: &Api) -> Source {
        match self {
            Unit::Root => root::root(api),
            Unit::Client => client::client(api),
            Unit::ClientCustomize => client::customize(),
            Unit::ClientCustomizeInternal => client::customize_internal(),
            Unit::ClientWaiters => waiter::client_trait(api),
            Unit::Config => config::config(api),
            Unit::ConfigAuth => auth::auth(api),
            Unit::ConfigEndpoint => endpoint::endpoint(api),
            Unit::ConfigHttp => config::http(),
            Unit::ConfigInterceptors => config::interceptors(),
            Unit::ConfigRetry => config::retry(),
            Unit::ConfigTimeout => config::timeout(),
            Unit::EndpointDiscovery => root::endpoint_discovery(),
            Unit::Error => error::error(api),
            Unit::Meta => root::meta(),
            Unit::Primitives => root::primitives(api),
            Unit::Operations => root::operations(api),
            Unit::Operation(operation) => operation::operation(api, operation),
            Unit::OperationBuilders(operation) => fluent::builders(operation),
            Unit::OperationPaginator(operation) => paginator::paginator(operation),
            Unit::Types => root::types(api),
            Unit::Type(ty) => root::type_file(ty),
            Unit::TypeBuilders => root::type_builders(api),
            Unit::Faults => fault::faults(api),
            Unit::FaultBuilders => fault::builders(api),
            Unit::Validation(constraints) => validation::validation(constraints),
            Unit::Waiters => waiter::waiters(),
            Unit::ProtocolTests => protocol::protocol_tests(api),
            Unit::EndpointTests => endpoint::cases::endpoint_tests(api),
            Unit::Waiter(operation, index) => waiter::waiter(operation, index),
        }
    }
}

/// One part after the other, to stand in a template.
fn joined(parts: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut joined = TokenStream::new();
    for part in parts {
        joined.extend(part);
    }
    joined
}

/// A block of many parts. They are moved into it, where a template copies what is joined.
fn block(parts: impl IntoIterator<Item = TokenStream>) -> Group {
    Group::new(Delimiter::Brace, joined(parts))
}

impl Source {
    fn new(module: &[&str], visibility: Visibility, doc: &str) -> Source {
        Source {
            module: module.iter().map(|part| (*part).to_owned()).list(),
            visibility,
            doc: Doc {
                lines: doc.lines().map(str::to_owned).list(),
            },
            defines: Vec::new(),
            items: Vec::new(),
        }
    }

    fn defines<'n>(mut self, names: impl IntoIterator<Item = &'n Name>) -> Source {
        self.defines
            .extend(names.into_iter().map(|name| name.as_str().to_owned()));
        self
    }

    fn item(mut self, item: TokenStream) -> Source {
        self.items.push(item);
        self
    }

    fn items(mut self, items: impl IntoIterator<Item = TokenStream>) -> Source {
        self.items.extend(items);
        self
    }
}
