//! For programs: all there is, with keys in a fixed order.

use farrier::diff::{Address, Change, Comparison, Severity};
use serde::Serialize;

use super::verdict;

#[derive(Serialize)]
struct Whole<'a> {
    verdict: &'static str,
    counts: Counts,
    changes: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Counts {
    major: usize,
    minor: usize,
    patch: usize,
}

#[derive(Serialize)]
struct One<'a> {
    severity: &'static str,
    kind: &'static str,
    item: &'a str,
    sentence: &'a str,
    old: Option<Spot<'a>>,
    new: Option<Spot<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    shape: &'a str,
}

/// ```text
/// {
///   "verdict": "minor",
///   "counts": { "major": 0, "minor": 1, "patch": 0 },
///   "changes": [
///     {
///       "severity": "minor",
///       "kind": "added",
///       "item": "types::Tag::key",
///       "sentence": "A new field: `String`.",
///       "old": null,
///       "new": { "file": "tags.json", "line": 12, "column": 8, "shape": "com.example#Tag$Key" }
///     }
///   ]
/// }
/// ```
pub(super) fn json(comparison: &Comparison) -> String {
    let whole = Whole {
        verdict: verdict(comparison),
        counts: Counts {
            major: comparison.count(Severity::Major),
            minor: comparison.count(Severity::Minor),
            patch: comparison.count(Severity::Patch),
        },
        changes: comparison.changes.iter().map(one).collect(),
    };
    // Texts and numbers have a form in JSON.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

fn one(change: &Change) -> One<'_> {
    One {
        severity: change.severity().name(),
        kind: change.kind.name(),
        item: &change.item,
        sentence: &change.sentence,
        old: change.old.as_ref().map(spot),
        new: change.new.as_ref().map(spot),
    }
}

fn spot(address: &Address) -> Spot<'_> {
    Spot {
        file: &address.place.file,
        line: address.place.line,
        column: address.place.column,
        shape: &address.shape,
    }
}
