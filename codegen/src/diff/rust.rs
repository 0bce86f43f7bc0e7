//! Types and paths as they are written in Rust, with `types::` before those that are generated: `types::String` is another
//! type than `String`.

use crate::api::{
    ContextValue, Field, ParamType, Path, PathStep, Record, TimestampFormat, Ty, TypeRef,
};
use crate::words::visible;

/// The type as a field holds it, without `Option`. All signatures follow from it.
pub(super) fn owned(ty: &Ty) -> String {
    ty.spelled(&named)
}

fn sparse_owned(ty: &Ty, sparse: bool) -> String {
    match sparse {
        true => format!("Option<{}>", owned(ty)),
        false => owned(ty),
    }
}

fn map_key(key: Option<&TypeRef>) -> String {
    key.map_or_else(|| "String".to_owned(), named)
}

fn named(name: &TypeRef) -> String {
    format!("types::{}", name.name)
}

/// The type of the field in its struct.
pub(super) fn field(field: &Field) -> String {
    sparse_owned(&field.ty, field.optional())
}

/// What a stream of items gives for a path to what is listed.
pub(super) fn item(path: &Path) -> String {
    match &path.ty {
        Ty::List { element, sparse } => sparse_owned(element, *sparse),
        Ty::Map { key, value, sparse } => {
            format!(
                "({}, {})",
                map_key(key.as_ref()),
                sparse_owned(value, *sparse)
            )
        }
        other => owned(other),
    }
}

/// The type of a parameter or a setting.
pub(super) fn param(ty: ParamType) -> &'static str {
    match ty {
        ParamType::String => "String",
        ParamType::Boolean => "bool",
        ParamType::StringArray => "Vec<String>",
    }
}

/// The forms of the points in time in a type, from the outside to the inside.
pub(super) fn timestamp_format(ty: &Ty) -> Option<TimestampFormat> {
    match ty {
        Ty::Timestamp(format) => Some(*format),
        Ty::List { element, .. } => timestamp_format(element),
        Ty::Map { value, .. } => timestamp_format(value),
        _ => None,
    }
}

/// A path: `versions[].key_id`.
pub(super) fn path(path: &Path) -> String {
    let mut text = String::new();
    for step in &path.steps {
        match step {
            PathStep::Field { name, .. } => {
                let dot = if text.is_empty() { "" } else { "." };
                text.extend([dot, name.plain()]);
            }
            PathStep::Each => text.push_str("[]"),
            PathStep::Keys => text.push_str(".keys()"),
            PathStep::Values => text.push_str(".values()"),
            PathStep::Several(paths) => {
                let paths: Vec<String> = paths.iter().map(self::path).collect();
                text.push_str(&format!("[{}]", paths.join(", ")));
            }
        }
    }
    text
}

/// Where an operation has the value of a parameter from.
pub(super) fn context(value: &ContextValue) -> String {
    match value {
        ContextValue::Static(value) => format!("{value:?}"),
        ContextValue::One(at) | ContextValue::Several(at) => path(at),
        ContextValue::Required(at) => format!("{}!", path(at)),
    }
}

/// The fields without which building a struct fails, between backticks.
pub(super) fn demanded(record: &Record) -> String {
    let fields = record
        .fields
        .iter()
        .filter(|field| field.fails_when_missing());
    let names: Vec<String> = fields
        .map(|field| format!("`{}`", field.name.plain()))
        .collect();
    names.join(", ")
}

/// Text of unknown origin as code in Markdown: on one line, cut where it is long, with nothing that steers a terminal.
pub(super) fn code(text: &str) -> String {
    let shown = match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}...", visible(&text[..end])),
        None => visible(text).to_string(),
    };
    let (mut longest, mut run) = (0, 0);
    for c in shown.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    // What begins or ends with a backtick stands apart from the fence, and so does what is empty.
    let apart = shown.is_empty() || shown.starts_with('`') || shown.ends_with('`');
    let gap = if apart { " " } else { "" };
    format!("{fence}{gap}{shown}{gap}{fence}")
}
