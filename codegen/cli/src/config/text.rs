//! The text of farrier.toml: places in it, and how it is written.

use std::ops::Range;
use std::path::Path;

use farrier::Place;

use super::keys::KEYS;

/// The place of a byte.
pub(super) fn place(text: &str, offset: usize, path: &Path) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    Place {
        file: path.display().to_string(),
        line: number(before.matches('\n').count()),
        column: number(before[start..].chars().count()),
    }
}

/// How many characters there are, up to the end of the first line.
pub(super) fn length(text: &str, span: &Range<usize>) -> usize {
    let text = text.get(span.clone()).unwrap_or_default();
    text.lines().next().map_or(0, |line| line.chars().count())
}

/// A string as TOML has it.
pub(crate) fn quoted(text: &str) -> String {
    // The strings of JSON are strings of TOML, but for a control character that JSON may hold as it is.
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace('\u{7f}', "\\u007f")
}

/// A new farrier.toml with one table: every key with what it is for, and those without a value commented out.
#[derive(Debug, Default)]
pub(crate) struct Text {
    values: Vec<(&'static str, String)>,
}

impl Text {
    /// Sets a key, to a value in TOML.
    pub(crate) fn set(&mut self, key: &'static str, value: String) {
        self.values.push((key, value));
    }

    /// The whole text.
    pub(crate) fn write(&self) -> String {
        let mut text = format!(
            "#:schema {}\n\n\
             # What this repository generates: `farrier generate` writes it, `farrier check` says whether it is fresh.\n\
             # One table a crate; paths are relative to this file.\n\n[[crate]]\n",
            super::schema::URL
        );
        for key in KEYS {
            let value = self.values.iter().find(|(name, _)| *name == key.name);
            let line = match value {
                Some((name, value)) => format!("{name} = {value}\n"),
                None => format!("# {} = {}\n", key.name, key.example),
            };
            text += &format!("\n# {}\n{line}", key.about);
        }
        text
    }
}
