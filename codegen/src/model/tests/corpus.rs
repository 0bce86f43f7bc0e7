//! Smithy's own corpus and published models, which are read from beside the repository and never copied into it.

use std::collections::BTreeSet;
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
        "Authentication other than SigV4, which `lower` refuses",
        &[
            "errorfiles/validators/auth/",
            "errorfiles/validators/http-api-key-scheme-trait-validator-test",
        ],
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

/// What lies beside the repository, where it does.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(folder);
    let present = path.is_dir();
    if !present {
        eprintln!("absent, nothing tested: {}", path.display());
    }
    present.then_some(path)
}

fn read_file(path: &Path) -> (bool, Diagnostics) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (model, diagnostics) = read_all(vec![Source::model(name, std::fs::read(path))]);
    (model.is_some(), diagnostics)
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
            (one.shape.is_some() && one.shape.as_deref() == self.shape)
                || (line.is_some() && line == self.line)
        })
    }

    fn accepted_because(&self) -> Option<&'static str> {
        let path = self.path.strip_prefix("invalid/")?;
        let found = ACCEPTED
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
        let start = Instant::now();
        let (accepts, diagnostics) = read_file(&folder.join(case.path));
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{} hangs",
            case.path
        );
        match (case.valid, accepts, case.accepted_because()) {
            (true, true, _) => valid += 1,
            (false, false, None) => {
                refused += 1;
                placed += u32::from(case.is_placed(&diagnostics));
            }
            (false, true, Some(reason)) => {
                accepted += 1;
                reasons.insert(reason);
            }
            (_, _, reason) => wrong.push(format!("{} ({reason:?})\n{diagnostics}", case.path)),
        }
    }
    let invalid =
        format!("refused {refused}, {placed} of them for the right place; accepted {accepted}");
    eprintln!("Smithy's corpus: valid: accepted {valid}; invalid: {invalid}");
    assert!(wrong.is_empty(), "not as listed:\n{}", wrong.join("\n"));
    assert_eq!(
        reasons.len(),
        ACCEPTED.len(),
        "a reason is no longer needed"
    );
    assert_eq!((valid, refused, placed, accepted), (136, 55, 47, 50));
}
