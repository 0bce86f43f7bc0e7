//! Everything that was shown of a call, and whether something secret is in it.

use crate::planted::{PUBLIC, SECRET};
use aws_smithy_types::base64;
use farrier_conformance::Shape;
use serde_json::Value;
use std::fmt::Debug;
use std::pin::Pin;

/// A call on its way; it ends with what was shown.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Shown>>>;

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation<Client> {
    /// As the model writes it.
    pub(crate) name: &'static str,
    pub(crate) input: &'static Shape,
    /// Calls it with the input that the JSON holds.
    pub(crate) send: fn(&Client, &Value) -> Sending,
}

/// Texts, each with where it is from.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Of values: members that are not secret may be in them, and no bodies.
    values: Vec<(String, String)>,
    /// Of errors and logs: nothing that was sent or answered may be in them.
    others: Vec<(String, String)>,
}

impl Shown {
    /// `Debug` of a value, in both forms.
    pub(crate) fn add(&mut self, what: &str, value: &dyn Debug) {
        self.values.push((what.to_owned(), format!("{value:?}")));
        self.values
            .push((what.to_owned(), unindented(&format!("{value:#?}"))));
    }

    /// `Debug` of an error or a client, in both forms.
    pub(crate) fn add_other(&mut self, what: &str, value: &dyn Debug) {
        self.add_text(what, format!("{value:?}"));
        self.add_text(what, unindented(&format!("{value:#?}")));
    }

    /// What an error says.
    pub(crate) fn add_text(&mut self, what: &str, text: String) {
        self.others.push((what.to_owned(), text));
    }

    /// What an interceptor was shown.
    pub(crate) fn nosy(&mut self, seen: Vec<String>) {
        self.values.extend(
            seen.into_iter()
                .map(|text| ("an interceptor".to_owned(), text)),
        );
    }

    /// What was logged, with where from.
    pub(crate) fn log(&mut self, lines: Vec<(String, String)>) {
        self.others.extend(lines);
    }

    pub(crate) fn merge_into(self, other: &mut Self) {
        other.values.extend(self.values);
        other.others.extend(self.others);
    }

    /// Says what is secret and was shown.
    pub(crate) fn check(&self) -> Result<(), String> {
        let marks = [forms(SECRET), vec!["Signature=".to_owned()], body()].concat();
        for (what, text) in self.values.iter().chain(&self.others) {
            absent(&marks, what, text)?;
        }
        let public = forms(PUBLIC);
        self.others
            .iter()
            .try_for_each(|(what, text)| absent(&public, what, text))
    }
}

fn absent(marks: &[String], what: &str, text: &str) -> Result<(), String> {
    match marks.iter().find(|mark| text.contains(*mark)) {
        Some(mark) => Err(format!("{mark} is shown by {what}: {text}")),
        None => Ok(()),
    }
}

/// A mark as text, as base64, as numbers, and as hexadecimal digits.
fn forms(mark: &str) -> Vec<String> {
    let each = |form: fn(u8) -> String| mark.bytes().map(form).collect::<Vec<_>>();
    vec![
        mark.to_owned(),
        base64::encode(mark),
        each(|byte| byte.to_string()).join(", "),
        // `Debug` in its long form has each byte on a line of its own.
        each(|byte| byte.to_string()).join(",\n"),
        each(|byte| format!("{byte:02x}")).concat(),
        each(|byte| format!("{byte:02X}")).concat(),
    ]
}

/// What a body is known by: a text in JSON, by itself or within a text.
fn body() -> Vec<String> {
    vec![format!("\":\"{PUBLIC}"), format!("\\\":\\\"{PUBLIC}")]
}

fn unindented(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_start).collect();
    lines.join("\n")
}
