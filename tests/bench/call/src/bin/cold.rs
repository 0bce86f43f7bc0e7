//! Prints the nanoseconds of making a client and its first call, answered at once: of the official client and of ours.

use farrier_bench_call::{call_official, call_ours, official, ours, runtime, turns};

fn main() {
    let runtime = runtime();
    let sides: [&mut dyn FnMut(); 2] = [
        &mut || runtime.block_on(call_official(&official())),
        &mut || runtime.block_on(call_ours(&ours())),
    ];
    for time in turns(60, 20, sides) {
        println!("{time}");
    }
}
