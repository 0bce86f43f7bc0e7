//! What a run came to, and whether that is right.

use crate::load::{AT_ONCE, Books};
use crate::process::Held;
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The memory of the whole process, in kB.
const MEMORY: u64 = 100 * 1024;

/// By how much what is allocated may grow between two parts of a run that are alike, in kB: a connection takes 35, and
/// their number differs.
const GROWTH: u64 = 16 * 1024;

/// Descriptors beside those of connections.
const OTHER_DESCRIPTORS: usize = 64;

/// A run.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) lasts: Duration,
    pub(crate) cut: Duration,
    /// From the return of the network to the first output.
    pub(crate) back: Duration,
    pub(crate) before: Held,
    pub(crate) seen: &'a [Held],
    /// Four numbers: requests, those that failed, those that were answered, those answered twice.
    pub(crate) service: &'a str,
    pub(crate) books: &'a Books,
}

impl Report<'_> {
    /// Prints the figures.
    ///
    /// # Errors
    ///
    /// Some are not as they should be; all of these are named.
    pub(crate) fn check(&self) -> Result<(), Box<dyn Error>> {
        let number = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let books = self.books;
        let (begun, outputs) = (number(&books.begun), number(&books.outputs));
        let (errors, cut_errors) = (number(&books.errors), number(&books.cut_errors));
        let service: Vec<u64> = self.service.split(' ').flat_map(str::parse).collect();
        let &[requests, failed, answered, twice] = service.as_slice() else {
            return Err(format!("the service says {}", self.service).into());
        };
        println!(
            "{AT_ONCE} at once for {:?}: {begun} calls, {outputs} outputs, {errors} errors; a cut of {:?}: {cut_errors} errors, \
             the first output {:?} after it",
            self.lasts, self.cut, self.back
        );
        println!(
            "service: {requests} requests, {failed} failed, {answered} answered, {twice} twice"
        );
        let (first, last) = self.parts();
        let most = most(self.seen);
        println!("before the load: {}", self.before);
        for part in self.seen.chunks(self.seen.len().div_ceil(6).max(1)) {
            println!("in a sixth of the time: {}", self::most(part));
        }
        let checks = [
            ("calls were lost", number(&books.lost) == 0),
            (
                "calls got the output of others",
                number(&books.mistaken) == 0,
            ),
            ("errors that nothing caused", number(&books.strange) == 0),
            (
                "calls that did not end in one way",
                begun == outputs + errors + cut_errors,
            ),
            ("hardly any output", outputs > 100 * self.lasts.as_secs()),
            ("requests were answered twice", twice == 0),
            ("outputs that the service did not give", answered >= outputs),
            ("answers that came to nothing", {
                // Those that were on their way when the network was cut.
                answered - outputs.min(answered) <= AT_ONCE as u64
            }),
            // Three attempts fail of 8,000 calls; with room for chance.
            ("too many errors", errors <= 10 + outputs / 1000),
            (
                "the network's return was not noticed",
                self.back < Duration::from_secs(5),
            ),
            ("memory is not bounded", most.memory < MEMORY),
            ("memory grows", last.allocated < first.allocated + GROWTH),
            (
                "descriptors are not bounded",
                most.descriptors <= AT_ONCE + OTHER_DESCRIPTORS,
            ),
        ];
        let wrong: Vec<_> = checks
            .iter()
            .filter(|(_, right)| !right)
            .map(|(what, _)| *what)
            .collect();
        if wrong.is_empty() {
            return Ok(());
        }
        Err(wrong.join("; ").into())
    }

    /// The most that was held in the first third, which ends before the cut, and in the last.
    fn parts(&self) -> (Held, Held) {
        let third = self.seen.len() / 3;
        (
            most(&self.seen[..third]),
            most(&self.seen[self.seen.len() - third..]),
        )
    }
}

fn most(seen: &[Held]) -> Held {
    Held {
        memory: seen.iter().map(|held| held.memory).max().unwrap_or(0),
        allocated: seen.iter().map(|held| held.allocated).max().unwrap_or(0),
        descriptors: seen.iter().map(|held| held.descriptors).max().unwrap_or(0),
    }
}
