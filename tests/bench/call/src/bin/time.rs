//! Prints the nanoseconds of one call: of the official client, of ours, and of signing alone.

use std::time::Instant;

use farrier_bench_call::{call_official, call_ours, official, ours, runtime, sign};

/// How many times the sides take turns; the first ones warm up and do not count.
const TURNS: usize = 60;
const WARM: usize = 10;

/// How many calls a side makes in its turn.
const CALLS: usize = 200;

fn main() {
    let (runtime, official, ours) = (runtime(), official(), ours());
    let credentials = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "bench");
    let mut times = [const { Vec::new() }; 3];
    for turn in 0..TURNS {
        if turn == WARM {
            times = [const { Vec::new() }; 3];
        }
        timed(&mut times[0], || runtime.block_on(call_official(&official)));
        timed(&mut times[1], || runtime.block_on(call_ours(&ours)));
        timed(&mut times[2], || drop(sign(&credentials)));
    }
    for mut times in times {
        times.sort_unstable();
        println!("{}", times[times.len() / 2]);
    }
}

fn timed(times: &mut Vec<u128>, mut call: impl FnMut()) {
    for _ in 0..CALLS {
        let start = Instant::now();
        call();
        times.push(start.elapsed().as_nanos());
    }
}
