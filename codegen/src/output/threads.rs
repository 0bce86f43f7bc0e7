//! Work that is shared by all cores.

use std::panic;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::list::List as _;

/// Threads have room for expressions as deep as the main thread does.
const STACK: usize = 8 << 20;

/// What the work makes of each piece from 0 to `count`, in their order.
pub(super) fn map<T: Send + Sync>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let made: Vec<OnceLock<T>> = (0..count).map(|_| OnceLock::new()).list();
    share(count, &|index| {
        made[index].get_or_init(|| work(index));
    });
    // Each is there: a piece that panicked has ended all.
    made.into_iter().filter_map(OnceLock::into_inner).list()
}

/// Does the pieces of work from 0 to `count`, each once; the first are begun first.
fn share(count: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            work(index);
        }
    };
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    thread::scope(|scope| {
        // This thread only waits: its heap is full of the model and of gaps, in which tokens would lie scattered.
        let helpers: Vec<_> = (0..cores.min(count))
            .map_while(|_| {
                let builder = thread::Builder::new().stack_size(STACK);
                builder.spawn_scoped(scope, work).ok()
            })
            .list();
        // Where no thread can be had, it does all the work.
        if helpers.is_empty() {
            work();
        }
        for helper in helpers {
            if let Err(panic) = helper.join() {
                panic::resume_unwind(panic);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::map;

    #[test]
    fn each_piece_is_done_once_and_keeps_its_place() {
        for count in [0, 1, 2, 1000] {
            let done = AtomicUsize::new(0);
            let made = map(count, |index| {
                done.fetch_add(1, Ordering::Relaxed);
                index
            });
            assert_eq!(made, (0..count).collect::<Vec<_>>());
            assert_eq!(done.into_inner(), count);
        }
    }
}
