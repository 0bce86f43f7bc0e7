//! How much of the official client's public API ours has.

use farrier_conformance::{repository, say, shared};
use std::path::Path;
use std::process::Command;

#[test]
fn the_public_api_is_compared() {
    let tool = shared("tools/api/compare-api");
    let listing = shared("api/aws-sdk-kms-1.129.0.txt");
    let (Some(tool), Some(listing)) = (tool, listing) else {
        return;
    };
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new(tool)
        .arg(listing)
        .arg(repository().join("generated/kms"))
        .arg("--target-dir")
        .arg(temporary.parent().expect("the target folder"))
        .arg("--missing")
        .arg(temporary.join("missing-api.txt"))
        .output()
        .expect("compare-api starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // The last row of a section's first table: official, then by path and by path and signature with their shares.
    let all = said.lines().find(|line| line.starts_with("all "));
    let all: Vec<_> = all.expect("a row of sums").split_whitespace().collect();
    let [_, official, _, by_path, _, by_signature] = all[..] else {
        panic!("another table than expected\n{said}");
    };
    say(&format!(
        "public API of aws-sdk-kms 1.129.0: {official} items, {by_path} by path, {by_signature} by path and signature"
    ));
}
