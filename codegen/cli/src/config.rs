//! The file farrier.toml: what a repository generates, one table a crate.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use farrier::Generator;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub(crate) const NAME: &str = "farrier.toml";

/// The keys of a table `[[crate]]`.
const KEYS: [&str; 10] = [
    "model",
    "overlays",
    "service",
    "operations",
    "validate-input",
    "crate-name",
    "crate-version",
    "runtime-path",
    "out",
    "module",
];

/// Something wrong with the file.
#[derive(Debug)]
struct Fault {
    /// The offset of the byte it starts at.
    offset: usize,
    message: String,
}

/// All that is wrong with the file, or why it cannot be read.
#[derive(Debug)]
pub(crate) struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// The nearest farrier.toml: in this folder or one around it.
pub(crate) fn find(folder: &Path) -> Option<PathBuf> {
    let all = folder.ancestors().map(|folder| folder.join(NAME));
    all.into_iter().find(|path| path.is_file())
}

/// Reads the file: a generator for each of its tables.
pub(crate) fn read(path: &Path) -> Result<Vec<Generator>, ConfigError> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| ConfigError(vec![format!("error: cannot read {shown}: {error}")]))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    parse(&text, folder).map_err(|mut faults| {
        faults.sort_by_key(|fault| fault.offset);
        let worded = faults.into_iter().map(|fault| {
            let (line, column) = position(&text, fault.offset);
            format!("error: {shown}:{line}:{column}: {}", fault.message)
        });
        ConfigError(worded.collect())
    })
}

fn parse(text: &str, folder: &Path) -> Result<Vec<Generator>, Vec<Fault>> {
    let root = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![Fault {
            offset,
            message: error.message().to_owned(),
        }]
    })?;
    let mut faults = Vec::new();
    let mut generators = Vec::new();
    for (key, value) in root.get_ref() {
        match value.get_ref() {
            DeValue::Array(tables) if key.get_ref() == "crate" => {
                generators.extend(tables.iter().map(|table| one(table, folder, &mut faults)));
            }
            _ if key.get_ref() == "crate" => faults.push(Fault {
                offset: key.span().start,
                message: "`crate` is a list of tables: write [[crate]]".to_owned(),
            }),
            _ => faults.push(Fault {
                offset: key.span().start,
                message: format!(
                    "the key `{}` is not known; there is only [[crate]]",
                    key.get_ref()
                ),
            }),
        }
    }
    if generators.is_empty() && faults.is_empty() {
        faults.push(Fault {
            offset: 0,
            message: "there is no table [[crate]], so there is nothing to generate".to_owned(),
        });
    }
    if faults.is_empty() {
        Ok(generators)
    } else {
        Err(faults)
    }
}

/// The generator of one table.
fn one(table: &Spanned<DeValue<'_>>, folder: &Path, faults: &mut Vec<Fault>) -> Generator {
    let mut generator = Generator::new();
    let offset = table.span().start;
    let DeValue::Table(entries) = table.get_ref() else {
        let message = "`crate` is a list of tables: write [[crate]]".to_owned();
        faults.push(Fault { offset, message });
        return generator;
    };
    let mut values = Values { faults };
    for (key, value) in entries {
        generator = match key.get_ref().as_ref() {
            "model" => add(generator, values.strings(value), |to, text| {
                to.model(folder.join(text))
            }),
            "overlays" => add(generator, values.strings(value), |to, text| {
                to.overlay(folder.join(text))
            }),
            "service" => add(generator, values.string(value), Generator::service),
            "operations" => add(generator, values.strings(value), Generator::operation),
            "validate-input" => match values.boolean(value) {
                true => generator.validate_input(),
                false => generator,
            },
            "crate-name" => add(generator, values.string(value), Generator::crate_name),
            "crate-version" => add(generator, values.string(value), Generator::crate_version),
            "runtime-path" => add(generator, values.string(value), |to, text| {
                to.runtime_path(folder.join(text))
            }),
            "out" => add(generator, values.string(value), |to, text| {
                to.out_dir(folder.join(text))
            }),
            "module" => add(generator, values.string(value), |to, text| {
                to.module_file(folder.join(text))
            }),
            other => {
                let known = KEYS.join("`, `");
                values.fault(
                    key.span().start,
                    format!("the key `{other}` is not known; known are `{known}`"),
                );
                generator
            }
        };
    }
    let has = |name: &str| entries.keys().any(|key| key.get_ref() == name);
    if !has("model") {
        values.fault(offset, "this crate has no `model`".to_owned());
    }
    if has("out") == has("module") {
        values.fault(
            offset,
            "this crate needs either `out` or `module`".to_owned(),
        );
    }
    if let (true, Some((key, _))) = (has("out"), entries.get_key_value("validate-input")) {
        values.fault(
            key.span().start,
            "`validate-input` is for a `module`; a crate has it behind its feature `validate-input`"
                .to_owned(),
        );
    }
    generator
}

fn add(
    generator: Generator,
    values: Vec<String>,
    setter: impl Fn(Generator, String) -> Generator,
) -> Generator {
    values.into_iter().fold(generator, setter)
}

/// Reads values, and collects what is wrong with them.
struct Values<'a> {
    faults: &'a mut Vec<Fault>,
}

impl Values<'_> {
    fn fault(&mut self, offset: usize, message: String) {
        self.faults.push(Fault { offset, message });
    }

    fn string(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::String(text) => vec![text.to_string()],
            _ => {
                self.fault(value.span().start, "this must be a string".to_owned());
                Vec::new()
            }
        }
    }

    fn boolean(&mut self, value: &Spanned<DeValue<'_>>) -> bool {
        match value.get_ref() {
            DeValue::Boolean(value) => *value,
            _ => {
                let message = "this must be true or false".to_owned();
                self.fault(value.span().start, message);
                false
            }
        }
    }

    /// A string, or a list of them.
    fn strings(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().flat_map(|value| self.string(value)).collect(),
            _ => self.string(value),
        }
    }
}

/// The line and the column in characters, both from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Fault, parse, position};

    fn faults(text: &str) -> Vec<(usize, String)> {
        let worded = |fault: Fault| (position(text, fault.offset).0, fault.message);
        let mut faults: Vec<_> = parse(text, Path::new(""))
            .unwrap_err()
            .into_iter()
            .map(worded)
            .collect();
        faults.sort();
        faults
    }

    #[test]
    fn a_whole_table_is_read() {
        let text = "[[crate]]\nmodel = 'a.json'\noverlays = ['b.json']\nservice = 'S'\noperations = ['*']\ncrate-name = 'a'\n\
            crate-version = '1.0.0'\nruntime-path = 'r'\nout = 'o'\n[[crate]]\nmodel = ['c.json']\nmodule = 'm.rs'\n";
        let generators = parse(text, Path::new("root")).unwrap();
        assert_eq!(generators.len(), 2);
        let first = format!("{:?}", generators[0]);
        for part in [
            "root/a.json",
            "root/b.json",
            "Some(\"S\")",
            "\"*\"",
            "1.0.0",
            "root/r",
            "root/o",
        ] {
            assert!(first.contains(part), "{part} in {first}");
        }
    }

    #[test]
    fn all_mistakes_are_told_with_their_lines() {
        let found = faults(
            "[[crate]]\nmodel = 1\nmodle = 'a'\n\n[[crate]]\nout = 'o'\nmodule = 'm'\n[other]\n",
        );
        let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 5, 5, 8], "{found:?}");
        assert!(found[2].1.contains("`modle` is not known"));
    }

    #[test]
    fn validation_is_for_modules() {
        let text = |rest| format!("[[crate]]\nmodel = 'a.json'\n{rest}");
        let generators = parse(
            &text("validate-input = true\nmodule = 'm.rs'\n"),
            Path::new(""),
        );
        assert!(format!("{generators:?}").contains("validates: true"));
        let found = faults(&text("validate-input = true\nout = 'o'\n"));
        assert!(found[0].1.contains("behind its feature"), "{found:?}");
        let found = faults(&text("validate-input = 1\nmodule = 'm.rs'\n"));
        assert_eq!(found[0], (3, "this must be true or false".to_owned()));
    }

    #[test]
    fn bad_toml_and_empty_files_are_faults() {
        assert_eq!(faults("[[crate]]\nmodel =\n")[0].0, 2);
        assert!(faults("")[0].1.contains("nothing to generate"));
        assert!(faults("crate = 1")[0].1.contains("[[crate]]"));
        assert!(faults("crate = [1]")[0].1.contains("[[crate]]"));
    }
}
