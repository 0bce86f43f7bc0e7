//! Patterns, compiled when they are first met.

use super::Pattern;
use crate::error::BoxError;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// By their text in generated code, of which a program has no more than it was built with.
static COMPILED: RwLock<BTreeMap<&'static str, Regex>> = RwLock::new(BTreeMap::new());

impl Pattern {
    /// Whether the text, or a part of it, is what the pattern says.
    pub(super) fn matches(&self, text: &str) -> Result<bool, BoxError> {
        let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = known.get(self.regex) {
            return Ok(regex.is_match(text));
        }
        drop(known);
        let regex = Regex::new(self.regex)?;
        let matches = regex.is_match(text);
        let mut known = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(self.regex, regex);
        Ok(matches)
    }
}
