//! Sides that take turns, and the clock of this process.

use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// The CPU time of this process so far, in the system too.
///
/// # Panics
///
/// When the system does not tell.
pub fn cpu() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the usage of this process");
    let times = [usage.user_time(), usage.system_time()];
    let micros = times.map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Duration::from_micros(micros.iter().sum::<i64>().unsigned_abs())
}

/// The middle one.
///
/// # Panics
///
/// When there is none.
pub fn median(mut values: Vec<u128>) -> u128 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// The median nanoseconds of each side's work, where the sides take turns and in each turn work `calls` times. A sixth
/// of the turns comes before, to warm up.
pub fn turns<const N: usize>(
    turns: usize,
    calls: usize,
    mut sides: [&mut dyn FnMut(); N],
) -> [u128; N] {
    let mut times = [const { Vec::new() }; N];
    for turn in 0..turns + turns / 6 {
        for (side, times) in sides.iter_mut().zip(&mut times) {
            for _ in 0..calls {
                let start = Instant::now();
                side();
                if turn >= turns / 6 {
                    times.push(start.elapsed().as_nanos());
                }
            }
        }
    }
    times.map(median)
}
