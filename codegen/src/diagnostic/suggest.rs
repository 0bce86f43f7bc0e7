//! The names nearest to a misspelt one.

use crate::list::List as _;
use crate::order;

/// The longest name worth comparing: the cost of a comparison is the product of both lengths.
const LONGEST: usize = 200;

/// Up to three of `names` that `wanted` may have meant, the nearest first.
///
/// A name counts when it differs in case only, or when at most a third of its characters (at least one) were mistyped.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    nearest_of(wanted, &mut names.into_iter())
}

/// As [`nearest`], compiled once.
fn nearest_of<'a>(wanted: &str, names: &mut dyn Iterator<Item = &'a str>) -> Vec<&'a str> {
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    let folded = wanted.to_lowercase();
    let length = wanted.chars().count();
    // Two names of one letter have nothing in common.
    let limit = (length / 3).max(1).min(length.saturating_sub(1));
    let mut found: Vec<(usize, &str)> = names
        // No two names are nearer than their lengths.
        .filter(|name| name.chars().count().abs_diff(length) <= limit && *name != wanted)
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .list();
    order::sort(&mut found);
    found.dedup();
    found.truncate(3);
    found.into_iter().map(|(_, name)| name).list()
}

/// Words [`nearest`]'s answer as advice: `did you mean A, B or C?`.
pub(crate) fn did_you_mean<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    one_of(&nearest(wanted, names))
}

/// Words a choice as advice; `None` where there is none.
pub(crate) fn one_of(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(format!("did you mean {only}?")),
        [others @ .., last] => Some(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest};

    const NAMES: [&str; 4] = [
        "CreateKey",
        "CreateAlias",
        "DisconnectCustomKeyStore",
        "ConnectCustomKeyStore",
    ];

    #[test]
    fn finds_typos_and_case() {
        assert_eq!(nearest("CraeteKey", NAMES), ["CreateKey"]);
        assert_eq!(
            nearest("disconnectcustomkeystore", NAMES)[0],
            "DisconnectCustomKeyStore"
        );
        assert!(nearest("Zzz", NAMES).is_empty());
        assert!(nearest("", NAMES).is_empty());
    }

    #[test]
    fn words_the_advice() {
        assert_eq!(
            did_you_mean("CreateKeys", NAMES).as_deref(),
            Some("did you mean CreateKey?")
        );
        assert_eq!(
            did_you_mean("ConnectCustomKeyStores", NAMES).as_deref(),
            Some("did you mean ConnectCustomKeyStore or DisconnectCustomKeyStore?")
        );
    }
}
