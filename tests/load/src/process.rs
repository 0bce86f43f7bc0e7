//! What this process holds, as Linux tells it.

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::{fmt, fs, io};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What was held at some time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Resident memory, in kB.
    pub(crate) memory: u64,
    /// What is allocated, in kB.
    pub(crate) allocated: u64,
    /// Open descriptors.
    pub(crate) descriptors: usize,
}

impl Held {
    /// What is held now.
    ///
    /// # Errors
    ///
    /// There is no `/proc`.
    pub(crate) fn now() -> io::Result<Self> {
        let status = fs::read_to_string("/proc/self/status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let memory = memory.and_then(|memory| memory.parse().ok());
        let heap = ALLOCATOR.stats();
        let allocated = heap.bytes_allocated.wrapping_sub(heap.bytes_deallocated);
        Ok(Self {
            allocated: allocated as u64 / 1024,
            memory: memory.ok_or(io::ErrorKind::InvalidData)?,
            descriptors: fs::read_dir("/proc/self/fd")?.count(),
        })
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            memory,
            allocated,
            descriptors,
        } = self;
        write!(
            f,
            "{memory} kB resident, {allocated} kB allocated, {descriptors} descriptors"
        )
    }
}
