//! Sorting, compiled once.
//!
//! The sort of the standard library is compiled anew for each type and each order, 20 kB of machine code a time in a
//! build script, where nothing is long enough to gain by it. Here only the swaps are.

use std::cmp::Ordering;

use crate::list::List as _;

/// Sorts by an order; what is equal stays as it was.
pub(crate) fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    for (a, b) in swaps(items.len(), &|a, b| order(&items[a], &items[b])) {
        items.swap(a, b);
    }
}

/// Sorts from the least to the greatest.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The swaps, one after another, that put so many items in order; `order` compares them by where they stand at first.
fn swaps(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut sorted: Vec<usize> = (0..count).list();
    sorted.sort_by(|&a, &b| order(a, b));
    let mut swaps = Vec::new();
    for start in 0..count {
        // Each place gets what belongs there, and hands on what stood there at first.
        let mut at = start;
        while sorted[at] != start {
            let from = std::mem::replace(&mut sorted[at], at);
            swaps.push((at, from));
            at = from;
        }
        sorted[at] = at;
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    /// All lists of up to six items that have one of three ranks.
    #[test]
    fn sorts_as_the_standard_library_does() {
        for count in 0..=6 {
            for list in 0..3_usize.pow(count) {
                let item = |at: u32| (list / 3_usize.pow(at) % 3, at);
                let items: Vec<(usize, u32)> = (0..count).map(item).collect();
                let (mut ours, mut theirs) = (items.clone(), items);
                sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
                theirs.sort_by_key(|item| item.0);
                assert_eq!(ours, theirs);
            }
        }
    }
}
