//! Waiters: the trait [`smithy.waiters#waitable`](https://smithy.io/2.0/additional-specs/waiters.html) of an operation.

use std::time::Duration;

use super::{Cx, docs, jmespath, path};
use crate::api::{
    Acceptor, OutputTest, Path, PathStep, Record, Ty, Type, TypeKind, Verdict, Waiter,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Node, Object, Shape, Span};
use crate::names::{Scope, Style, pascal, snake};

/// The delays, in seconds, of a waiter that names none.
const DELAYS: (u64, u64) = (2, 120);

/// The names of waiters, which stand side by side for all operations.
pub(super) struct Scopes {
    modules: Scope,
}

impl Scopes {
    pub(super) fn new() -> Scopes {
        Scopes {
            modules: Scope::new(Style::Snake),
        }
    }
}

/// The waiters of an operation, in the order of the model; what cannot be printed is reported.
pub(super) fn waiters(
    cx: &mut Cx<'_, '_>,
    operation: &Shape,
    output: &Record,
    types: &[Type],
    scopes: &mut Scopes,
) -> Vec<Waiter> {
    let Some(definitions) = operation
        .traits
        .get("smithy.waiters#waitable")
        .and_then(Node::as_object)
    else {
        return Vec::new();
    };
    let mut lowering = Lowering {
        cx,
        operation,
        output,
        types,
    };
    let mut waiters = Vec::new();
    for entry in &definitions.entries {
        if let Some(waiter) = lowering.waiter(&entry.key, &entry.value, scopes) {
            waiters.push(waiter);
        }
    }
    waiters
}

struct Lowering<'a, 'm, 'd> {
    cx: &'a mut Cx<'m, 'd>,
    operation: &'a Shape,
    output: &'a Record,
    types: &'a [Type],
}

impl Lowering<'_, '_, '_> {
    fn waiter(&mut self, wire: &str, node: &Node, scopes: &mut Scopes) -> Option<Waiter> {
        let [module, method] = scopes.modules.claim_all(&snake(wire), ["", "wait_until_"]);
        let name = pascal(module.plain());
        let mut types = Scope::new(Style::Pascal);
        let seconds = |key: &str, or: u64| {
            node.get(key)
                .and_then(Node::as_i64)
                .and_then(|it| u64::try_from(it).ok())
                .unwrap_or(or)
        };
        let min_delay = seconds("minDelay", DELAYS.0).max(1);
        let max_delay = seconds("maxDelay", DELAYS.1.max(min_delay));
        if max_delay < min_delay {
            return self.refuse(
                wire,
                "its `maxDelay` is less than its `minDelay`",
                node.span,
            );
        }
        let acceptors = node
            .get("acceptors")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let acceptors: Vec<Option<Acceptor>> = acceptors
            .iter()
            .map(|node| self.acceptor(wire, node))
            .collect();
        let deprecated = node
            .get("deprecated")
            .and_then(Node::as_bool)
            .unwrap_or_default();
        let text = node.get("documentation").and_then(Node::as_str);
        Some(Waiter {
            wire: wire.to_owned(),
            fluent: types.claim(&format!("{name}FluentBuilder")),
            final_poll: types.claim(&format!("{name}FinalPoll")),
            error: types.claim(&format!("WaitUntil{name}Error")),
            doc: self
                .cx
                .docs
                .text(text, docs::Subject::Waiter(wire), docs::Place::Other),
            deprecated: deprecated.then(String::new),
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
            acceptors: acceptors.into_iter().collect::<Option<_>>()?,
            module,
            method,
        })
    }

    fn acceptor(&mut self, waiter: &str, node: &Node) -> Option<Acceptor> {
        let verdict = match node.get("state").and_then(Node::as_str) {
            Some("success") => Verdict::Success,
            Some("failure") => Verdict::Failure,
            Some("retry") => Verdict::Retry,
            _ => {
                return self.refuse(
                    waiter,
                    "the state of an acceptor is none of success, failure and retry",
                    node.span,
                );
            }
        };
        let matcher = node
            .get("matcher")
            .and_then(Node::as_object)
            .map_or(&[] as &[_], |object: &Object| &object.entries);
        let [entry] = matcher else {
            return self.refuse(waiter, "an acceptor has not exactly one matcher", node.span);
        };
        match entry.key.as_str() {
            "success" => match entry.value.as_bool() {
                Some(success) => Some(Acceptor::Success(success, verdict)),
                None => self.refuse(
                    waiter,
                    "the matcher `success` is no boolean",
                    entry.value.span,
                ),
            },
            "errorType" => match entry.value.as_str() {
                // It may be written as a shape id; on the wire stands the name.
                Some(code) => Some(Acceptor::ErrorCode(
                    code.rsplit('#').next().unwrap_or(code).to_owned(),
                    verdict,
                )),
                None => self.refuse(
                    waiter,
                    "the matcher `errorType` is no string",
                    entry.value.span,
                ),
            },
            "output" => Some(Acceptor::Output(
                self.output_test(waiter, &entry.value)?,
                verdict,
            )),
            other => self.refuse(
                waiter,
                &format!("the matcher `{other}` is not handled"),
                entry.key_span,
            ),
        }
    }

    fn output_test(&mut self, waiter: &str, node: &Node) -> Option<OutputTest> {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let (Some(source), Some(expected), Some(comparator)) =
            (text("path"), text("expected"), text("comparator"))
        else {
            let message = "a matcher has not all of `path`, `expected` and `comparator`";
            return self.refuse(waiter, message, node.span);
        };
        let span = node.get("path").map_or(node.span, |node| node.span);
        let path = match self.path(source) {
            Ok(path) => path,
            Err(message) => return self.refuse(waiter, &message, span),
        };
        let found = path::kind(Some(&path.ty));
        let wanted = expected.to_owned();
        let test = match comparator {
            "stringEquals" => single(path)
                .filter(|path| is_text(&path.ty))
                .map(|path| OutputTest::StringEquals(path, wanted)),
            "allStringEquals" => {
                several(path).map(|path| OutputTest::AllStringsEqual(path, wanted))
            }
            "anyStringEquals" => {
                several(path).map(|path| OutputTest::AnyStringEquals(path, wanted))
            }
            "booleanEquals" => {
                let Ok(wanted) = expected.parse() else {
                    return self.refuse(waiter, &format!("`{expected}` is no boolean"), node.span);
                };
                single(path)
                    .filter(|path| path.ty == Ty::Boolean)
                    .map(|path| OutputTest::BooleanEquals(path, wanted))
            }
            other => {
                return self.refuse(
                    waiter,
                    &format!("the comparator `{other}` is not handled"),
                    node.span,
                );
            }
        };
        if test.is_none() {
            let message =
                format!("`{source}` leads to {found}, to which `{comparator}` does not apply");
            self.refuse::<()>(waiter, &message, span);
        }
        test
    }

    /// The way that a JMESPath expression describes.
    fn path(&self, source: &str) -> Result<Path, String> {
        let expression = jmespath::parse(source)
            .map_err(|error| format!("the path `{source}` is not handled: {error}"))?;
        let path = path::resolve(&expression, self.output, self.types)
            .map_err(|error| format!("the path `{source}` leads nowhere: {error}"))?;
        let read = |step: &PathStep| matches!(step, PathStep::Field { .. } | PathStep::Each);
        match path.steps.iter().all(read) {
            true => Ok(path),
            false => Err(format!(
                "the path `{source}` is not handled: it is more than names and lists"
            )),
        }
    }

    fn refuse<T>(&mut self, waiter: &str, message: &str, span: Span) -> Option<T> {
        let message = format!("the waiter {waiter} cannot be printed: {message}");
        self.cx.report(
            Diagnostic::error(Code::BadWaiter, message),
            &self.operation.id,
            span,
        );
        None
    }
}

/// Whether a value is a string, an enum included.
fn is_text(ty: &Ty) -> bool {
    match ty {
        Ty::String => true,
        Ty::Named(reference) => reference.kind == TypeKind::Enumeration,
        _ => false,
    }
}

fn goes_through_a_list(path: &Path) -> bool {
    path.steps.iter().any(|step| matches!(step, PathStep::Each))
}

/// The path, where it leads to one value.
fn single(path: Path) -> Option<Path> {
    (!goes_through_a_list(&path)).then_some(path)
}

/// The path to each of several strings: through a list, or to one.
fn several(mut path: Path) -> Option<Path> {
    if goes_through_a_list(&path) {
        return Some(path).filter(|path| is_text(&path.ty));
    }
    match path.ty {
        Ty::List {
            element,
            sparse: false,
        } if is_text(&element) => {
            path.steps.push(PathStep::Each);
            path.ty = *element;
            Some(path)
        }
        _ => None,
    }
}
