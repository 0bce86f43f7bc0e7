//! For programs: all there is, in an order that does not change.

use farrier::diff::{Address, Comparison, Severity};
use serde_json::{Value, json};

use super::verdict;

/// ```text
/// {
///   "verdict": "minor",
///   "counts": { "major": 0, "minor": 1, "patch": 0 },
///   "changes": [
///     {
///       "severity": "minor", "kind": "added", "item": "types::Tag::key", "sentence": "A new field: `String`.",
///       "old": null,
///       "new": { "file": "tags.json", "line": 12, "column": 8, "shape": "com.example#Tag$Key" }
///     }
///   ]
/// }
/// ```
pub(super) fn json(comparison: &Comparison) -> String {
    let count = |severity| comparison.count(severity);
    let changes = comparison.changes.iter().map(|change| {
        json!({
            "severity": change.severity().name(),
            "kind": change.kind.name(),
            "item": change.item,
            "sentence": change.sentence,
            "old": change.old.as_ref().map(address),
            "new": change.new.as_ref().map(address),
        })
    });
    let whole = json!({
        "verdict": verdict(comparison),
        "counts": {
            "major": count(Severity::Major),
            "minor": count(Severity::Minor),
            "patch": count(Severity::Patch),
        },
        "changes": changes.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn address(address: &Address) -> Value {
    json!({
        "file": address.place.file,
        "line": address.place.line,
        "column": address.place.column,
        "shape": address.shape,
    })
}
