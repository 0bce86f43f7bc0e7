//! For programs: all there is. Keys are sorted, and stay.

use farrier::diff::{Address, Comparison, Severity};
use serde_json::{Value, json};

use super::verdict;

/// ```text
/// {
///   "changes": [
///     {
///       "item": "types::Tag::key",
///       "kind": "added",
///       "new": { "column": 8, "file": "tags.json", "line": 12, "shape": "com.example#Tag$Key" },
///       "old": null,
///       "sentence": "A new field: `String`.",
///       "severity": "minor"
///     }
///   ],
///   "counts": { "major": 0, "minor": 1, "patch": 0 },
///   "verdict": "minor"
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
