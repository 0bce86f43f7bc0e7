//! For people: each change with its places, the verdict last.

use std::fmt::Write;

use farrier::diff::{Change, Comparison, Severity};

use super::verdict;

/// ```text
/// major  operation::tag::TagInput::key
///        The field is gone.
///        old  tags.json:12:8 (com.example#TagInput$Key)
///
/// major: 1 major, 0 minor and 0 patch changes
/// ```
pub(super) fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    for change in &comparison.changes {
        one(&mut text, change);
    }
    let count = |severity| comparison.count(severity);
    let _ = match comparison.severity() {
        None => writeln!(text, "none: the clients are the same"),
        Some(_) => writeln!(
            text,
            "{}: {} major, {} minor and {} patch changes",
            verdict(comparison),
            count(Severity::Major),
            count(Severity::Minor),
            count(Severity::Patch)
        ),
    };
    text
}

fn one(text: &mut String, change: &Change) {
    let Change { item, sentence, .. } = change;
    let _ = writeln!(text, "{:<6} {item}\n       {sentence}", change.severity());
    for (side, address) in [("old", &change.old), ("new", &change.new)] {
        if let Some(address) = address {
            let _ = writeln!(text, "       {side}  {}", address);
        }
    }
    text.push('\n');
}
