//! How farrier.toml is read, and that its keys, its schema and what `farrier init` writes agree.

use std::path::Path;

use super::keys::{KEYS, Takes};
use super::read::parse;
use super::schema;
use super::text::Text;
use crate::report::Problem;

/// The line of each fault, and what it says.
fn faults(text: &str) -> Vec<(u32, String)> {
    let faults = parse(text, Path::new("")).faults.into_iter();
    let problems = faults.map(|fault| fault.problem(text, Path::new("")));
    let line = |problem: &Problem| problem.place.as_ref().map_or(0, |place| place.line);
    let mut faults: Vec<_> = problems.map(|one| (line(&one), one.message)).collect();
    faults.sort();
    faults
}

#[test]
fn a_whole_table_is_read() {
    let text = "[[crate]]\nmodel = 'a.json'\noverlays = ['b.json']\nservice = 'S'\noperations = ['*']\ncrate-name = 'a'\n\
        crate-version = '1.0.0'\nruntime-path = 'r'\nout = 'o'\n[[crate]]\nmodel = ['c.json']\nmodule = 'm.rs'\n";
    let generators = parse(text, Path::new("root")).generators;
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
    let lines: Vec<u32> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 5, 7, 8], "{found:?}");
    assert!(found[2].1.contains("`modle` is not known"));
}

#[test]
fn what_is_for_modules_or_for_crates_only_is_said() {
    let text = |rest| format!("[[crate]]\nmodel = 'a.json'\n{rest}");
    let read = parse(
        &text("validate-input = true\nmodule = 'm.rs'\n"),
        Path::new(""),
    );
    assert!(format!("{:?}", read.generators).contains("validates: true"));
    let found = faults(&text("validate-input = true\nout = 'o'\n"));
    assert_eq!(
        found[0],
        (3, "`validate-input` does not go with `out`".to_owned())
    );
    let found = faults(&text("module = 'm.rs'\ncrate-name = 'n'\n"));
    assert_eq!(
        found[0],
        (4, "`crate-name` does not go with `module`".to_owned())
    );
}

#[test]
fn bad_toml_and_empty_files_are_faults() {
    let found = faults("[[crate]]\nmodel =\nout 1\n");
    assert!(found.len() > 1 && found[0].0 == 2, "{found:?}");
    assert!(faults("")[0].1.contains("nothing to generate"));
    assert!(faults("crate = 1")[0].1.contains("list of tables"));
    assert!(faults("crate = [1]")[0].1.contains("list of tables"));
}

/// What `farrier init` writes is read, with all examples taken out of their comments too.
#[test]
fn examples_are_values_of_their_keys() {
    let mut text = Text::default();
    text.set("model", "\"m.json\"".to_owned());
    text.set("out", "\"o\"".to_owned());
    assert_eq!(faults(&text.write()), []);
    for key in KEYS {
        let text = format!("[[crate]]\n{} = {}\n", key.name, key.example);
        let found = faults(&text);
        assert!(
            found.iter().all(|(line, _)| *line == 1),
            "{text}: {found:?}"
        );
        assert!(matches!(key.takes, Takes::Flag(_)) || key.example.contains('"'));
    }
}

/// The committed schema is the one that is made; `UPDATE=1 cargo test -p farrier-cli schema` rewrites it.
#[test]
fn the_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("farrier.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema());
}
