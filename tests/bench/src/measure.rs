//! Clocks: elapsed time, CPU time, and how much of the machine other processes took meanwhile.

use std::fs;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// What a piece of work took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    /// Elapsed time.
    pub(crate) wall: Duration,
    /// CPU time, in the system too, of all its threads, or of all processes it started and waited for.
    pub(crate) cpu: Duration,
}

/// Runs processes, and says what they took.
pub(crate) fn children<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let (before, start) = (cpu(UsageWho::RUSAGE_CHILDREN), Instant::now());
    let result = work();
    let taken = Taken {
        wall: start.elapsed(),
        cpu: cpu(UsageWho::RUSAGE_CHILDREN).saturating_sub(before),
    };
    (result, taken)
}

/// The most memory that a process had of all that this one started and waited for, in bytes.
pub(crate) fn peak_of_children() -> u64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN);
    let kib = usage.map_or(0, |usage| usage.max_rss());
    u64::try_from(kib).unwrap_or(0) * 1024
}

/// Works in this process, and says what it took.
pub(crate) fn here<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let (before, start) = (cpu(UsageWho::RUSAGE_SELF), Instant::now());
    let result = work();
    let taken = Taken {
        wall: start.elapsed(),
        cpu: cpu(UsageWho::RUSAGE_SELF).saturating_sub(before),
    };
    (result, taken)
}

/// Does the work, and says which part of the machine's CPU time other processes took meanwhile, from 0 to 1. Nothing
/// where the system does not tell.
pub(crate) fn beside_others<T>(work: impl FnOnce() -> T) -> (T, Option<f64>) {
    let own = || cpu(UsageWho::RUSAGE_CHILDREN) + cpu(UsageWho::RUSAGE_SELF);
    let (start, before, ticks) = (Instant::now(), own(), Ticks::now());
    let result = work();
    let others = (|| {
        let (then, now) = (ticks?, Ticks::now()?);
        let all = now.all.checked_sub(then.all).filter(|all| *all > 0)?;
        let busy = now.busy.saturating_sub(then.busy) as f64 / all as f64;
        let cores = std::thread::available_parallelism().ok()?.get() as f64;
        let here = (own() - before).as_secs_f64() / (start.elapsed().as_secs_f64() * cores);
        Some((busy - here).clamp(0.0, 1.0))
    })();
    (result, others)
}

/// The middle one; of an even number, the later of the two.
pub(crate) fn median<T: PartialOrd + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_by(|one, two| one.partial_cmp(two).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied()
}

/// CPU time in user and system mode so far.
fn cpu(who: UsageWho) -> Duration {
    let Ok(usage) = getrusage(who) else {
        return Duration::ZERO;
    };
    [usage.user_time(), usage.system_time()]
        .map(|time| {
            let micros = u64::try_from(time.tv_usec()).unwrap_or(0);
            let seconds = u64::try_from(time.tv_sec()).unwrap_or(0);
            Duration::from_secs(seconds) + Duration::from_micros(micros)
        })
        .iter()
        .sum()
}

/// The counters of the whole machine that Linux keeps in `/proc/stat`.
struct Ticks {
    busy: u64,
    all: u64,
}

impl Ticks {
    fn now() -> Option<Ticks> {
        let text = fs::read_to_string("/proc/stat").ok()?;
        let line = text.lines().next()?.strip_prefix("cpu ")?;
        let fields = line.split_whitespace().take(8);
        let fields: Vec<u64> = fields.map(str::parse).collect::<Result<_, _>>().ok()?;
        let all = fields.iter().sum();
        // The fourth and fifth are idle time, and idle time while a disk was awaited.
        let idle: u64 = fields.get(3..5)?.iter().sum();
        Some(Ticks {
            busy: all - idle,
            all,
        })
    }
}
