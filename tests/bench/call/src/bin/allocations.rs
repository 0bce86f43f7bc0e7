//! Prints the allocations of one call, growing ones included: of the official client, of ours, and of signing alone.

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
    println!("{}", counted(|| runtime.block_on(call_official(&official))));
    println!("{}", counted(|| runtime.block_on(call_ours(&ours))));
    println!("{}", counted(|| drop(sign(&credentials))));
}

/// The mean, rounded up.
fn counted(mut call: impl FnMut()) -> usize {
    (0..CALLS).for_each(|_| call());
    let region = Region::new(ALLOCATOR);
    (0..CALLS).for_each(|_| call());
    let stats = region.change();
    (stats.allocations + stats.reallocations).div_ceil(CALLS)
}
