//! How much of the official client's public API ours has, and that every miss is known and has its reason.

use farrier_conformance::{repository, say, shared};
use std::path::Path;
use std::process::Command;

/// The share of the official items that have to be there by path, in percent.
const BY_PATH: f64 = 98.0;
/// The share of the official items that have to be there with their signature, in percent.
const BY_SIGNATURE: f64 = 97.0;

/// One line of the list of misses.
struct Known {
    line: String,
    count: usize,
    /// The same words as in [`missing`]: what is missing, the kind and the path.
    pattern: String,
}

/// The listings of the official API, and the features they were made with beside the default ones.
const LISTINGS: [(&str, &[&str]); 2] = [
    ("aws-sdk-kms-1.129.0", &[]),
    ("aws-sdk-kms-1.129.0.test-util", &["test-util"]),
];

/// One after the other, as what rustdoc writes for each is one file.
#[test]
fn the_public_api_is_there_but_for_what_is_listed() {
    for (listing, features) in LISTINGS {
        if let Some((said, missing)) = compared(listing, features) {
            holds(listing, &said, &missing);
        }
    }
}

/// Checks what the tool says of one listing.
fn holds(listing: &str, said: &str, missing_file: &str) {
    for section in ["items", "trait impls"] {
        let (by_path, by_signature) = shares(listing, said, section);
        assert!(by_path >= BY_PATH, "{section} by path: {by_path} %\n{said}");
        assert!(
            by_signature >= BY_SIGNATURE,
            "{section} by signature: {by_signature} %\n{said}"
        );
    }
    let missing = missing(missing_file);
    let known = known();
    let unlisted: Vec<_> = missing
        .iter()
        .filter(|miss| !known.iter().any(|known| matches(&known.pattern, miss)))
        .collect();
    assert!(
        unlisted.is_empty(),
        "misses that tests/conformance/api-misses.txt gives no reason for: {unlisted:#?}"
    );
    for Known {
        line,
        count,
        pattern,
    } in &known
    {
        let found = missing.iter().filter(|miss| matches(pattern, miss)).count();
        assert_eq!(
            found, *count,
            "tests/conformance/api-misses.txt is not true any more: {line}"
        );
    }
}

/// What the tool prints, and the misses it writes; nothing where it is absent.
fn compared(listing: &str, features: &[&str]) -> Option<(String, String)> {
    let tool = shared("tools/api/compare-api")?;
    let listing = shared(&format!("api/{listing}.txt"))?;
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let missing = temporary.join("missing-api.txt");
    let output = Command::new(tool)
        .arg(listing)
        .arg(repository().join("generated/kms"))
        .args(["--features", &features.join(",")])
        .arg("--target-dir")
        .arg(temporary.parent().expect("the target folder"))
        .arg("--missing")
        .arg(&missing)
        .output()
        .expect("compare-api starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let missing = std::fs::read_to_string(missing).expect("the misses are written");
    Some((said, missing))
}

/// The shares of a section that are there by path, and by path and signature, in percent.
fn shares(listing: &str, said: &str, section: &str) -> (f64, f64) {
    let table = said.split("== ").find(|part| part.starts_with(section));
    let sums = table.and_then(|table| table.lines().find(|row| row.starts_with("all ")));
    let sums: Vec<_> = sums.unwrap_or_default().split_whitespace().collect();
    let [_, official, _, by_path, _, by_signature] = sums[..] else {
        panic!("another table than expected\n{said}");
    };
    say(&format!(
        "public API of {listing}: {official} {section}, {by_path} by path, {by_signature} by path and signature"
    ));
    let share = |percent: &str| percent.trim_end_matches('%').parse();
    match (share(by_path), share(by_signature)) {
        (Ok(by_path), Ok(by_signature)) => (by_path, by_signature),
        _ => panic!("another table than expected\n{said}"),
    }
}

/// `path method crate::Config::x` for each miss, from lines of kind, path and signature under headings.
fn missing(text: &str) -> Vec<String> {
    let mut what = "";
    let mut misses = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("-- ") {
            what = if heading.starts_with("missing path") {
                "path"
            } else {
                "signature"
            };
        } else if let Some(miss) = line
            .strip_prefix("  ")
            .filter(|miss| !miss.starts_with(' '))
        {
            let mut columns = miss.split('\t');
            let kind = columns.next().unwrap_or_default();
            let path = columns.next().unwrap_or_default();
            misses.push(format!("{what} {kind} {path}"));
        }
    }
    misses
}

/// The list of misses, without its words.
fn known() -> Vec<Known> {
    let file = repository().join("tests/conformance/api-misses.txt");
    let text = std::fs::read_to_string(file).expect("the list of misses");
    let known = text.lines().filter_map(|line| {
        let (count, pattern) = line.split_once(' ')?;
        Some(Known {
            line: line.to_owned(),
            count: count.parse().ok()?,
            pattern: pattern.to_owned(),
        })
    });
    known.collect()
}

/// Whether a pattern, in which `*` stands for anything but a space, is the whole of a text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(before) else {
        return false;
    };
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.take_while(|at| !rest[..*at].contains(' '))
        .any(|at| matches(after, &rest[at..]))
}

#[test]
fn patterns_cover_what_they_name_and_no_more() {
    assert!(matches("a::*::c", "a::b::c") && matches("a::*", "a::"));
    assert!(!matches("a::*::c", "a::b::d") && !matches("a *", "a b c") && !matches("a", "ab"));
}
