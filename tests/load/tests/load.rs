//! A short run of the load; `cargo run -p farrier-load` is the long one.

use std::io::{self, Write as _};
use std::process::Command;

#[test]
fn twelve_seconds() {
    // Two descriptors for each call at most, which is more than a shell often allows.
    let output = Command::new("sh")
        .args(["-c", "ulimit -n 4096; exec \"$0\" 12"])
        .arg(env!("CARGO_BIN_EXE_farrier-load"))
        .output()
        .expect("the program runs");
    let (said, wrong) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}{wrong}");
    // Past what `cargo test` keeps for tests that fail.
    let _ = write!(io::stderr(), "{said}");
}
