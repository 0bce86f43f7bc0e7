//! Endpoint rules, typed: how the address of a service is found.

use super::{Doc, Field, Path, Value};
use crate::names::Name;

/// The rules of a service.
#[derive(Debug, Clone)]
pub(crate) struct EndpointRules {
    /// What the rules may ask for, in the order of the model.
    pub(crate) params: Vec<Param>,
    /// The settings that only clients of this service have, in the order of the model.
    pub(crate) client_params: Vec<ClientParam>,
    /// Whether the rules ask for what differs from call to call.
    pub(crate) per_call: bool,
    /// The rules, tried in order; lowering makes sure that one of them always answers.
    pub(crate) rules: Vec<Rule>,
    /// What the model says the rules must answer.
    pub(crate) tests: Vec<EndpointTest>,
    /// What it says clients must call.
    pub(crate) operation_tests: Vec<OperationTest>,
}

/// A parameter of the rules.
#[derive(Debug, Clone)]
pub(crate) struct Param {
    /// Its field, such as `use_fips`.
    pub(crate) name: Name,
    /// The setter that takes an `Option`, such as `set_use_fips`.
    pub(crate) setter: Name,
    /// Its name in the model, such as `UseFIPS`.
    pub(crate) wire: String,
    /// What it holds.
    pub(crate) ty: ParamType,
    /// Whether resolving without it is an error.
    pub(crate) required: bool,
    /// The value it has when nobody sets it.
    pub(crate) default: Option<ParamValue>,
    /// Which of the client's settings fills it.
    pub(crate) built_in: Option<BuiltIn>,
    /// Whether a setting that only clients of this service have fills it, before any other setting.
    pub(crate) from_client: bool,
    /// Whether an operation that is printed fills it, before any setting.
    pub(crate) from_operation: bool,
    /// What it is.
    pub(crate) doc: Doc,
}

/// A setting that only clients of this service have, and that their rules ask for.
#[derive(Debug, Clone)]
pub(crate) struct ClientParam {
    /// Its name in the configuration, such as `force_path_style`.
    pub(crate) name: Name,
    /// The setter that takes an `Option`, such as `set_force_path_style`.
    pub(crate) setter: Name,
    /// Its name in the model, such as `ForcePathStyle`.
    pub(crate) wire: String,
    /// What it holds: a string or a truth value.
    pub(crate) ty: ParamType,
    /// What it is.
    pub(crate) doc: Doc,
}

/// A parameter that an operation fills.
#[derive(Debug, Clone)]
pub(crate) struct ContextParam {
    /// The field of the parameter.
    pub(crate) name: Name,
    /// Whether the parameter may have a value already, which stands where the operation gives none.
    pub(crate) overrides: bool,
    /// Where its value is from.
    pub(crate) value: ContextValue,
}

/// Where an operation has the value of a parameter from.
#[derive(Debug, Clone)]
pub(crate) enum ContextValue {
    /// It is the same for all calls.
    Static(ParamValue),
    /// It is in the input. The path leads to a string, an enum or a truth value.
    One(Path),
    /// It is a member of the input that has to be there and not blank: a string or an enum.
    Required(Path),
    /// It is in the input. The path leads to a list of strings or enums, or to each of several.
    Several(Path),
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParamType {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `Vec<String>`
    StringArray,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ParamValue {
    /// A string.
    String(String),
    /// A truth value.
    Boolean(bool),
    /// Strings.
    StringArray(Vec<String>),
}

/// The client's settings that rules may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BuiltIn {
    /// `AWS::Region`
    Region,
    /// `AWS::UseFIPS`
    UseFips,
    /// `AWS::UseDualStack`
    UseDualStack,
    /// `SDK::Endpoint`
    Endpoint,
    /// `AWS::Auth::AccountId`, which is known when credentials are
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`
    AccountIdEndpointMode,
}

/// One rule: when its conditions hold, its outcome stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// All must hold.
    pub(crate) conditions: Vec<Condition>,
    /// What follows.
    pub(crate) outcome: Outcome,
}

/// A condition of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// The expression is a truth value, and true.
    Holds(Expr),
    /// The expression is optional and there is a value, which gets this name (`if let Some(name) = value`).
    Bind(Name, Expr),
    /// The expression is never missing; its value gets this name, and the condition holds (unless it is a `bool` that is false).
    Let(Name, Expr),
}

/// What a rule leads to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Further rules, in order. When none holds, the rules behind this one are next; lowering ends trees from which
    /// there is no way back with an error.
    Tree(Vec<Rule>),
    /// Further rules, in order, and a name for what comes behind them.
    Block(Name, Vec<Rule>),
    /// What comes behind the block of this name is next.
    Leave(Name),
    /// An endpoint.
    Endpoint {
        /// Its URL: a string.
        url: Expr,
        /// Headers to send, each with its values.
        headers: Vec<(String, Vec<Expr>)>,
        /// Properties, all but `authSchemes`.
        properties: Vec<(String, Property)>,
        /// The ways to sign: the name of each, and its properties, sorted by name.
        auth_schemes: Vec<AuthScheme<Property>>,
    },
    /// An error with this message: a string.
    Error(Expr),
}

/// A way to sign for an endpoint: its name, and its properties, sorted by name.
pub(crate) type AuthScheme<T> = (String, Vec<(String, T)>);

/// A value of an endpoint's property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Property {
    /// A string.
    String(Expr),
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Several values.
    Array(Vec<Property>),
    /// Named values, in order.
    Object(Vec<(String, Property)>),
}

/// A typed expression. Lowering has made sure that every operand has the type that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A literal string.
    Str(String),
    /// A string put together from strings.
    Template(Vec<Expr>),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A parameter or a name bound by a condition; strings are `&str` there, arrays `&[String]`.
    Var(Name),
    /// A field of a structured value (`PartitionResult#dnsSuffix`), by its Rust name in the runtime; prints as a method call.
    Attr(Box<Expr>, &'static str),
    /// An element of an array: optional.
    Index(Box<Expr>, i64),
    /// A function of the rules engine, in the runtime.
    Call(Function, Vec<Expr>),
    /// Two strings, or two truth values, are the same.
    Equal(Box<Expr>, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// An optional value is there.
    IsSome(Box<Expr>),
    /// A value as an optional one.
    Some(Box<Expr>),
    /// The first value, which is optional, or the second, which is so or not.
    Coalesce {
        /// Optional.
        first: Box<Expr>,
        /// What stands where there is no first.
        second: Box<Expr>,
        /// Whether the second is optional too.
        optional: bool,
    },
    /// One of two values of the same type, by a truth value.
    Choose {
        /// A truth value.
        condition: Box<Expr>,
        /// The value where it is true.
        then: Box<Expr>,
        /// The value where it is not.
        otherwise: Box<Expr>,
    },
}

/// Functions of the rules engine that the runtime holds under `endpoint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name in the runtime, such as `aws_partition`.
    pub(crate) name: &'static str,
}

/// A case of `endpointTests`.
#[derive(Debug, Clone)]
pub(crate) struct EndpointTest {
    /// The name of its test function.
    pub(crate) name: Name,
    /// What it shows.
    pub(crate) doc: Doc,
    /// Parameters by their field.
    pub(crate) params: Vec<(Name, ParamValue)>,
    /// Whether a parameter is missing that the rules require.
    pub(crate) incomplete: bool,
    /// What must come out.
    pub(crate) expect: Expectation,
}

/// A case that calls an operation.
#[derive(Debug, Clone)]
pub(crate) struct OperationTest {
    /// The name of its test function.
    pub(crate) name: Name,
    /// What it shows.
    pub(crate) doc: Doc,
    /// The client's method.
    pub(crate) method: Name,
    /// What is set in the input.
    pub(crate) input: Vec<(Field, Value)>,
    /// The settings of the client that all clients have.
    pub(crate) built_ins: Vec<(BuiltIn, ParamValue)>,
    /// The settings that only clients of this service have, by the setter.
    pub(crate) client_params: Vec<(Name, ParamValue)>,
    /// What must come out.
    pub(crate) expect: Expectation,
}

/// What an endpoint test expects.
#[derive(Debug, Clone)]
pub(crate) enum Expectation {
    /// This endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its headers, each with its values.
        headers: Vec<(String, Vec<String>)>,
        /// Its properties, all but `authSchemes`.
        properties: Vec<(String, Value)>,
        /// The ways to sign.
        auth_schemes: Vec<AuthScheme<Value>>,
    },
    /// An error with this message.
    Error(String),
}
