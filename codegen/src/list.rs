//! Lists of what iterators give.

/// `collect` into a `Vec`, with less for rustc to compile at each place: a build script waits for that longer than for the lists,
/// of which only those of tokens are long enough to gain by what `collect` does to be fast.
pub(crate) trait List: Iterator + Sized {
    /// All that is left, in a list.
    fn list(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        for item in self {
            list.push(item);
        }
        list
    }
}

impl<I: Iterator> List for I {}
