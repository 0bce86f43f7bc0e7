//! For a changelog: what users of the client want to know, in the sections of [Keep a Changelog](https://keepachangelog.com).

use std::fmt::Write;

use farrier::diff::{Change, Comparison, Kind};

/// The sections, in their order, each with the kinds of changes in it.
const SECTIONS: [(&str, &[Kind]); 4] = [
    ("Breaking", &[Kind::Removed, Kind::Retyped]),
    ("Added", &[Kind::Added]),
    ("Deprecated", &[Kind::Deprecated]),
    (
        "Changed",
        &[
            Kind::Undeprecated,
            Kind::Sensitivity,
            Kind::Requirement,
            Kind::Default,
            Kind::Constraint,
            Kind::Wire,
            Kind::Endpoint,
            Kind::Signing,
            Kind::Retry,
            Kind::Pagination,
            Kind::Waiting,
            Kind::Service,
            Kind::Documentation,
        ],
    ),
];

/// ```text
/// ### Added
///
/// - `types::Tag::key`: A new field: `String`.
/// ```
///
/// Documentation is counted, and not listed. Nothing at all where nothing has changed.
pub(super) fn markdown(comparison: &Comparison) -> String {
    let mut text = String::new();
    for (title, kinds) in SECTIONS {
        let in_section = |change: &&Change| kinds.contains(&change.kind);
        let changes: Vec<_> = comparison.changes.iter().filter(in_section).collect();
        if changes.is_empty() {
            continue;
        }
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}### {title}\n");
        let (documented, told): (Vec<&Change>, Vec<_>) = changes
            .into_iter()
            .partition(|change| change.kind == Kind::Documentation);
        for Change { item, sentence, .. } in told {
            let _ = writeln!(text, "- `{item}`: {sentence}");
        }
        match documented.as_slice() {
            [] => {}
            [Change { item, .. }] => {
                let _ = writeln!(text, "- The documentation of `{item}`.");
            }
            several => {
                let _ = writeln!(text, "- The documentation of {} items.", several.len());
            }
        }
    }
    text
}
