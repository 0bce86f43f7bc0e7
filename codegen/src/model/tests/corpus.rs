//! Smithy's own corpus and published models, which are read from beside the repository and never copied into it.

use std::collections::BTreeSet;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Source, read_all};
use crate::diagnostic::Diagnostics;

/// The invalid models of the corpus that are accepted, by the reason; a name ends where all that begin so are meant.
///
/// What an AWS JSON client does not look at cannot reach its code; what a later stage looks at, it refuses.
const ACCEPTED: &[(&str, &[&str])] = &[
    (
        "Bindings to HTTP, which AWS JSON has none of",
        &[
            "errorfiles/validators/http-bindings-missing-validator",
            "errorfiles/validators/http-header-tchar-validator",
            "errorfiles/validators/http-method-semantics-validator",
            "errorfiles/validators/http-response-code-semantics-validator",
            "errorfiles/validators/http-uri-conflict-validator",
            "errorfiles/validators/http-uri-format-invalid",
            "errorfiles/validators/jsonName-conflict",
        ],
    ),
    (
        "XML, which AWS JSON has none of",
        &["errorfiles/validators/xml-"],
    ),
    (
        "Streams, which `lower` leaves out or refuses, valid or not",
        &[
            "errorfiles/validators/event-payload-validation",
            "errorfiles/validators/requiresLength-validator",
            "errorfiles/validators/streaming-trait",
        ],
    ),
    (
        "Authentication other than SigV4, which no client here does",
        &["errorfiles/validators/http-api-key-scheme-trait-validator-test"],
    ),
    (
        "Pagination, whose paths `lower` resolves and refuses",
        &[
            "errorfiles/validators/paginated/paginated-invalid",
            "errorfiles/validators/paginated/paginated-map-tokens",
        ],
    ),
    (
        "Identifiers and lifecycles of resources, of which a client sees the operations only",
        &[
            "errorfiles/validators/lifecycle/",
            "errorfiles/validators/no-replace-trait",
            "errorfiles/validators/references/",
            "errorfiles/validators/resource-identifiers/resource-identifiers.json",
            "errorfiles/validators/resource-must-bind-parent-identifiers",
            "errorfiles/validators/resource-operation-binding-validator",
        ],
    ),
    (
        "Bound twice: the operation is printed once",
        &[
            "errorfiles/validators/single-operation-binding",
            "errorfiles/validators/single-resource-binding",
        ],
    ),
    (
        "Traits that a model defines itself, and that mean nothing to a client",
        &[
            "errorfiles/validators/custom-trait-validation",
            "errorfiles/validators/finds-conflicting-traits",
            "errorfiles/validators/idref-trait",
            "loader/test-foo-protocol-validator",
        ],
    ),
    (
        "Validators and closures in the metadata, which are for Smithy's own tools",
        &[
            "errorfiles/validators/linters/",
            "errorfiles/validators/shapeClosures/",
            "loader/invalid-validation-selector",
        ],
    ),
    (
        "Rules for those who write models, without effect on code",
        &[
            "errorfiles/validators/examples-trait-validator",
            "errorfiles/validators/external-documentation/",
            "errorfiles/validators/mediatype-trait",
            "errorfiles/validators/private-access",
        ],
    ),
];

/// The invalid models that are refused for another place than Smithy's first error names, by the reason.
const ELSEWHERE: &[(&str, &[&str])] = &[
    (
        "Of two names in conflict the later is at fault here, and its message names the earlier",
        &[
            "errorfiles/validators/service-conflict-validator",
            "errorfiles/validators/unique-structure-member",
            "errorfiles/validators/unique-taggedunion-member",
        ],
    ),
    (
        "What does not exist is the shape that traits are applied to, not the trait",
        &[
            "errorfiles/loader/trait-applied-to-non-existent-shape",
            "loader/nested/merges-2",
            "loader/nested/merges-3",
        ],
    ),
    (
        "The first error is about streams, the one that is refused is the next",
        &["errorfiles/validators/exclusive-structure-member-traits-validator"],
    ),
];

/// What lies beside the repository, where it does.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(folder);
    let present = path.is_dir();
    if !present {
        // Not captured by the test harness: that nothing was tested is to be seen in every run.
        writeln!(stderr(), "absent, nothing tested: {}", path.display()).ok();
    }
    present.then_some(path)
}

fn read_file(path: &Path) -> (bool, Diagnostics) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (model, diagnostics) = read_all(vec![Source::model(name, std::fs::read(path))]);
    (model.is_some(), diagnostics)
}

/// The same in a thread of its own, which is given up where it takes too long.
fn read_in_time(path: PathBuf) -> (bool, Diagnostics) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let shown = path.display().to_string();
    std::thread::spawn(move || sender.send(read_file(&path)));
    let read = receiver.recv_timeout(Duration::from_secs(30));
    read.unwrap_or_else(|error| panic!("{shown} hangs or panics: {error}"))
}

#[test]
fn published_models_are_accepted() {
    for folder in ["models", "protocol-tests"] {
        let Some(folder) = shared(folder) else {
            continue;
        };
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry can be read").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let start = Instant::now();
                let (accepted, diagnostics) = read_file(&path);
                eprintln!("{:?} {}", start.elapsed(), path.display());
                assert!(
                    accepted && diagnostics.is_empty(),
                    "{}:\n{diagnostics}",
                    path.display()
                );
            }
        }
    }
}

/// What Smithy says about a file of the corpus.
struct Case<'a> {
    path: &'a str,
    valid: bool,
    /// The shape of Smithy's first error.
    shape: Option<&'a str>,
    /// The line of Smithy's first error.
    line: Option<u32>,
}

impl<'a> Case<'a> {
    fn parse(line: &'a str) -> Option<Case<'a>> {
        let mut columns = line.split('\t');
        let (path, verdict) = (columns.next()?, columns.next()?);
        let reason = columns.next().unwrap_or_default();
        let shape = reason
            .split_once("] ")
            .and_then(|(_, rest)| rest.split_once(": "));
        let line = reason
            .rsplit(".json:")
            .next()
            .and_then(|place| place.split(':').next());
        Some(Case {
            path,
            valid: verdict == "valid",
            shape: shape.map(|(shape, _)| shape),
            line: line.and_then(|line| line.parse().ok()),
        })
    }

    /// Whether any diagnostic is about what Smithy's first error is about.
    fn is_placed(&self, diagnostics: &Diagnostics) -> bool {
        diagnostics.iter().any(|one| {
            let line = one.place.as_ref().map(|place| place.line);
            // A member is a better address than its shape.
            let shape = one.shape.as_deref().zip(self.shape);
            let same = shape.is_some_and(|(ours, theirs)| {
                let rest = ours.strip_prefix(theirs);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('$'))
            });
            same || (line.is_some() && line == self.line)
        })
    }

    /// The reason for which an invalid model is in a list.
    fn reason(&self, list: &[(&'static str, &[&str])]) -> Option<&'static str> {
        let path = self.path.strip_prefix("invalid/")?;
        let found = list
            .iter()
            .find(|(_, names)| names.iter().any(|name| path.starts_with(name)));
        found.map(|(reason, _)| *reason)
    }
}

#[test]
fn corpus_of_smithy() {
    let Some(folder) = shared("corpus") else {
        return;
    };
    let index = std::fs::read_to_string(folder.join("index.tsv")).expect("the index can be read");
    let mut wrong = Vec::new();
    let mut reasons = BTreeSet::new();
    let (mut valid, mut refused, mut placed, mut accepted) = (0, 0, 0, 0);
    for case in index.lines().filter_map(Case::parse) {
        let (accepts, diagnostics) = read_in_time(folder.join(case.path));
        // A fault that is not in a file at all has no place; all of the corpus' are.
        let addressed = diagnostics.iter().all(|one| one.place.is_some());
        let elsewhere = case.reason(ELSEWHERE);
        match (case.valid, accepts, case.reason(ACCEPTED)) {
            (true, true, _) => valid += 1,
            (false, false, None)
                if addressed && case.is_placed(&diagnostics) != elsewhere.is_some() =>
            {
                refused += 1;
                placed += u32::from(elsewhere.is_none());
                reasons.extend(elsewhere);
            }
            (false, true, Some(reason)) => {
                accepted += 1;
                reasons.insert(reason);
            }
            (_, _, reason) => {
                let reason = reason.or(elsewhere);
                wrong.push(format!("{} ({reason:?})\n{diagnostics}", case.path));
            }
        }
    }
    let invalid =
        format!("refused {refused}, {placed} of them for the right place; accepted {accepted}");
    eprintln!("Smithy's corpus: valid: accepted {valid}; invalid: {invalid}");
    assert!(wrong.is_empty(), "not as listed:\n{}", wrong.join("\n"));
    assert_eq!(
        reasons.len(),
        ACCEPTED.len() + ELSEWHERE.len(),
        "a reason is no longer needed"
    );
    assert_eq!((valid, refused, placed, accepted), (136, 58, 51, 47));
}
