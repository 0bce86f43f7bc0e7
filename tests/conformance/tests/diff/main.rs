//! That `farrier diff` is right: what it says of two models, held against what the public APIs of the two clients have.
//!
//! Edits of a small model, each forwards and backwards, and two published models of KMS are generated; `list-api` of
//! `../shared` lists what each client has, and neither it nor rustdoc knows anything of models. A program that uses the whole
//! client of the small model has to compile after an edit exactly when that is not major.

mod edits;
mod explain;
mod listing;

use edits::{Edit, edits};
use explain::explains;
use farrier::Generator;
use farrier::diff::{Change, Comparison, Kind, Severity, compare};
use farrier_conformance::{repository, say, shared};
use listing::{Line, Listing, look};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The old and the new KMS.
const KMS: [&str; 2] = ["models/kms-2025-04.json", "models/kms-2026-08.json"];

/// The client before any edit.
const BASE: &str = "base";

/// Kinds of changes that no list of items shows.
const UNSEEN: [Kind; 1] = [Kind::Deprecated];

#[test]
fn verdicts_and_items_are_those_of_the_public_apis() {
    let Some(tool) = shared("tools/api/list-api") else {
        return;
    };
    let edits = edits();
    let clients = clients(&edits);
    let looked = look(&tool, "edited", &clients, Some(include_str!("caller.rs")));
    let listings = &looked.listings;
    assert!(
        !looked.broken.contains(BASE),
        "the program does not compile at all"
    );
    let mut wrong = Vec::new();
    let mut told = Vec::new();
    for (client, edit) in clients[1..].iter().zip(&edits) {
        for (way, [old, new]) in [
            ("forwards", [&clients[0], client]),
            ("backwards", [client, &clients[0]]),
        ] {
            let comparison = compare(&old.1, &new.1).expect(&edit.name);
            let mut found = judge(&comparison, &listings[&old.0], &listings[&new.0]);
            if way == "forwards" {
                let is_broken = looked.broken.contains(&client.0);
                found.extend(edit_is_told(edit, &comparison, is_broken));
            }
            wrong.extend(
                found
                    .iter()
                    .map(|what| format!("{}, {way}: {what}", edit.name)),
            );
            told.push(comparison);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let changes = told.iter().flat_map(|comparison| &comparison.changes);
    let kinds: BTreeSet<Kind> = changes.map(|change| change.kind).collect();
    assert_eq!(
        kinds,
        BTreeSet::from(Kind::ALL),
        "no edit is told as the others"
    );
    let count = |severity| {
        told.iter()
            .filter(|one| one.severity() == Some(severity))
            .count()
    };
    say(&format!(
        "{} edits, forwards and backwards: {} major, {} minor and {} patch verdicts",
        edits.len(),
        count(Severity::Major),
        count(Severity::Minor),
        count(Severity::Patch)
    ));
}

/// What is wrong with how an edit is told; a program that was written before it must compile unless it is major.
fn edit_is_told(edit: &Edit, comparison: &Comparison, is_broken: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let is_it = |change: &Change| change.kind == edit.kind && change.item == edit.item;
    if !comparison.changes.iter().any(is_it) {
        let changes = &comparison.changes;
        wrong.push(format!(
            "{} of {} is not told: {changes:#?}",
            edit.kind, edit.item
        ));
    }
    match (comparison.severity(), is_broken) {
        (Some(Severity::Major), false) => {
            wrong.push("it is major, and a program compiles".to_owned())
        }
        (Some(Severity::Major), true) | (_, false) => {}
        _ => wrong.push("it is not major, and a program does not compile".to_owned()),
    }
    wrong
}

#[test]
fn the_two_models_of_kms_differ_by_a_minor_version() {
    let (Some(tool), Some(old), Some(new)) =
        (shared("tools/api/list-api"), shared(KMS[0]), shared(KMS[1]))
    else {
        return;
    };
    let [old, new] = [old, new].map(|path| Generator::new().model(path));
    let clients = [
        ("old".to_owned(), old.clone()),
        ("new".to_owned(), new.clone()),
    ];
    let listings = look(&tool, "kms", &clients, None).listings;
    let (before, after) = (&listings["old"], &listings["new"]);
    let forwards = compare(&old, &new).expect("a comparison");
    assert_eq!(forwards.severity(), Some(Severity::Minor));
    assert_eq!(judge(&forwards, before, after), [""; 0]);
    let backwards = compare(&new, &old).expect("a comparison");
    assert_eq!(backwards.severity(), Some(Severity::Major));
    assert_eq!(judge(&backwards, after, before), [""; 0]);
    if let Some(told) = shared("diff/smithy-diff.tsv") {
        agrees_with_smithy(&forwards, &fs::read_to_string(told).expect("a table"));
    }
    say(&format!(
        "KMS of 2025-04 and 2026-08: {} items more and {} less in the public API, told as {} changes",
        after.difference(before).count(),
        before.difference(after).count(),
        forwards.count(Severity::Minor)
    ));
}

/// The clients: the model as it is, and after each edit.
fn clients(edits: &[Edit]) -> Vec<(String, Generator)> {
    let path = repository().join("tests/conformance/tests/diff/forge.json");
    let model = fs::read_to_string(path).expect("the model");
    let model: Value = serde_json::from_str(&model).expect("JSON");
    let folder = listing::folder("models");
    let client = |name: String, model: &Value| {
        let path: PathBuf = folder.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(model).expect("JSON");
        fs::write(&path, text).expect("a model");
        (name, Generator::new().model(path))
    };
    let edited = edits
        .iter()
        .enumerate()
        .map(|(number, edit)| client(format!("edit{number:03}"), &edit.of(&model)));
    [client(BASE.to_owned(), &model)]
        .into_iter()
        .chain(edited)
        .collect()
}

/// What is wrong with a comparison, as the listings of the two clients show.
fn judge(comparison: &Comparison, old: &Listing, new: &Listing) -> Vec<String> {
    let gone: Vec<&Line> = old.difference(new).collect();
    let come: Vec<&Line> = new.difference(old).collect();
    let unseen = |change: &Change| UNSEEN.contains(&change.kind);
    let seen = comparison.changes.iter().filter(|change| !unseen(change));
    let verdict = seen.clone().map(Change::severity).max();
    let right = match (gone.as_slice(), come.as_slice()) {
        ([], []) => Severity::Patch,
        ([], _) => Severity::Minor,
        _ => Severity::Major,
    };
    let mut wrong = Vec::new();
    if verdict.unwrap_or(Severity::Patch) != right {
        wrong.push(format!("{verdict:?}, and not {right:?}"));
    }
    if comparison.changes.is_empty() {
        wrong.push("nothing is told".to_owned());
    }
    let of = |severity| {
        seen.clone()
            .filter(move |change| change.severity() == severity)
    };
    let explained = |line: &Line, severity| of(severity).any(|change| explains(&change.item, line));
    for line in &gone {
        if !explained(line, Severity::Major) {
            wrong.push(format!("gone without a word: {line:?}"));
        }
    }
    for line in &come {
        if !explained(line, Severity::Minor) && !explained(line, Severity::Major) {
            wrong.push(format!("come without a word: {line:?}"));
        }
    }
    let holds =
        |change: &Change, lines: &[&Line]| lines.iter().any(|line| explains(&change.item, line));
    for change in of(Severity::Major).filter(|change| !holds(change, &gone)) {
        wrong.push(format!("nothing is gone of this: {change:?}"));
    }
    for change in of(Severity::Minor).filter(|change| !holds(change, &come)) {
        wrong.push(format!("nothing has come of this: {change:?}"));
    }
    for change in &comparison.changes {
        let sides = (change.old.is_some(), change.new.is_some());
        let right = match change.kind {
            Kind::Added => (false, true),
            Kind::Removed => (true, false),
            _ => (true, true),
        };
        if sides != right {
            wrong.push(format!("not at its places: {change:?}"));
        }
    }
    wrong
}

/// Whatever Smithy's own tool tells of as new is told of here, at the same shape, unless that has no Rust of its own.
fn agrees_with_smithy(comparison: &Comparison, table: &str) {
    let told = |shape: &str| {
        comparison.changes.iter().any(|change| {
            let new = change.new.as_ref();
            change.kind == Kind::Added && new.is_some_and(|new| new.shape == shape)
        })
    };
    let rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let mut members = 0;
    for row in rows {
        let [.., shape, "AddedShape"] = row[..] else {
            continue;
        };
        if shape.contains('$') {
            assert!(told(shape), "{shape}");
            members += 1;
        }
    }
    assert!(members > 40, "{members} members");
    assert!(told("com.amazonaws.kms#GetKeyLastUsage"));
}
