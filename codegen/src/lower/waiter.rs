//! Waiters: the trait [`smithy.waiters#waitable`](https://smithy.io/2.0/additional-specs/waiters.html) of an operation.

mod unlisted;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::jmespath::{Expression, Step};
use super::predicate::{self, Ends, Wanted};
use super::{Cx, docs, jmespath, path};
use crate::api::{Acceptor, OutputTest, Path, PathStep, Record, Ty, Type, Verdict, Waiter};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
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
            modules: Scope::new(Style::Snake).reserve(&["mod"]),
        }
    }
}

/// The waiters of an operation, in the order of the model; what cannot be printed is reported.
pub(super) fn waiters(
    cx: &mut Cx<'_, '_>,
    operation: &Shape,
    (input, output): (&Record, &Record),
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
        ends: Ends {
            input,
            output,
            types,
            reads_input: Cell::new(false),
            reads_deprecated: Cell::new(false),
            compared: RefCell::default(),
        },
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
    ends: Ends<'a>,
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
        if acceptors.is_empty() {
            return self.refuse(wire, "it has no acceptors", node.span);
        }
        self.ends.reads_input.set(false);
        self.ends.reads_deprecated.set(false);
        let acceptors: Vec<Option<Acceptor>> = acceptors
            .iter()
            .map(|node| self.acceptor(wire, node))
            .list();
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
            reads_input: self.ends.reads_input.get(),
            reads_deprecated: self.ends.reads_deprecated.get(),
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
                Some(code) => {
                    // It may be written as a shape id; on the wire stands the name.
                    let code = code.rsplit('#').next().unwrap_or(code);
                    self.expect_error(waiter, code, entry.value.span);
                    Some(Acceptor::ErrorCode(code.to_owned(), verdict))
                }
                None => self.refuse(
                    waiter,
                    "the matcher `errorType` is no string",
                    entry.value.span,
                ),
            },
            "output" | "inputOutput" => {
                let both = entry.key == "inputOutput";
                let test = self.output_test(waiter, &entry.value, both)?;
                Some(Acceptor::Output(test, verdict))
            }
            other => self.refuse(
                waiter,
                &format!("the matcher `{other}` is not handled"),
                entry.key_span,
            ),
        }
    }

    fn output_test(&mut self, waiter: &str, node: &Node, both: bool) -> Option<OutputTest> {
        let text = |key: &str| match node.get(key) {
            Some(value) => {
                let text = value.as_str().map(|text| (text, value.span));
                text.ok_or_else(|| (format!("`{key}` is no string"), value.span))
            }
            None => Err((format!("a matcher has no `{key}`"), node.span)),
        };
        let parts =
            text("path").and_then(|path| Ok((path, text("expected")?, text("comparator")?)));
        let ((source, span), (expected, of_expected), (comparator, of_comparator)) = match parts {
            Ok(parts) => parts,
            Err((message, span)) => return self.refuse(waiter, &message, span),
        };
        let wanted = match comparator {
            "stringEquals" => Wanted::Text(expected),
            "allStringEquals" => Wanted::AllTexts(expected),
            "anyStringEquals" => Wanted::AnyText(expected),
            "booleanEquals" => match expected.parse() {
                Ok(wanted) => Wanted::Boolean(wanted),
                Err(_) => {
                    let message = format!("`{expected}` is neither `true` nor `false`");
                    return self.refuse(waiter, &message, of_expected);
                }
            },
            other => {
                let message = format!(
                    "the comparator `{other}` is none of stringEquals, booleanEquals, allStringEquals and anyStringEquals"
                );
                return self.refuse(waiter, &message, of_comparator);
            }
        };
        self.ends.compared.take();
        let test = jmespath::parse(source)
            .map_err(|error| format!("the path `{source}` is not handled: {error}"))
            .and_then(|expression| self.test(source, &expression, both, &wanted, comparator));
        match test {
            Ok(test) => {
                let types = self.compared(&test);
                self.expect_value((waiter, source), expected, &types, of_expected);
                Some(test)
            }
            Err(message) => self.refuse(waiter, &message, span),
        }
    }

    /// The condition that an expression makes; the error says what is wrong with it.
    fn test(
        &self,
        source: &str,
        expression: &Expression,
        both: bool,
        wanted: &Wanted<'_>,
        comparator: &str,
    ) -> Result<OutputTest, String> {
        let simple = |step: &Step| matches!(step, Step::Field(_) | Step::Flatten | Step::Each);
        if both || !expression.steps.iter().all(simple) {
            return predicate::lower(&self.ends, expression, both, wanted)
                .map(OutputTest::Holds)
                .map_err(|error| {
                    format!("the path `{source}` is not handled with `{comparator}`: {error}")
                });
        }
        let path = path::resolve(expression, self.ends.output, self.ends.types)
            .map_err(|error| format!("the path `{source}` leads nowhere: {error}"))?;
        if path.is_deprecated() {
            self.ends.reads_deprecated.set(true);
        }
        let found = path::kind(Some(&path.ty));
        let test = match wanted {
            Wanted::Text(text) => single(path)
                .filter(|path| path.ty.is_text())
                .map(|path| OutputTest::StringEquals(path, (*text).to_owned())),
            Wanted::AllTexts(text) => {
                several(path).map(|path| OutputTest::AllStringsEqual(path, (*text).to_owned()))
            }
            Wanted::AnyText(text) => {
                several(path).map(|path| OutputTest::AnyStringEquals(path, (*text).to_owned()))
            }
            Wanted::Boolean(wanted) => single(path)
                .filter(|path| path.ty == Ty::Boolean)
                .map(|path| OutputTest::BooleanEquals(path, *wanted)),
        };
        test.ok_or_else(|| {
            format!("`{source}` leads to {found}, to which `{comparator}` does not apply")
        })
    }

    /// The types of what a text is compared with, of which [`Ends::compared`] has those of conditions.
    fn compared(&self, test: &OutputTest) -> Vec<Option<Ty>> {
        let of_condition = self.ends.compared.take();
        match test {
            OutputTest::StringEquals(path, _)
            | OutputTest::AllStringsEqual(path, _)
            | OutputTest::AnyStringEquals(path, _) => vec![Some(path.ty.clone())],
            OutputTest::BooleanEquals(..) => Vec::new(),
            OutputTest::Holds(_) => of_condition,
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
        return Some(path).filter(|path| path.ty.is_text());
    }
    match path.ty {
        Ty::List {
            element,
            sparse: false,
        } if element.is_text() => {
            path.steps.push(PathStep::Each);
            path.ty = *element;
            Some(path)
        }
        _ => None,
    }
}
