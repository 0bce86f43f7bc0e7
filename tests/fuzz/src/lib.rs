//! What the targets share: inputs that grow out of seeds, a bound on memory, and a count of what was run.

// Under libFuzzer all that is linked needs it.
use bolero as _;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::fmt;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How long a target runs in the tests, where nothing else is asked for.
pub const TIME: Duration = Duration::from_secs(4);

/// Runs until [`TIME`] is over and not until a number is reached.
pub const ANY_NUMBER: usize = usize::MAX;

/// What a target may allocate whatever it reads: its errors, and the first capacity of its collections.
const BASE: usize = 16 * 1024;

/// One target.
#[derive(Debug)]
pub struct Target {
    name: &'static str,
    seeds: &'static [&'static [u8]],
    count: AtomicU64,
    accepted: AtomicU64,
}

impl Target {
    /// A target with texts that its inputs grow out of.
    pub fn new(name: &'static str, seeds: &'static [&'static [u8]]) -> Self {
        Self {
            name,
            seeds,
            count: AtomicU64::new(0),
            accepted: AtomicU64::new(0),
        }
    }

    /// Tries `input` itself, and the seed that it changes when it is taken as a list of edits. `read` says whether it took
    /// what it was given.
    pub fn try_both(&self, input: &[u8], read: impl Fn(&[u8]) -> bool) {
        self.try_one(input, &read);
        if let Some(edited) = self.edited(input) {
            self.try_one(&edited, &read);
        }
    }

    /// Tries `input` alone. `read` says whether it took what it was given.
    pub fn try_one(&self, input: &[u8], read: impl Fn(&[u8]) -> bool) {
        self.count.fetch_add(1, Ordering::Relaxed);
        let accepted = u64::from(read(input));
        self.accepted.fetch_add(accepted, Ordering::Relaxed);
    }

    /// The first byte chooses the seed, the second how many edits follow at most, of four bytes each: what to do, where,
    /// and with which byte.
    fn edited(&self, recipe: &[u8]) -> Option<Vec<u8>> {
        let (&[seed, edits], rest) = recipe.split_first_chunk()?;
        let mut text = self.seeds[usize::from(seed) % self.seeds.len()].to_vec();
        for &[what, high, low, byte] in rest.as_chunks().0.iter().take(usize::from(edits % 6)) {
            let place = usize::from(u16::from_be_bytes([high, low]));
            edit(&mut text, what, place, byte);
        }
        Some(text)
    }

    /// Whether enough of both was met for the target to say something.
    ///
    /// # Panics
    ///
    /// When it read nothing, or all of it.
    pub fn met_both(&self) {
        let (count, accepted) = (&self.count, &self.accepted);
        let (count, accepted) = (
            count.load(Ordering::Relaxed),
            accepted.load(Ordering::Relaxed),
        );
        assert!(accepted > 0 && accepted < count, "{self}");
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, accepted) = (&self.count, &self.accepted);
        write!(
            f,
            "{}: {} executions, {} of them taken",
            self.name,
            count.load(Ordering::Relaxed),
            accepted.load(Ordering::Relaxed)
        )
    }
}

/// Says what was run, however the target ends.
impl Drop for Target {
    fn drop(&mut self) {
        // Past what `cargo test` keeps for tests that fail.
        let _ = writeln!(io::stderr(), "{self}");
    }
}

fn edit(text: &mut Vec<u8>, what: u8, place: usize, byte: u8) {
    /// What formats are made of.
    const LIKELY: &[u8] =
        b"{}[]:,\"\\-+.eEuTZ0123456789nulltruefalse \t\n\r\0\x7f\x80\xc3\xed\xa0\xff/#@?%;";
    let place = place % (text.len() + 1);
    let likely = LIKELY[usize::from(byte) % LIKELY.len()];
    match what % 8 {
        0 => text.insert(place, likely),
        1 => text.insert(place, byte),
        2 if place < text.len() => text[place] = likely,
        3 if place < text.len() => text[place] = byte,
        4 if place < text.len() => drop(text.remove(place)),
        5 => text.truncate(place),
        // A piece again, up to some hundred times: numbers, keys and nesting that do not end.
        6 => {
            let piece = text[place..text.len().min(place + 1 + usize::from(what / 8 % 4))].to_vec();
            let again = piece.repeat(usize::from(byte));
            text.splice(place..place, again);
        }
        _ => {
            let end = text.len().min(place + usize::from(byte));
            let piece = text[place..end].to_vec();
            text.extend(piece);
        }
    }
}

/// What `read` gives, which may allocate `per_byte` bytes for each of `length` that it is given, all in all.
///
/// # Panics
///
/// When it takes more.
pub fn bounded<T>(per_byte: usize, length: usize, read: impl FnOnce() -> T) -> T {
    let region = Region::new(ALLOCATOR);
    let value = read();
    let allocated = region.change().bytes_allocated;
    assert!(
        allocated <= per_byte * length + BASE,
        "{allocated} bytes allocated for {length}"
    );
    value
}
