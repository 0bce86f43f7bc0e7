//! That `farrier diff` is right: what it says of two models, held against what the public APIs of the two clients have.
//!
//! Edits of a small model, each forwards and backwards, and two published models of KMS are generated; `list-api` of
//! `../shared` lists what each client has, and neither it nor rustdoc knows anything of models. A program that uses the whole
//! client of the small model has to compile after an edit exactly when that is not major.

mod edits;
mod explain;
mod listing;

use edits::EDITS;
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
    let clients = clients();
    let looked = look(&tool, "edited", &clients, Some(include_str!("caller.rs")));
    let listings = &looked.listings;
    assert!(
        !looked.broken.contains(BASE),
        "the program does not compile at all"
    );
    let mut wrong = Vec::new();
    let mut kinds = BTreeSet::new();
    let mut verdicts = [0; 3];
    let (base, edited) = clients.split_first().expect("clients");
    for ((name, generator), edit) in edited.iter().zip(EDITS) {
        let (from, to) = (&listings[&base.0], &listings[name]);
        let forwards = compare(&base.1, generator).expect(edit.name);
        let backwards = compare(generator, &base.1).expect(edit.name);
        let (kind, item) = edit.told;
        if !forwards
            .changes
            .iter()
            .any(|one| one.kind == kind && one.item == item)
        {
            wrong.push(format!(
                "{}: not told: {kind} {item}: {:#?}",
                edit.name, forwards.changes
            ));
        }
        let is_major = forwards.severity() == Some(Severity::Major);
        if looked.broken.contains(name) != is_major {
            let does = if is_major {
                "compiles"
            } else {
                "does not compile"
            };
            wrong.push(format!("{}: a program {does} after it: {name}", edit.name));
        }
        for (way, comparison, from, to) in [
            ("forwards", forwards, from, to),
            ("backwards", backwards, to, from),
        ] {
            let found = judge(&comparison, from, to);
            wrong.extend(
                found
                    .into_iter()
                    .map(|what| format!("{}, {way}: {what}", edit.name)),
            );
            kinds.extend(comparison.changes.iter().map(|change| change.kind));
            if let Some(severity) = comparison.severity() {
                verdicts[severity as usize] += 1;
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let missing: Vec<_> = Kind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(missing.is_empty(), "no edit is told as {missing:?}");
    let [patch, minor, major] = verdicts;
    say(&format!(
        "{} edits, forwards and backwards: {major} major, {minor} minor and {patch} patch verdicts",
        EDITS.len()
    ));
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
fn clients() -> Vec<(String, Generator)> {
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
    let edited = EDITS.iter().enumerate().map(|(number, edit)| {
        let changed = edit.of(&model);
        assert_ne!(changed, model, "{} does nothing", edit.name);
        client(format!("edit{number:03}"), &changed)
    });
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
