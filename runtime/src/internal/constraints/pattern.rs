//! Patterns, compiled when they are first met.

use super::Pattern;
use regex::{Regex, RegexBuilder};
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// By their text in generated code, of which a program has no more than it was built with. None where the engine refuses one.
static COMPILED: RwLock<BTreeMap<&'static str, Option<Regex>>> = RwLock::new(BTreeMap::new());

/// In bytes. The generator says which patterns are too large; the engine's own limit holds for more of them where another crate
/// of the program turns on its DFAs.
const SIZE_LIMIT: usize = 64 << 20;

impl Pattern {
    /// Whether the text, or a part of it, is what the pattern says. It is where the engine refuses the pattern: that is no
    /// fault of the caller, and the service checks it.
    pub(super) fn matches(&self, text: &str) -> bool {
        let matches = |regex: &Option<Regex>| regex.as_ref().is_none_or(|one| one.is_match(text));
        let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = known.get(self.regex) {
            return matches(regex);
        }
        drop(known);
        let regex = RegexBuilder::new(self.regex)
            .size_limit(SIZE_LIMIT)
            .build()
            .inspect_err(|error| {
                tracing::warn!(pattern = self.text, %error, "a pattern that is not checked");
            })
            .ok();
        let matches = matches(&regex);
        let mut known = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(self.regex, regex);
        matches
    }
}
