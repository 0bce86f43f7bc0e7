//! Words and names as the generator takes them, for tools around it, whose own messages are to read the same.

use std::fmt;

use crate::{diagnostic, generate};

/// Shows text of unknown origin so that it can neither break the line nor steer a terminal: control characters and those
/// that turn the direction of writing are escaped, as in the `Display` of a [`Diagnostic`](crate::Diagnostic).
pub fn visible(text: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| diagnostic::write_visible(f, text))
}

/// Words the up to three of `names` that a misspelt one may have meant as advice, `did you mean A, B or C?`; `None` where
/// none is near.
pub fn did_you_mean<'a>(
    misspelt: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    diagnostic::did_you_mean(misspelt, names)
}

/// Whether [`Generator::crate_name`](crate::Generator::crate_name) takes this.
pub fn is_crate_name(name: &str) -> bool {
    generate::is_crate_name(name)
}

/// Whether [`Generator::crate_version`](crate::Generator::crate_version) takes this.
pub fn is_version(text: &str) -> bool {
    generate::is_version(text)
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, visible};

    #[test]
    fn the_words_are_those_of_diagnostics() {
        assert_eq!(
            visible("a\u{1b}[0m\u{202e}").to_string(),
            "a\\u{1b}[0m\\u{202e}"
        );
        let advice = did_you_mean("modle", ["model", "module", "out"]);
        assert_eq!(advice.as_deref(), Some("did you mean model or module?"));
    }
}
