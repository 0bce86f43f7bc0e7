//! An input in JSON, held against what the model asks of it.

use super::decimal::compare;
use super::items::Items;
use super::secret::with_text;
use super::{InvalidInput, Length, Member, Pattern, Range, Shape, Violation, ViolationKind};
use crate::error::BoxError;
use crate::internal::InputValidation;
use crate::json::Reader;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Display, Write as _};

/// How many characters of a value that does not match are shown.
const SHOWN: usize = 64;

/// Checks the input of an operation.
///
/// # Errors
///
/// [`InvalidInput`], when a constraint is broken; when the input lies too deep in itself to be read.
pub fn validate(
    level: InputValidation,
    operation: &'static str,
    shape: &'static Shape,
    body: &[u8],
) -> Result<(), BoxError> {
    let mut walk = Walk {
        all: level == InputValidation::AllConstraints,
        path: String::new(),
        secret: false,
        violations: Vec::new(),
    };
    walk.value(&mut Reader::new(body), shape)?;
    if walk.violations.is_empty() {
        return Ok(());
    }
    Err(Box::new(InvalidInput {
        operation,
        violations: walk.violations,
    }))
}

struct Walk {
    /// Whether more is checked than that required members are there.
    all: bool,
    /// The way to the value.
    path: String,
    /// Whether the value is not to be seen.
    secret: bool,
    violations: Vec<Violation>,
}

impl Walk {
    fn value(&mut self, reader: &mut Reader<'_>, shape: &'static Shape) -> Result<(), BoxError> {
        match shape {
            Shape::Structure { members } => self.structure(reader, members),
            Shape::List {
                length,
                unique,
                member,
            } => self.list(reader, *length, *unique, member),
            Shape::Map { length, key, value } => self.map(reader, *length, key, value),
            Shape::Sensitive { shape } => self.secretly(|walk| walk.value(reader, shape)),
            Shape::Text { length, pattern } if self.all && self.secret => {
                match reader.raw_value()? {
                    "null" => {}
                    quoted => with_text(quoted, |text| self.text("", text, *length, *pattern)),
                }
                Ok(())
            }
            Shape::Text { length, pattern } if self.all => {
                if let Some(text) = reader.text()? {
                    self.text("", &text, *length, *pattern);
                }
                Ok(())
            }
            Shape::Blob { length } if self.all => {
                if let Some(text) = reader.text()? {
                    self.length("", decoded_length(&text), "byte", *length);
                }
                Ok(())
            }
            Shape::Number { range } if self.all => {
                self.number(reader.raw_value()?, *range);
                Ok(())
            }
            Shape::Float { range } if self.all => {
                let text = reader.raw_value()?;
                // The shortest number that is this float: `0.3`, and not `0.30000001192092896`, which would be larger.
                match text.parse::<f32>() {
                    Ok(value) => self.number(&value.to_string(), *range),
                    Err(_) => self.number(text, *range),
                }
                Ok(())
            }
            _ => Ok(reader.skip_value()?),
        }
    }

    fn structure(
        &mut self,
        reader: &mut Reader<'_>,
        members: &'static [Member],
    ) -> Result<(), BoxError> {
        if !reader.begin_object()? {
            return Ok(());
        }
        let before = self.violations.len();
        let mut given = vec![false; members.len()];
        while let Some(key) = reader.next_key()? {
            let known = members.iter().position(|member| member.name == key);
            let Some(index) = known else {
                reader.skip_value()?;
                continue;
            };
            given[index] = true;
            let member = &members[index];
            self.at_member(member.name, |walk| walk.value(reader, member.target))?;
        }
        let missing = members.iter().zip(given);
        let missing = missing.filter(|(member, given)| member.required && !given);
        let missing: Vec<Violation> = missing
            .map(|(member, _)| {
                self.at_member(member.name, |walk| {
                    walk.violation(ViolationKind::Missing, "is required and not set")
                })
            })
            .collect();
        self.violations.splice(before..before, missing);
        Ok(())
    }

    fn list(
        &mut self,
        reader: &mut Reader<'_>,
        length: Length,
        unique: bool,
        member: &'static Shape,
    ) -> Result<(), BoxError> {
        if !reader.begin_array()? {
            return Ok(());
        }
        let before = self.violations.len();
        let mut items = Items::default();
        let mut count = 0;
        while reader.next_element()? {
            let index = count;
            count += 1;
            self.at(format_args!("[{index}]"), |walk| {
                if unique
                    && walk.all
                    && let Some(first) = items.add(index, reader.peek_value()?)?
                {
                    walk.report(
                        ViolationKind::UniqueItems,
                        format!("must differ from the others and is the same as item {first}"),
                    );
                }
                walk.value(reader, member)
            })?;
        }
        self.entries(before, count, length);
        Ok(())
    }

    fn map(
        &mut self,
        reader: &mut Reader<'_>,
        length: Length,
        key_shape: &'static Shape,
        value: &'static Shape,
    ) -> Result<(), BoxError> {
        if !reader.begin_object()? {
            return Ok(());
        }
        let before = self.violations.len();
        let mut count = 0;
        let mut within = Vec::new();
        while let Some(key) = reader.next_raw_key()? {
            count += 1;
            with_text(key, |key| {
                let step = match self.secret {
                    true => Cow::Borrowed("[*]"),
                    false => Cow::Owned(format!("[{}]", Excerpt(key))),
                };
                self.at(step, |walk| {
                    walk.key(key, key_shape);
                    walk.value(reader, value)
                })
            })?;
            if self.violations.len() > before {
                within.push(self.violations.split_off(before));
            }
        }
        // Entries are written in no order.
        within.sort_by(|one, other| told(one).cmp(told(other)));
        self.violations.extend(within.into_iter().flatten());
        self.entries(before, count, length);
        Ok(())
    }

    fn key(&mut self, key: &str, shape: &'static Shape) {
        match shape {
            Shape::Sensitive { shape } => self.secretly(|walk| walk.key(key, shape)),
            Shape::Text { length, pattern } if self.all => {
                self.text("has a key that ", key, *length, *pattern);
            }
            _ => {}
        }
    }

    fn text(&mut self, what: &str, text: &str, length: Length, pattern: Option<Pattern>) {
        self.length(what, text.chars().count(), "character", length);
        let Some(pattern) = pattern.filter(|pattern| !pattern.matches(text)) else {
            return;
        };
        let mut message = format!("{what}must match {}", pattern.text);
        if !self.secret {
            let _ = write!(message, " and is {}", Excerpt(text));
        }
        self.report(ViolationKind::Pattern, message);
    }

    /// The number, or NaN or an infinity as a string.
    fn number(&mut self, value: &str, range: Range) {
        let value = value.trim_matches('"');
        let beyond = |bound: &str, beyond: Ordering| match value {
            "NaN" => true,
            "Infinity" => beyond == Ordering::Greater,
            "-Infinity" => beyond == Ordering::Less,
            value => compare(value, bound) == beyond,
        };
        let too_small = range.min.is_some_and(|min| beyond(min, Ordering::Less));
        let too_large = range.max.is_some_and(|max| beyond(max, Ordering::Greater));
        if value != "null" && (too_small || too_large) {
            let allowed = Allowed(range.min, range.max);
            let value = self.shown(value);
            let message = format!("must be {allowed}{}", Given(" and is ", value));
            self.report(ViolationKind::Range, message);
        }
    }

    /// The number of entries, of which is told before what is wrong with them.
    fn entries(&mut self, before: usize, count: usize, length: Length) {
        let within = self.violations.split_off(before);
        self.length("", count, "entr", length);
        self.violations.extend(within);
    }

    fn length(&mut self, what: &str, count: usize, unit: &str, length: Length) {
        let count = count as u64;
        let fits =
            length.min.is_none_or(|min| count >= min) && length.max.is_none_or(|max| count <= max);
        if fits || !self.all {
            return;
        }
        let allowed = Allowed(length.min, length.max);
        let one = length.max.or(length.min) == Some(1);
        let unit = match (unit, one) {
            ("entr", true) => "entry".to_owned(),
            ("entr", false) => "entries".to_owned(),
            (unit, true) => unit.to_owned(),
            (unit, false) => format!("{unit}s"),
        };
        let count = self.shown(count);
        let message = format!(
            "{what}must have {allowed} {unit}{}",
            Given(" and has ", count)
        );
        self.report(ViolationKind::Length, message);
    }

    /// What may be told of a value.
    fn shown<T>(&self, value: T) -> Option<T> {
        (!self.secret).then_some(value)
    }

    fn violation(&self, kind: ViolationKind, message: impl Into<String>) -> Violation {
        Violation {
            kind,
            path: self.path.clone(),
            message: message.into(),
        }
    }

    fn report(&mut self, kind: ViolationKind, message: String) {
        let violation = self.violation(kind, message);
        self.violations.push(violation);
    }

    fn secretly<T>(&mut self, work: impl FnOnce(&mut Walk) -> T) -> T {
        let before = std::mem::replace(&mut self.secret, true);
        let done = work(self);
        self.secret = before;
        done
    }

    fn at_member<T>(&mut self, name: &str, work: impl FnOnce(&mut Walk) -> T) -> T {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.at(format_args!("{dot}{name}"), work)
    }

    /// Works one step further on the way.
    fn at<T>(&mut self, step: impl Display, work: impl FnOnce(&mut Walk) -> T) -> T {
        let length = self.path.len();
        let _ = write!(self.path, "{step}");
        let done = work(self);
        self.path.truncate(length);
        done
    }
}

/// What is told of an entry of a map, which puts it in order.
fn told(entry: &[Violation]) -> impl Iterator<Item = (&str, &str)> {
    entry.iter().map(|one| (one.path(), one.message()))
}

/// How many bytes a text in base64 stands for.
fn decoded_length(text: &str) -> usize {
    let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count();
    text.len() / 4 * 3 - padding
}

/// `1 to 5`, `5`, `at least 1`, `at most 5`.
struct Allowed<T>(Option<T>, Option<T>);

impl<T: Display + PartialEq> Display for Allowed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, &self.1) {
            (Some(min), Some(max)) if min == max => write!(f, "{min}"),
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => Ok(()),
        }
    }
}

/// Words and what is given, where it may be told.
struct Given<T>(&'static str, Option<T>);

impl<T: Display> Display for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.1 {
            Some(value) => write!(f, "{}{value}", self.0),
            None => Ok(()),
        }
    }
}

/// A text in quotes; of a long one the beginning.
struct Excerpt<'a>(&'a str);

impl Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(SHOWN) {
            None => write!(f, "{:?}", self.0),
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
        }
    }
}
