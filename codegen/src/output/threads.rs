//! Work that is shared by all cores.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Threads have room for expressions as deep as the main thread does.
const STACK: usize = 8 << 20;

/// Does the pieces of work from 0 to `count`, each once, in any order.
pub(super) fn share(count: usize, work: &(dyn Fn(usize) + Sync)) {
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
            .collect();
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
    use std::sync::Mutex;

    use super::share;

    #[test]
    fn each_piece_is_done_once() {
        for count in [0, 1, 2, 1000] {
            let done = Mutex::new(Vec::new());
            share(count, &|index| done.lock().unwrap().push(index));
            let mut done = done.into_inner().unwrap();
            done.sort_unstable();
            assert_eq!(done, (0..count).collect::<Vec<_>>());
        }
    }
}
