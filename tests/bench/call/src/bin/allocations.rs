//! Prints the allocations of one call, growing ones included, of the official client, of ours, and of signing alone; then
//! their bytes.

use std::alloc::System;

use farrier_bench_call::{call_official, call_ours, official, ours, runtime, sign};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many calls are counted, after as many that are not.
const CALLS: usize = 500;

fn main() {
    let (runtime, official, ours) = (runtime(), official(), ours());
    let credentials = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "bench");
    let sides = [
        counted(|| runtime.block_on(call_official(&official))),
        counted(|| runtime.block_on(call_ours(&ours))),
        counted(|| drop(sign(&credentials))),
    ];
    sides.iter().for_each(|(count, _)| println!("{count}"));
    sides.iter().for_each(|(_, bytes)| println!("{bytes}"));
}

/// The mean number, and the mean of the bytes, both rounded up.
fn counted(mut call: impl FnMut()) -> (usize, usize) {
    (0..CALLS).for_each(|_| call());
    let region = Region::new(ALLOCATOR);
    (0..CALLS).for_each(|_| call());
    let stats = region.change();
    (
        (stats.allocations + stats.reallocations).div_ceil(CALLS),
        stats.bytes_allocated.div_ceil(CALLS),
    )
}
