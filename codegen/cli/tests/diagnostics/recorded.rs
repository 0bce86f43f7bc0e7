//! The inputs of the library's own tests, as the command shows what is wrong with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::{difference, examples, farrier, here, none_differs};

/// An input: the folder it is in, its name, and the arguments by which it is read.
struct Case {
    folder: PathBuf,
    /// Where its text is recorded.
    record: PathBuf,
    arguments: String,
}

/// Arguments that some need beside their files.
const WISHES: [(&str, &str); 2] = [
    ("unsupported_shape", "--operation Do --operation Upload"),
    (
        "unknown_operation",
        "--operation ListKeys --operation DeleteKeyStroe --operation createkeystore --operation *Keystore* --operation Fly",
    ),
];

/// Those that are about other arguments than the file of their name.
const OTHERS: [(&str, &str); 2] = [
    ("missing_file", "--model there_is_none.json --overlay ."),
    (
        "other_service",
        "--model two_services.json --service Exmaple",
    ),
];

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, arguments) in OTHERS {
        cases.push(Case {
            folder: here().join("../../tests/errors"),
            record: here().join(format!("tests/diagnostics/shown/errors/{name}.txt")),
            arguments: format!("{arguments} --module no/matter.rs"),
        });
    }
    for (folder, kind) in [
        ("../../tests/errors", "errors"),
        ("../tests/diagnostics", "models"),
    ] {
        let folder = here().join(folder);
        let names = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        let stems = names.iter().filter_map(|name| name.strip_suffix(".json"));
        for stem in stems.filter(|stem| !stem.contains('.')) {
            let mut arguments = format!("--model {stem}.json");
            for (suffix, option) in [("more", "model"), ("overlay", "overlay")] {
                let name = format!("{stem}.{suffix}.json");
                if names.contains(&name) {
                    arguments += &format!(" --{option} {name}");
                }
            }
            let wishes = WISHES.iter().filter(|(name, _)| *name == stem);
            for (_, wish) in wishes {
                arguments += &format!(" {wish}");
            }
            cases.push(Case {
                folder: folder.clone(),
                record: here().join(format!("tests/diagnostics/shown/{kind}/{stem}.txt")),
                arguments: arguments + " --module no/matter.rs",
            });
        }
    }
    cases
}

#[test]
fn every_fault_is_shown_as_recorded() {
    let mut different = Vec::new();
    for case in cases() {
        let run = farrier(&case.folder, &format!("check {}", case.arguments));
        assert_eq!(
            (run.code, run.out.as_str()),
            (2, ""),
            "{}: {run:?}",
            case.arguments
        );
        assert!(!run.err.contains('\u{1b}'), "{run:?}");
        different.extend(difference(&case.record, &run.err));
    }
    none_differs(&different);
}

/// The same diagnostics in colours, and for tools.
#[test]
fn other_formats_are_recorded_too() {
    let cases = cases();
    let several = cases
        .iter()
        .find(|case| case.arguments.contains("several.json"));
    let case = several.unwrap();
    let mut different = Vec::new();
    for (option, name) in [
        ("--color always", "several.styled.txt"),
        ("--message-format json", "several.jsonl"),
    ] {
        let run = farrier(&case.folder, &format!("check {option} {}", case.arguments));
        different.extend(difference(&case.record.with_file_name(name), &run.err));
    }
    none_differs(&different);
}

/// What is recorded is enough: every code, and many kinds of faults.
#[test]
fn every_code_is_among_them() {
    let inputs = cases();
    let mut lines = String::new();
    for case in &inputs {
        let arguments = format!("check --message-format json {}", case.arguments);
        lines += &farrier(&case.folder, &arguments).err;
    }
    for example in examples::all() {
        if example.code != examples::WITHOUT {
            lines += &example.run("--message-format json").err;
        }
    }
    let mut codes = BTreeSet::new();
    let mut messages = BTreeSet::new();
    for line in lines.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| object[key].as_str().unwrap().to_owned();
        codes.insert(text("code"));
        messages.insert((text("code"), text("message")));
        assert_ne!(text("help"), "", "each says what to do");
    }
    let all: BTreeSet<String> = examples::all().into_iter().map(|one| one.code).collect();
    let missing: Vec<&String> = all.difference(&codes).collect();
    assert_eq!(missing, [examples::WITHOUT]);
    println!(
        "{} codes, {} distinct diagnostics",
        codes.len(),
        messages.len()
    );
    assert!(messages.len() >= 120, "{}", messages.len());
}
