//! The forms that recur in the AST: objects with known properties, references, members and traits.

use super::super::draft::Reporter;
use super::super::id::ShapeId;
use super::super::node::{Entry, Node, Object, Value};
use super::super::shape::{Member, Reference};
use super::super::source::{Files, Span};
use super::super::traits::{Trait, Traits};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::list::List as _;

/// The properties of an AST node; what nobody takes is unknown.
pub(super) struct Properties {
    entries: Vec<Entry>,
    /// Where to point when a property is missing.
    pub(super) span: Span,
}

impl Properties {
    pub(super) fn new(object: Object, span: Span) -> Properties {
        Properties {
            entries: object.entries,
            span,
        }
    }

    /// Takes a property out.
    pub(super) fn take(&mut self, name: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == name)?;
        Some(self.entries.remove(at))
    }

    /// Where a property stands, if it is there.
    pub(super) fn find(&self, name: &str) -> Option<Span> {
        self.entries
            .iter()
            .find(|entry| entry.key == name)
            .map(|entry| entry.key_span)
    }
}

/// Reads parts of a file and collects what is wrong with them.
pub(super) struct Parts<'a> {
    reporter: Reporter<'a>,
    /// Whether anything was wrong since this was last set to false.
    pub(super) faulty: bool,
    /// Whether the shape at hand has mixins, so that the member of a list may be theirs.
    pub(super) may_inherit: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn new(files: &'a Files, diagnostics: &'a mut Diagnostics) -> Parts<'a> {
        Parts {
            reporter: Reporter::new(files, diagnostics),
            faulty: false,
            may_inherit: false,
        }
    }

    pub(super) fn files(&self) -> &'a Files {
        self.reporter.files
    }

    pub(super) fn reporter(&mut self) -> &mut Reporter<'a> {
        &mut self.reporter
    }

    /// Reports a value of the wrong form.
    pub(super) fn wrong_form(&mut self, span: Span, message: String, on: Option<&ShapeId>) {
        self.fault(Code::WrongForm, span, message, on);
    }

    /// Reports a value of the wrong form, and says what to do about it.
    pub(super) fn wrong_form_with(
        &mut self,
        span: Span,
        message: String,
        help: &str,
        on: &ShapeId,
    ) {
        self.faulty = true;
        let fault = Diagnostic::error(Code::WrongForm, message).help(help);
        let fault = fault.on(on).at(self.files(), span);
        self.reporter.push(fault);
    }

    fn fault(&mut self, code: Code, span: Span, message: String, on: Option<&ShapeId>) {
        self.faulty = true;
        let mut fault = Diagnostic::error(code, message).at(self.files(), span);
        if let Some(on) = on {
            fault = fault.on(on);
        }
        self.reporter.push(fault);
    }

    /// Warns of the properties that nobody took.
    pub(super) fn finish(&mut self, properties: Properties, on: Option<&ShapeId>) {
        for entry in properties.entries {
            let message = format!(
                "the property {} is not known, and is left out",
                quoted(&entry.key)
            );
            let mut fault = Diagnostic::warning(Code::UnknownProperty, message)
                .at(self.files(), entry.key_span);
            if let Some(on) = on {
                fault = fault.on(on);
            }
            self.reporter.push(fault);
        }
    }

    fn expected(&mut self, node: &Node, what: &str, form: &str, on: Option<&ShapeId>) {
        self.wrong_form(
            node.span,
            format!("expected {what} to be {form}, found {}", node.kind()),
            on,
        );
    }

    pub(super) fn object(
        &mut self,
        node: Node,
        what: &str,
        on: Option<&ShapeId>,
    ) -> Option<Object> {
        match node.value {
            Value::Object(object) => Some(object),
            _ => {
                self.expected(&node, what, "an object", on);
                None
            }
        }
    }

    pub(super) fn string(
        &mut self,
        node: Node,
        what: &str,
        on: Option<&ShapeId>,
    ) -> Option<String> {
        match node.value {
            Value::String(text) => Some(text),
            _ => {
                self.expected(&node, what, "a string", on);
                None
            }
        }
    }

    pub(super) fn array(
        &mut self,
        node: Node,
        what: &str,
        on: Option<&ShapeId>,
    ) -> Option<Vec<Node>> {
        match node.value {
            Value::Array(elements) => Some(elements),
            _ => {
                self.expected(&node, what, "an array", on);
                None
            }
        }
    }

    /// Takes a property that has to be there.
    pub(super) fn required(
        &mut self,
        properties: &mut Properties,
        name: &str,
        on: &ShapeId,
    ) -> Option<Node> {
        match properties.take(name) {
            Some(entry) => Some(entry.value),
            None => {
                let message = format!("the property `{name}` is missing");
                self.fault(Code::MissingProperty, properties.span, message, Some(on));
                None
            }
        }
    }

    /// Reads an absolute shape id.
    pub(super) fn shape_id(
        &mut self,
        text: &str,
        span: Span,
        on: Option<&ShapeId>,
    ) -> Option<ShapeId> {
        let id = ShapeId::parse(text);
        if id.is_none() {
            let message = format!(
                "{} is not a shape id, which reads namespace#Name",
                quoted(text)
            );
            self.fault(Code::BadShapeId, span, message, on);
        }
        id
    }

    /// Reads `{"target": "namespace#Name"}`, and hands back what else is in it.
    fn target(&mut self, node: Node, what: &str, on: &ShapeId) -> Option<(Reference, Properties)> {
        let span = node.span;
        let object = self.object(node, what, Some(on))?;
        let mut properties = Properties::new(object, span);
        let node = self.required(&mut properties, "target", on)?;
        let span = node.span;
        let text = self.string(node, "`target`", Some(on))?;
        let id = self.shape_id(&text, span, Some(on))?;
        if id.member().is_some() {
            let message = format!("`{id}` is a member, and only shapes can be targeted");
            self.fault(Code::WrongTarget, span, message, Some(on));
            return None;
        }
        Some((Reference { id, span }, properties))
    }

    fn plain_reference(&mut self, node: Node, what: &str, on: &ShapeId) -> Option<Reference> {
        let (reference, rest) = self.target(node, what, on)?;
        self.finish(rest, Some(on));
        Some(reference)
    }

    /// Takes a property that is a [reference](https://smithy.io/2.0/spec/json-ast.html#ast-shape-reference).
    pub(super) fn reference(
        &mut self,
        from: &mut Properties,
        name: &str,
        on: &ShapeId,
    ) -> Option<Reference> {
        let entry = from.take(name)?;
        self.plain_reference(entry.value, &quoted(name), on)
    }

    /// Takes a property that is an array of references.
    pub(super) fn references(
        &mut self,
        from: &mut Properties,
        name: &str,
        on: &ShapeId,
    ) -> Vec<Reference> {
        let Some(entry) = from.take(name) else {
            return Vec::new();
        };
        let elements = self
            .array(entry.value, &quoted(name), Some(on))
            .unwrap_or_default();
        let what = format!("an element of `{name}`");
        elements
            .into_iter()
            .filter_map(|node| self.plain_reference(node, &what, on))
            .list()
    }

    /// Takes a property that is an object of references.
    pub(super) fn named_references(
        &mut self,
        from: &mut Properties,
        name: &str,
        on: &ShapeId,
    ) -> Vec<(String, Reference)> {
        let Some(entry) = from.take(name) else {
            return Vec::new();
        };
        let object = self
            .object(entry.value, &quoted(name), Some(on))
            .unwrap_or_default();
        let mut references = Vec::new();
        for entry in object.entries {
            let reference = self.plain_reference(entry.value, &quoted(&entry.key), on);
            references.extend(reference.map(|reference| (entry.key, reference)));
        }
        references
    }

    /// Takes the traits of a shape or a member.
    pub(super) fn traits(&mut self, from: &mut Properties, on: &ShapeId) -> Traits {
        let Some(entry) = from.take("traits") else {
            return Traits::default();
        };
        let object = self
            .object(entry.value, "`traits`", Some(on))
            .unwrap_or_default();
        let mut list = Vec::with_capacity(object.len());
        for entry in object.entries {
            if let Some(id) = self.shape_id(&entry.key, entry.key_span, Some(on)) {
                list.push(Trait {
                    id,
                    value: entry.value,
                    span: entry.key_span,
                });
            }
        }
        Traits { list }
    }

    /// Takes the `members` of a shape.
    pub(super) fn members(&mut self, from: &mut Properties, of: &ShapeId) -> Vec<Member> {
        let Some(entry) = from.take("members") else {
            return Vec::new();
        };
        let object = self
            .object(entry.value, "`members`", Some(of))
            .unwrap_or_default();
        object
            .entries
            .into_iter()
            .filter_map(|entry| self.member(entry, of))
            .list()
    }

    /// Takes a property that is a member and has to be there.
    pub(super) fn required_member(
        &mut self,
        from: &mut Properties,
        name: &str,
        of: &ShapeId,
    ) -> Option<Member> {
        let found = from.find(name);
        let key_span = found.unwrap_or(from.span);
        if found.is_none() && self.may_inherit {
            return Some(Member::inherited(of.with_member(name), key_span));
        }
        let value = self.required(from, name, of)?;
        self.member(
            Entry {
                key: name.to_owned(),
                key_span,
                value,
            },
            of,
        )
    }

    fn member(&mut self, entry: Entry, of: &ShapeId) -> Option<Member> {
        let span = entry.key_span;
        let Some(id) = of.try_member(&entry.key) else {
            let message = format!("{} is not a valid name for a member", quoted(&entry.key));
            self.fault(Code::BadShapeId, span, message, Some(of));
            return None;
        };
        let (target, mut rest) = self.target(entry.value, &quoted(&entry.key), &id)?;
        let traits = self.traits(&mut rest, &id);
        self.finish(rest, Some(&id));
        Some(Member {
            id,
            target,
            traits,
            span,
        })
    }
}
