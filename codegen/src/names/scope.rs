//! Scopes: where names are made, so that no two of them are the same and none is a keyword.

use std::collections::HashSet;

use super::Name;

/// What kind of names a scope holds; it decides what is appended to a name that is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Fields, functions and modules.
    Snake,
    /// Types and variants.
    Pascal,
}

/// A space of names, such as the types of a module or the methods of a builder.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    style: Style,
    /// What the printer itself declares here.
    reserved: HashSet<String>,
    /// What has been given out.
    taken: HashSet<String>,
    /// What will be asked for, so that a makeshift name never takes the place of a natural one.
    expected: HashSet<String>,
}

impl Scope {
    /// A scope without names.
    pub(crate) fn new(style: Style) -> Scope {
        Scope {
            style,
            reserved: HashSet::new(),
            taken: HashSet::new(),
            expected: HashSet::new(),
        }
    }

    /// Sets names aside that the printer declares in this scope.
    pub(crate) fn reserve(mut self, names: &[&str]) -> Scope {
        self.reserved
            .extend(names.iter().map(|&name| name.to_owned()));
        self
    }

    /// Says which names will be asked for.
    pub(crate) fn expect<'a>(mut self, wishes: impl IntoIterator<Item = &'a str>) -> Scope {
        self.expected.extend(wishes.into_iter().map(identifier));
        self
    }

    /// Makes a name as near to `wish` as can be.
    ///
    /// A keyword becomes a raw identifier or, where there is none (`self`), gets an appendix; a name that the printer needs
    /// gets one too (`build_value`, `UnknownValue`), and of several equal wishes the later ones are numbered.
    pub(crate) fn claim(&mut self, wish: &str) -> Name {
        let [name] = self.claim_all(wish, [""]);
        name
    }

    /// Makes several names that belong together: `wish` with each of `prefixes` before it, all with the same number.
    ///
    /// Each gets an appendix by itself where it is a keyword or reserved.
    pub(crate) fn claim_all<const N: usize>(
        &mut self,
        wish: &str,
        prefixes: [&str; N],
    ) -> [Name; N] {
        let wish = identifier(wish);
        let base = self
            .candidates(&wish)
            .find(|base| self.is_free(&wish, base, &prefixes))
            .unwrap_or_default();
        let names = prefixes.map(|prefix| self.spell(prefix, &base));
        self.taken.extend(names.iter().cloned());
        names.map(escape).map(Name)
    }

    /// The name itself, then with a number: never ends.
    fn candidates(&self, wish: &str) -> impl Iterator<Item = String> + use<> {
        let gap = match self.style {
            Style::Snake => "_",
            // A name that ends in a digit must not run into the number.
            Style::Pascal if wish.ends_with(|c: char| c.is_ascii_digit()) => "V",
            Style::Pascal => "",
        };
        let wish = wish.to_owned();
        std::iter::once(wish.clone())
            .chain((2_u64..).map(move |number| format!("{wish}{gap}{number}")))
    }

    fn is_free(&self, wish: &str, base: &str, prefixes: &[&str]) -> bool {
        let natural = base == wish || !self.expected.contains(base);
        let mut names = prefixes.iter().map(|prefix| self.spell(prefix, base));
        natural && names.all(|name| !self.taken.contains(&name) && !self.reserved.contains(&name))
    }

    /// The name with its prefix, and with an appendix where it cannot stand by itself.
    fn spell(&self, prefix: &str, base: &str) -> String {
        // A name that starts with a digit has an underscore, which it does not need behind a prefix.
        let name = match prefix {
            "" => base.to_owned(),
            _ => format!("{prefix}{}", base.trim_start_matches('_')),
        };
        let appendix = match (self.style, name.as_str()) {
            (_, "self" | "super" | "crate") => "_",
            (Style::Snake, name) if self.reserved.contains(name) => "_value",
            (Style::Pascal, name) if name == "Self" || self.reserved.contains(name) => "Value",
            _ => return name,
        };
        let name = name + appendix;
        let doubled = self.expected.contains(&name) || self.reserved.contains(&name);
        if doubled { name + "_" } else { name }
    }
}

/// The text as an identifier, keywords aside: not empty, letters, digits and underscores, no digit at its start.
fn identifier(text: &str) -> String {
    let mut name: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    if name.is_empty() || name.bytes().all(|byte| byte == b'_') {
        name.push_str("empty");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}

/// The [keywords](https://doc.rust-lang.org/reference/keywords.html) of edition 2024, those included that only earlier
/// or later ones have; not those that cannot be raw, nor `_`, which `identifier` never gives.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The words that mean something to Rust as well: those that cannot be raw, and those that do so at some places only.
const OTHER_KEYWORDS: [&str; 10] = [
    "_", "auto", "crate", "default", "raw", "safe", "self", "super", "union", "Self",
];

/// Whether the word means something to Rust, be it at some places only.
pub(crate) fn is_keyword(word: &str) -> bool {
    // Most words are longer than all keywords.
    word.len() <= 8 && (KEYWORDS.binary_search(&word).is_ok() || OTHER_KEYWORDS.contains(&word))
}

/// Makes a keyword raw.
fn escape(name: String) -> String {
    if KEYWORDS.binary_search(&name.as_str()).is_ok() {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Style};

    fn claim_each(mut scope: Scope, wishes: &[&str]) -> Vec<String> {
        scope = scope.expect(wishes.iter().copied());
        wishes
            .iter()
            .map(|wish| scope.claim(wish).to_string())
            .collect()
    }

    #[test]
    fn keywords_are_those_of_syn() {
        assert!(super::KEYWORDS.is_sorted());
        for keyword in super::KEYWORDS {
            // Syn takes `gen` as a name still.
            let is_name = syn::parse_str::<syn::Ident>(keyword).is_ok();
            assert!(!is_name || keyword == "gen", "{keyword}");
            assert!(
                syn::parse_str::<syn::Ident>(&format!("r#{keyword}")).is_ok(),
                "{keyword}"
            );
        }
    }

    #[test]
    fn keywords_are_raw_or_appended() {
        let names = claim_each(
            Scope::new(Style::Snake),
            &[
                "type", "self", "super", "crate", "gen", "async", "_", "2fa", "",
            ],
        );
        assert_eq!(
            names,
            [
                "r#type", "self_", "super_", "crate_", "r#gen", "r#async", "_empty", "_2fa",
                "empty"
            ]
        );
        assert_eq!(
            claim_each(Scope::new(Style::Pascal), &["Self", "SelfValue"]),
            ["SelfValue_", "SelfValue"]
        );
    }

    #[test]
    fn reserved_names_get_an_appendix() {
        let fields = Scope::new(Style::Snake).reserve(&["build", "send"]);
        assert_eq!(
            claim_each(fields, &["build", "send", "key"]),
            ["build_value", "send_value", "key"]
        );
        let variants = Scope::new(Style::Pascal).reserve(&["Unknown"]);
        assert_eq!(claim_each(variants.clone(), &["Unknown"]), ["UnknownValue"]);
        assert_eq!(
            claim_each(variants, &["Unknown", "UnknownValue"]),
            ["UnknownValue_", "UnknownValue"]
        );
    }

    #[test]
    fn equal_wishes_are_numbered_past_natural_names() {
        assert_eq!(
            claim_each(Scope::new(Style::Pascal), &["Foo", "Foo", "Foo2", "Foo"]),
            ["Foo", "Foo3", "Foo2", "Foo4"]
        );
        assert_eq!(
            claim_each(Scope::new(Style::Snake), &["a", "a"]),
            ["a", "a_2"]
        );
        assert_eq!(
            claim_each(Scope::new(Style::Pascal), &["V1", "V1"]),
            ["V1", "V1V2"]
        );
    }

    #[test]
    fn names_that_belong_together_are_free_together() {
        let mut scope = Scope::new(Style::Snake).expect(["set_key", "key"]);
        let names = |scope: &mut Scope, wish| {
            scope
                .claim_all(wish, ["", "set_", "get_"])
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(&mut scope, "set_key"),
            ["set_key", "set_set_key", "get_set_key"]
        );
        assert_eq!(
            names(&mut scope, "key"),
            ["key_2", "set_key_2", "get_key_2"]
        );
        assert_eq!(
            names(&mut scope, "type"),
            ["r#type", "set_type", "get_type"]
        );
        assert_eq!(names(&mut scope, "2fa"), ["_2fa", "set_2fa", "get_2fa"]);
    }
}
