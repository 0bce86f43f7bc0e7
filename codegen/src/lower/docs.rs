//! Documentation: what the model says, as rustdoc's Markdown.
//!
//! Our own models are written in CommonMark, published ones in HTML. Both become the same tree, and one printer writes it,
//! so that links, escapes and line breaks are decided in one place.

mod html;
mod markdown;
mod pages;
mod print;
mod reason;
mod tree;

use std::borrow::Cow;
use std::collections::HashMap;

use super::closure::Closure;
use super::names::Names;
use crate::api::Doc;
use crate::list::List as _;
use crate::model::{Shape, Traits};
use pages::Pages;
use print::{Aim, Printer};

pub(super) use reason::deprecated;

/// What a text is about; it gives the sentence that stands where the model says nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    /// An operation.
    Operation(&'a str),
    /// A structure.
    Structure(&'a str),
    /// A union.
    Union(&'a str),
    /// An enum.
    Enumeration(&'a str),
    /// A member of a structure.
    Member(&'a str),
    /// A member of a union.
    Alternative(&'a str),
    /// A value of an enum.
    Value(&'a str),
    /// A waiter.
    Waiter(&'a str),
    /// A parameter of the endpoint rules.
    Parameter(&'a str),
}

impl Subject<'_> {
    /// A neutral sentence.
    fn sentence(self) -> String {
        let code = |name: &str| print::code_span(name);
        match self {
            Subject::Operation(name) => format!("The {} operation.", code(name)),
            Subject::Structure(name) => format!("The {} structure.", code(name)),
            Subject::Union(name) => format!("The {} union.", code(name)),
            Subject::Enumeration(name) => format!("The {} enum.", code(name)),
            Subject::Member(name) | Subject::Alternative(name) => {
                format!("The {} member.", code(name))
            }
            Subject::Value("") => "The empty value.".to_owned(),
            Subject::Value(text) => format!("The value {}.", code(text)),
            Subject::Waiter(name) => format!("Waits for {}.", code(name)),
            Subject::Parameter(name) => format!("The {} parameter.", code(name)),
        }
    }
}

/// Where a text will stand; links to what is declared there would be redundant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// In the module of errors.
    Errors,
    /// In the private module of the type with this name in Rust.
    Type(&'a str),
    /// Anywhere else.
    Other,
}

/// What a name in the text can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// The module of an operation, without the `r#` that no link may have.
    Operation(String),
    /// A type, by its name.
    Type(String),
    /// An error, by its name.
    Fault(String),
}

/// Turns documentation of the model into that of the client.
#[derive(Debug)]
pub(super) struct Docs {
    /// By the name in the model and the name in Rust.
    targets: HashMap<String, Target>,
    pages: Pages,
}

impl Docs {
    /// Learns what is printed and so can be linked to; an operation goes before a type of the same name.
    pub(super) fn new(
        service: &Shape,
        names: &Names<'_>,
        operations: &[&Shape],
        closure: &Closure<'_>,
    ) -> Docs {
        let mut docs = Docs {
            targets: HashMap::new(),
            pages: Pages::of(service),
        };
        for shape in operations {
            if let Some(names) = names.of_operation(shape) {
                docs.add(
                    shape.id.name(),
                    names.name.plain(),
                    Target::Operation(names.module.plain().to_owned()),
                );
            }
        }
        for shape in &closure.errors {
            if let Some(names) = names.of_fault(shape) {
                let name = names.names.name.plain();
                docs.add(shape.id.name(), name, Target::Fault(name.to_owned()));
            }
        }
        for (shape, _) in closure.types() {
            if let Some(names) = names.of_type(shape) {
                let name = names.name.plain();
                docs.add(shape.id.name(), name, Target::Type(name.to_owned()));
            }
        }
        docs
    }

    fn add(&mut self, model: &str, rust: &str, target: Target) {
        for name in [model, rust] {
            self.targets
                .entry(name.to_owned())
                .or_insert_with(|| target.clone());
        }
    }

    /// The documentation of the service; empty where there is none.
    pub(super) fn service(&self, traits: &Traits) -> Doc {
        traits
            .str("smithy.api#documentation")
            .map(|text| self.print(text, Place::Other))
            .unwrap_or_default()
    }

    /// The documentation of a shape or a member.
    pub(super) fn of(&self, traits: &Traits, subject: Subject<'_>, place: Place<'_>) -> Doc {
        self.text(traits.str("smithy.api#documentation"), subject, place)
    }

    /// A text of the model, or a neutral sentence where there is none.
    pub(super) fn text(&self, text: Option<&str>, subject: Subject<'_>, place: Place<'_>) -> Doc {
        let doc = text.map(|text| self.print(text, place)).unwrap_or_default();
        if doc.is_empty() {
            line(&subject.sentence())
        } else {
            doc
        }
    }

    fn print(&self, text: &str, place: Place<'_>) -> Doc {
        let text = match text.contains('\r') {
            true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(text),
        };
        let (blocks, width) = if html::is_html(&text) {
            (html::parse(&text), 110)
        } else {
            (markdown::parse(&text), 100)
        };
        let find = |aim: Aim<'_>| match aim {
            Aim::Name(name) => self.path(name, place),
            Aim::Page(url) => self.path(self.pages.name(url)?, place),
        };
        Doc {
            lines: Printer::new(width, &find).print(&blocks),
        }
    }

    /// The path to link a name to, where something of that name is printed elsewhere.
    fn path(&self, name: &str, place: Place<'_>) -> Option<String> {
        match (self.targets.get(name)?, place) {
            (Target::Fault(_), Place::Errors) => None,
            (Target::Type(name), Place::Type(here)) if name == here => None,
            (Target::Operation(module), _) => Some(format!("crate::operation::{module}")),
            (Target::Type(name), _) => Some(format!("crate::types::{name}")),
            (Target::Fault(name), _) => Some(format!("crate::types::error::{name}")),
        }
    }
}

/// Documentation of one line, which is Markdown already.
pub(super) fn line(text: &str) -> Doc {
    Doc {
        lines: vec![text.to_owned()],
    }
}

/// Documentation that is mere text.
pub(super) fn plain(text: &str) -> Doc {
    let blocks = [tree::Block::Paragraph(vec![tree::Inline::Text(
        text.to_owned(),
    )])];
    Doc {
        lines: Printer::new(100, &|_: Aim<'_>| None).print(&blocks),
    }
}

/// Mere text, as it stands within a line of documentation.
pub(super) fn inline(text: &str) -> String {
    plain(&one_line(text)).lines.join(" ")
}

/// Text for a sentence: white space collapsed, and nothing that cannot be printed.
pub(super) fn one_line(text: &str) -> String {
    let text = text.split_whitespace().list().join(" ");
    text.chars().filter(|c| print::is_printable(*c)).collect()
}

#[cfg(test)]
mod tests;
