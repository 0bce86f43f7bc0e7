//! Prints the nanoseconds of one call: of the official client, of ours, and of signing alone.

use farrier_bench_call::{call_official, call_ours, official, ours, runtime, sign, turns};

fn main() {
    let (runtime, official, ours) = (runtime(), official(), ours());
    let credentials = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "bench");
    let sides: [&mut dyn FnMut(); 3] = [
        &mut || runtime.block_on(call_official(&official)),
        &mut || runtime.block_on(call_ours(&ours)),
        &mut || drop(sign(&credentials)),
    ];
    for time in turns(50, 200, sides) {
        println!("{time}");
    }
}
