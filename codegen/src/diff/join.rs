//! Two lists side by side, by the names of what is in them.

use std::collections::HashMap;
use std::hash::Hash;

/// What one name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined<T> {
    /// Only the old list has it.
    Old(T),
    /// Both have it.
    Both(T, T),
    /// Only the new list has it.
    New(T),
}

/// First what only the old list has, then the rest in the order of the new one. Names are unique in each list.
pub(super) fn join<T: Copy, K: Eq + Hash>(
    old: impl IntoIterator<Item = T>,
    new: impl IntoIterator<Item = T>,
    key: impl Fn(T) -> K,
) -> Vec<Joined<T>> {
    let old: Vec<T> = old.into_iter().collect();
    let new: Vec<T> = new.into_iter().collect();
    let mut by_key: HashMap<K, T> = old.iter().map(|one| (key(*one), *one)).collect();
    let rest: Vec<Joined<T>> = new
        .iter()
        .map(|one| match by_key.remove(&key(*one)) {
            Some(before) => Joined::Both(before, *one),
            None => Joined::New(*one),
        })
        .collect();
    let gone = old.iter().filter(|one| by_key.contains_key(&key(**one)));
    gone.map(|one| Joined::Old(*one)).chain(rest).collect()
}
