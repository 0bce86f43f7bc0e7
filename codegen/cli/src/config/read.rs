//! Reads farrier.toml: what it asks for, and all that is wrong with it.

use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use farrier::Generator;
use farrier::words::did_you_mean;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::keys::{Fits, KEYS, Key, Takes};
use super::text;
use crate::report::{Kind, Problem};

/// What came of a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// One for each table; of no use where there are faults.
    pub(super) generators: Vec<Generator>,
    pub(super) faults: Vec<Fault>,
    /// Every string, in the order of the keys.
    pub(super) named: Vec<Named>,
}

/// Something wrong with the file.
#[derive(Debug)]
pub(super) struct Fault {
    /// The bytes it is about.
    span: Range<usize>,
    kind: Kind,
    message: String,
    help: Option<String>,
}

impl Fault {
    fn new(span: Range<usize>, kind: Kind, message: impl Into<String>) -> Fault {
        Fault {
            span,
            kind,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    /// With its place in the file.
    pub(super) fn problem(self, text: &str, path: &Path) -> Problem {
        Problem {
            place: Some(text::place(text, self.span.start, path)),
            length: text::length(text, &self.span),
            help: self.help,
            ..Problem::new(self.kind, self.message)
        }
    }
}

/// A string of the file.
#[derive(Debug)]
pub(super) struct Named {
    /// In which of the tables it is, from 0.
    table: usize,
    key: &'static Key,
    text: String,
    span: Range<usize>,
}

impl Named {
    /// The bytes of it, where what the generator of its table says is about it.
    pub(super) fn meant_by(&self, table: usize, problem: &Problem) -> Option<&Range<usize>> {
        let code = match self.key.name {
            "operations" => farrier::Code::UnknownOperation.to_string(),
            "service" => farrier::Code::NoService.to_string(),
            "module" => Kind::BadSettings.to_string(),
            _ => return None,
        };
        let says_it = || match self.key.name {
            "module" => true,
            _ => problem.message.ends_with(&format!("`{}`", self.text)),
        };
        let meant = self.table == table && problem.code == code && says_it();
        meant.then_some(&self.span)
    }
}

pub(super) fn parse(text: &str, folder: &Path) -> Read {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut read = Read::default();
    if !errors.is_empty() {
        // What was understood of the rest would be full of mistakes that nobody made.
        read.faults = errors.iter().map(not_toml).collect();
        return read;
    }
    for (key, value) in root.get_ref() {
        match value.get_ref() {
            DeValue::Array(tables) if key.get_ref() == "crate" => {
                for table in tables {
                    let generator = one(table, folder, &mut read);
                    read.generators.push(generator);
                }
            }
            _ if key.get_ref() == "crate" => read.faults.push(no_list(key.span())),
            _ => read.faults.push(unknown_root(key)),
        }
    }
    let overlaps = overlaps(&read.named);
    read.faults.extend(overlaps);
    if read.generators.is_empty() && read.faults.is_empty() {
        let message = "there is no table [[crate]], so there is nothing to generate";
        let fault = Fault::new(0..0, Kind::NothingToDo, message);
        let help = "`farrier init MODEL` writes a farrier.toml to begin with";
        read.faults.push(fault.help(help));
    }
    read
}

fn not_toml(error: &toml::de::Error) -> Fault {
    let message = format!("this is not TOML: {}", error.message());
    Fault::new(error.span().unwrap_or_default(), Kind::NotToml, message)
}

fn no_list(span: Range<usize>) -> Fault {
    let fault = Fault::new(span, Kind::WrongType, "`crate` is a list of tables");
    fault.help("write [[crate]] above the keys of each")
}

fn unknown_root(key: &Spanned<DeString<'_>>) -> Fault {
    let message = format!("the key `{}` is not known", key.get_ref());
    let help = match Key::named(key.get_ref()) {
        Some(_) => "it belongs below [[crate]]",
        None => "there is only [[crate]]",
    };
    Fault::new(key.span(), Kind::UnknownKey, message).help(help)
}

/// The generator of one table.
fn one(table: &Spanned<DeValue<'_>>, folder: &Path, read: &mut Read) -> Generator {
    let generator = Generator::new();
    let DeValue::Table(entries) = table.get_ref() else {
        read.faults.push(no_list(table.span()));
        return generator;
    };
    fits_together(table.span(), entries, &mut read.faults);
    let entries = entries.iter();
    entries.fold(generator, |to, (key, value)| {
        match Key::named(key.get_ref()) {
            Some(known) => set(to, known, value, folder, read),
            None => {
                read.faults.push(unknown(key));
                to
            }
        }
    })
}

fn unknown(key: &Spanned<DeString<'_>>) -> Fault {
    let message = format!("the key `{}` is not known", key.get_ref());
    let names = || KEYS.iter().map(|key| key.name);
    let known = || format!("known are {}", names().collect::<Vec<_>>().join(", "));
    let help = did_you_mean(key.get_ref(), names()).unwrap_or_else(known);
    Fault::new(key.span(), Kind::UnknownKey, message).help(help)
}

/// Says which keys are missing, and which do not go together.
fn fits_together(table: Range<usize>, entries: &DeTable<'_>, faults: &mut Vec<Fault>) {
    let has = |name: &str| entries.get_key_value(name).map(|(key, _)| key.span());
    let model = entries.get("model").map(Spanned::get_ref);
    if model.is_none_or(|model| model.as_array().is_some_and(|list| list.is_empty())) {
        let span = has("model").unwrap_or(table.clone());
        let fault = Fault::new(span, Kind::MissingKey, "this crate has no `model`");
        faults.push(fault.help("add `model = \"FILE\"`, a file in Smithy's JSON AST"));
    }
    match (has("out"), has("module")) {
        (None, None) => {
            let message = "this crate needs either `out` or `module`";
            let fault = Fault::new(table, Kind::MissingKey, message);
            let help = "add `out = \"FOLDER\"` for a crate, or `module = \"FILE.rs\"` for a module";
            faults.push(fault.help(help));
        }
        (Some(_), Some(module)) => {
            let message = "this crate has both `out` and `module`";
            let fault = Fault::new(module, Kind::KeysConflict, message);
            faults.push(fault.help("write two tables [[crate]] to have both"));
        }
        (out, _) => {
            let target = if out.is_some() { "out" } else { "module" };
            let others = KEYS
                .iter()
                .filter(|key| key.only_with.is_some_and(|with| with != target));
            faults.extend(others.filter_map(|key| {
                let message = format!("`{}` does not go with `{target}`", key.name);
                let fault = Fault::new(has(key.name)?, Kind::KeysConflict, message);
                Some(fault.help(format!(
                    "it is for tables with `{}`; take it away",
                    key.only_with?
                )))
            }));
        }
    }
}

/// Targets that other tables write to as well: they would overwrite each other, or take the other's file for one that is no
/// longer made.
fn overlaps(named: &[Named]) -> Vec<Fault> {
    let is_target = |one: &&Named| matches!(one.key.takes, Takes::Target(_));
    let targets: Vec<&Named> = named.iter().filter(is_target).collect();
    let fault = |one: &&Named| {
        let mut others = targets.iter().filter(|other| other.table < one.table);
        let what = others.find_map(|other| overlap(one, other))?;
        let fault = Fault::new(one.span.clone(), Kind::KeysConflict, what);
        Some(fault.help("give each table a target of its own"))
    };
    targets.iter().filter_map(fault).collect()
}

/// Where the target of one table is in the way of that of a table before it.
fn overlap(one: &Named, other: &Named) -> Option<&'static str> {
    let (ours, theirs) = (plain(&one.text), plain(&other.text));
    // All that was generated below it is the crate's.
    let sources = |named: &Named, path: &Path| (named.key.name == "out").then(|| path.join("src"));
    let is_inside = |path: &Path, sources: Option<PathBuf>| {
        sources.is_some_and(|sources| path.starts_with(sources))
    };
    if ours == theirs {
        Some("this is the target of a table above too")
    } else if is_inside(&ours, sources(other, &theirs)) {
        Some("this is among the sources of a crate above")
    } else if is_inside(&theirs, sources(one, &ours)) {
        Some("the target of a table above is among the sources of this crate")
    } else {
        None
    }
}

/// A path without `.`, and without `..` where that undoes a folder.
fn plain(path: &str) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in Path::new(path).components() {
        let undoes = matches!(plain.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if undoes => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Tells the generator what a key says.
fn set(
    to: Generator,
    key: &'static Key,
    value: &Spanned<DeValue<'_>>,
    folder: &Path,
    read: &mut Read,
) -> Generator {
    let several = matches!(key.takes, Takes::Texts(_) | Takes::Files(_));
    let texts = match (&key.takes, value.get_ref()) {
        (Takes::Flag(set), DeValue::Boolean(value)) => return if *value { set(to) } else { to },
        (Takes::Flag(_), _) => {
            read.faults.push(wrong_type(value, "true or false"));
            return to;
        }
        (Takes::Texts(_), DeValue::Array(list)) if list.is_empty() => {
            let message = format!("`{}` names nothing", key.name);
            let fault = Fault::new(value.span(), Kind::BadValue, message);
            read.faults
                .push(fault.help("leave the key out to have all"));
            return to;
        }
        (_, DeValue::Array(list)) if several => list.iter().collect(),
        _ => vec![value],
    };
    texts.into_iter().fold(to, |to, value| {
        let DeValue::String(text) = value.get_ref() else {
            let wanted = if several {
                "a string, or a list of strings"
            } else {
                "a string"
            };
            read.faults.push(wrong_type(value, wanted));
            return to;
        };
        let text = text.to_string();
        let span = value.span();
        read.named.push(Named {
            table: read.generators.len(),
            key,
            text: text.clone(),
            span: span.clone(),
        });
        match &key.takes {
            Takes::Text(set, fits) => {
                read.faults
                    .extend(fits.as_ref().and_then(|fits| misfit(fits, &text, span)));
                set(to, text)
            }
            Takes::Texts(set) => set(to, text),
            Takes::Target(set) | Takes::Files(set) | Takes::Crate(set) => {
                set(to, folder.join(text))
            }
            Takes::Flag(_) => to,
        }
    })
}

fn wrong_type(value: &Spanned<DeValue<'_>>, wanted: &str) -> Fault {
    let message = format!("this must be {wanted}, and is {}", kind(value.get_ref()));
    Fault::new(value.span(), Kind::WrongType, message)
}

/// With its article.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn misfit(fits: &Fits, text: &str, span: Range<usize>) -> Option<Fault> {
    if (fits.holds)(text) {
        return None;
    }
    let message = format!("{text:?} is {}", fits.what);
    Some(Fault::new(span, Kind::BadValue, message).help(format!("write {}", fits.rule)))
}

/// A word on each path that must be there and is not, with the table that names it.
pub(super) fn absent(named: &[Named], folder: &Path) -> Vec<(usize, Fault)> {
    let named = named.iter();
    named
        .filter_map(|path| Some((path.table, missing(path, folder)?)))
        .collect()
}

fn missing(named: &Named, folder: &Path) -> Option<Fault> {
    let path = folder.join(&named.text);
    let path = match named.key.takes {
        Takes::Crate(_) if path.is_dir() => path.join("Cargo.toml"),
        Takes::Files(_) | Takes::Crate(_) => path,
        _ => return None,
    };
    let message = match fs::metadata(&path) {
        Ok(found) if found.is_dir() => format!("{} is a folder", path.display()),
        Ok(_) => return None,
        Err(_) => format!("there is no {}", path.display()),
    };
    let fault = Fault::new(named.span.clone(), Kind::MissingFile, message);
    Some(match beside(&path) {
        Some(help) => fault.help(help),
        None => fault.help(format!(
            "paths are relative to the folder of {}",
            super::NAME
        )),
    })
}

/// What of the same folder may have been meant.
fn beside(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let folder = match path.parent()? {
        here if here.as_os_str().is_empty() => Path::new("."),
        other => other,
    };
    let names = fs::read_dir(folder).ok()?.flatten();
    let mut names: Vec<String> = names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    did_you_mean(&wanted, names.iter().map(String::as_str))
}
