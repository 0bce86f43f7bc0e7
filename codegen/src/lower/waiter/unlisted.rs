//! What a waiter looks for and the model does not list, and so is probably misspelt. A warning, as services answer with
//! more than their models list.

use super::Lowering;
use crate::api::{Enumeration, Ty, Type};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, quoted};
use crate::list::List as _;
use crate::lower::closure::errors_of;
use crate::model::{Node, Shape, Span};

/// Errors that any operation of any service may fail with, so that few models list them; published waiters name some.
///
/// See [common errors](https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html).
const COMMON: [&str; 20] = [
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InternalFailure",
    "InternalServerException",
    "InvalidSignatureException",
    "MalformedHttpRequestException",
    "MissingAuthenticationTokenException",
    "NotAuthorized",
    "OptInRequired",
    "RequestAbortedException",
    "RequestEntityTooLargeException",
    "RequestExpired",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationException",
];

impl Lowering<'_, '_, '_> {
    /// Warns of an error that the operation does not list.
    pub(super) fn expect_error(&mut self, waiter: &str, code: &str, span: Span) {
        let model = self.cx.model;
        let signature = self.operation.as_operation();
        let errors = signature.map(|signature| errors_of(model, self.cx.service, signature));
        let errors = errors.unwrap_or_default();
        let known: Vec<&str> = errors.iter().flat_map(|error| codes(error)).list();
        if known.contains(&code) || COMMON.contains(&code) {
            return;
        }
        let message = format!(
            "the waiter {waiter} looks for the error {}, which {} does not list",
            quoted(code),
            self.operation.id.name()
        );
        let near = did_you_mean(code, known.iter().chain(&COMMON).copied());
        let help = near.or_else(|| listed("it lists", &known));
        self.warn(message, help, span);
    }

    /// Warns of a text that is no value of the enums that it is compared with. What else it is compared with may be any
    /// text.
    pub(super) fn expect_value(
        &mut self,
        (waiter, path): (&str, &str),
        expected: &str,
        compared: &[Option<Ty>],
        span: Span,
    ) {
        let enums: Option<Vec<&Enumeration>> = compared
            .iter()
            .map(|ty| enumeration(ty.as_ref()?, self.ends.types))
            .collect();
        let variants = enums.unwrap_or_default().into_iter();
        let known: Vec<&str> = variants
            .flat_map(|it| it.variants.iter().map(|variant| variant.wire.as_str()))
            .list();
        if known.is_empty() || known.contains(&expected) {
            return;
        }
        let message = format!(
            "the waiter {waiter} looks for {}, which is no value of {}",
            quoted(expected),
            quoted(path)
        );
        let near = did_you_mean(expected, known.iter().copied());
        let help = near.or_else(|| listed("the enum lists", &known));
        self.warn(message, help, span);
    }

    fn warn(&mut self, message: String, help: Option<String>, span: Span) {
        let mut warning = Diagnostic::warning(Code::WaiterUnlisted, message);
        warning.help = help;
        self.cx.report(warning, &self.operation.id, span);
    }
}

/// The codes of an error: the name of its shape, and the one that it had in the query protocol.
fn codes(error: &Shape) -> impl Iterator<Item = &str> {
    let query = error.traits.get("aws.protocols#awsQueryError");
    let query = query.and_then(|it| it.get("code")).and_then(Node::as_str);
    [error.id.name()].into_iter().chain(query)
}

/// The enum that a type is, where it is one.
fn enumeration<'t>(ty: &Ty, types: &'t [Type]) -> Option<&'t Enumeration> {
    let Ty::Named(reference) = ty else {
        return None;
    };
    // Types are sorted by name.
    let at = types.binary_search_by(|ty| ty.name().cmp(&reference.name));
    match types.get(at.ok()?) {
        Some(Type::Enumeration(enumeration)) => Some(enumeration),
        _ => None,
    }
}

/// `it lists A, B, C and 2 more`
fn listed(what: &str, names: &[&str]) -> Option<String> {
    let shown = &names[..names.len().min(5)];
    let more = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| format!("{what} {}{more}", shown.join(", ")))
}
