//! Many crates at once.

use std::num::NonZeroUsize;
use std::panic;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use farrier::Generator;
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::How;

/// As much as a main thread has: models may be nested deeply.
const STACK: usize = 8 << 20;

/// How far a run is, on a terminal; nothing elsewhere, for one crate, and for a run that is to be quiet.
pub(crate) fn progress(generators: &[Generator], how: &How) -> ProgressBar {
    if generators.len() < 2 || how.quiet {
        return ProgressBar::hidden();
    }
    let progress = ProgressBar::new(generators.len() as u64);
    let style = ProgressStyle::with_template("[{bar:40}] {pos} of {len} crates");
    progress.with_style(
        style
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("=> "),
    )
}

/// Does the work for each generator, several at a time; what came of it is in their order.
pub(crate) fn each<T: Send + Sync>(
    generators: &[Generator],
    how: &How,
    progress: &ProgressBar,
    work: impl Fn(&Generator) -> T + Sync,
) -> Vec<T> {
    let results: Vec<OnceLock<T>> = generators.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let job = || {
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(generator) = generators.get(index)
        {
            results[index].get_or_init(|| work(generator));
            progress.inc(1);
        }
    };
    let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = how.jobs.map_or_else(cores, NonZeroUsize::get);
    thread::scope(|scope| {
        let helpers: Vec<_> = (0..jobs.min(generators.len()))
            .map_while(|_| {
                let builder = thread::Builder::new().stack_size(STACK);
                builder.spawn_scoped(scope, job).ok()
            })
            .collect();
        // Where no thread can be had, this one does all the work.
        if helpers.is_empty() {
            job();
        }
        for helper in helpers {
            if let Err(panic) = helper.join() {
                panic::resume_unwind(panic);
            }
        }
    });
    progress.finish_and_clear();
    results
        .into_iter()
        .filter_map(OnceLock::into_inner)
        .collect()
}
