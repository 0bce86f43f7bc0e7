//! `farrier diff` as it is called: what it says in each format, and how it ends.
//!
//! `UPDATE=1 cargo test -p farrier-cli --test diff` rewrites what is recorded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

fn temporary(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn diff(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_farrier"))
        .current_dir(folder())
        .arg("diff")
        .args(arguments.split_whitespace())
        .output()
        .unwrap()
}

fn code(arguments: &str) -> Option<i32> {
    diff(arguments).status.code()
}

/// Compares what a run says with its record, or records it.
fn check(record: &str, arguments: &str) {
    let output = diff(arguments);
    assert!(output.stderr.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let path = folder().join(record);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, said).unwrap();
    } else {
        let recorded = fs::read_to_string(path).unwrap();
        assert_eq!(said, recorded, "{record}; UPDATE=1 rewrites it");
    }
}

#[test]
fn what_is_said_is_as_recorded() {
    check("said.txt", "old.json new.json");
    check("said.json", "old.json new.json --format json");
    check("said.md", "old.json new.json --format markdown");
    check("same.txt", "old.json old.json");
    check("same.json", "old.json old.json --format json");
    check("same.md", "old.json old.json --format markdown");
}

#[test]
fn the_exit_code_says_whether_it_is_permitted() {
    assert_eq!(code("old.json new.json"), Some(1));
    assert_eq!(code("old.json new.json --allow major"), Some(0));
    // Without the room that lost a field.
    let more = "old.json new.json --operation Dine --operation Leave";
    assert_eq!(code(more), Some(0));
    assert_eq!(code(&format!("{more} --allow minor")), Some(0));
    assert_eq!(code(&format!("{more} --allow patch")), Some(1));
    let patch = "old.json new.json --operation Leave --allow patch";
    assert_eq!(code(patch), Some(0));
    assert_eq!(code("old.json old.json --allow patch"), Some(0));
}

#[test]
fn an_operation_may_be_in_one_model_alone() {
    let output = diff("old.json new.json --operation Dine");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("minor  operation::dine\n"), "{said}");
    let output = diff("new.json old.json --operation Dine");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("major  operation::dine\n"), "{said}");
}

/// The published model has come to say what the overlay said, so it fits the old one alone.
#[test]
fn an_overlay_may_be_of_one_model_alone() {
    let beds = "old.json new.json --operation Book";
    assert_eq!(code(&format!("{beds} --overlay beds.json")), Some(2));
    assert_eq!(code(&format!("{beds} --new-overlay beds.json")), Some(2));
    let said = |arguments: &str| String::from_utf8(diff(arguments).stdout).unwrap();
    assert!(said(beds).contains("::BookInput::beds\n"));
    assert!(!said(&format!("{beds} --old-overlay beds.json")).contains("::BookInput::beds\n"));
    let back = "new.json old.json --operation Book --new-overlay beds.json";
    assert!(!said(back).contains("::BookInput::beds\n"));
}

/// Whichever file says it, and whether of one side or of both.
#[test]
fn a_model_may_be_in_several_files() {
    let parts = |name: &str, is_first: fn(&str) -> bool| {
        let text = fs::read_to_string(folder().join(name)).unwrap();
        let mut first: Value = serde_json::from_str(&text).unwrap();
        let mut second = first.clone();
        let shapes = |model: &mut Value, keep: &dyn Fn(&str) -> bool| {
            let shapes = model["shapes"].as_object_mut().unwrap();
            shapes.retain(|id, _| keep(id));
        };
        shapes(&mut first, &is_first);
        shapes(&mut second, &|id| !is_first(id));
        [("first", first), ("second", second)].map(|(part, model)| {
            let path = temporary(&format!("{part}.{name}"));
            fs::write(&path, model.to_string()).unwrap();
            path.display().to_string()
        })
    };
    // Everything but the places.
    let said = |arguments: &str| {
        let output = diff(arguments);
        assert!(output.stderr.is_empty(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        let lines = said
            .lines()
            .filter(|line| !line.starts_with("       old ") && !line.starts_with("       new "));
        Vec::from_iter(lines.map(str::to_owned))
    };
    let is_first: fn(&str) -> bool = |id| id.ends_with('l') || id.contains("Input");
    let [old, more_old] = parts("old.json", is_first);
    let [new, more_new] = parts("new.json", is_first);
    let whole = said("old.json new.json");
    assert!(whole.len() > 10, "{whole:?}");
    assert_eq!(
        said(&format!(
            "{old} {new} --old-model {more_old} --new-model {more_new}"
        )),
        whole
    );
    assert_eq!(
        said(&format!("{old} new.json --old-model {more_old}")),
        whole
    );
    let same = said("old.json old.json");
    assert_eq!(said(&format!("{old} {old} --model {more_old}")), same);
    assert_eq!(code(&format!("{old} {new}")), Some(2));
}

/// `Booked` and `booked` have the same module, types and methods; what is printed names the waiter in its documentation.
#[test]
fn a_waiter_may_be_renamed_in_case_alone() {
    let overlay = |name: &str, documentation: Option<&str>| {
        let path = temporary(&format!("{name}.overlay.json"));
        let acceptor = json!({"state": "success", "matcher": {"success": true}});
        let mut waiter = json!({"acceptors": [acceptor]});
        if let Some(text) = documentation {
            waiter["documentation"] = json!(text);
        }
        let traits = json!({"smithy.waiters#waitable": {name: waiter}});
        let apply = json!({"type": "apply", "traits": traits});
        let model = json!({"smithy": "2.0", "shapes": {"example.inn#Book": apply}});
        fs::write(&path, model.to_string()).unwrap();
        path.display().to_string()
    };
    for documentation in [None, Some("Waits for a room.")] {
        let [old, new] = ["Booked", "booked"].map(|name| overlay(name, documentation));
        let models = format!("old.json old.json --operation Book --old-overlay {old}");
        let output = diff(&format!("{models} --new-overlay {new}"));
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        let change = format!(
            "patch  waiters::booked\n       Its documentation has changed.\n       old  {old}:1:"
        );
        assert!(said.starts_with(&change), "{said}");
        let verdict = "\npatch: 0 major, 0 minor and 1 patch changes\n";
        assert!(said.ends_with(verdict), "{said}");
        let output = diff(&format!("{models} --new-overlay {old}"));
        assert!(output.stdout.starts_with(b"none"), "{output:?}");
    }
}

#[test]
fn bad_input_is_told_of_both_sides_and_ends_with_2() {
    let output = diff("none.json no.json");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("none.json") && told.contains("no.json"),
        "{told}"
    );
    let output = diff("old.json new.json --operation Dines");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("`Dines`") && told.contains("Dine?"), "{told}");
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert_eq!(code("old.json"), Some(2));
    assert_eq!(code("old.json new.json --allow all"), Some(2));
    assert_eq!(code("old.json new.json --service Hotel"), Some(2));
    assert_eq!(code("old.json new.json --overlay none.json"), Some(2));
}
