//! Token streams made fit to print: short prelude paths, and a root that need not be a crate.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Paths of the prelude that emitters write in full.
const PRELUDE: &[(&[&str], &str)] = &[
    (&["std", "option", "Option", "Some"], "Some"),
    (&["std", "option", "Option", "None"], "None"),
    (&["std", "result", "Result", "Ok"], "Ok"),
    (&["std", "result", "Result", "Err"], "Err"),
    (&["std", "option", "Option"], "Option"),
    (&["std", "result", "Result"], "Result"),
    (&["std", "string", "String"], "String"),
    (&["std", "vec", "Vec"], "Vec"),
    (&["std", "boxed", "Box"], "Box"),
    (&["std", "convert", "Into"], "Into"),
    (&["std", "convert", "From"], "From"),
    (&["std", "convert", "AsRef"], "AsRef"),
    (&["std", "clone", "Clone"], "Clone"),
    (&["std", "default", "Default"], "Default"),
    (&["std", "marker", "Send"], "Send"),
    (&["std", "marker", "Sync"], "Sync"),
];

/// What a module's tokens are fitted to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit<'a> {
    /// Names that the module defines, which are not shortened to.
    pub(super) defines: &'a [String],
    /// How many modules lie between it and the root, when the root is not the crate.
    pub(super) depth: Option<usize>,
}

/// Code that can be looked at without being taken apart, which copies a `TokenStream` token by token.
#[derive(Debug)]
pub(super) enum Tree {
    Word(Ident),
    Literal(Literal),
    Punct(Punct),
    Group(Delimiter, Vec<Tree>),
}

impl Tree {
    pub(super) fn is_punct(&self, wanted: char) -> bool {
        matches!(self, Tree::Punct(punct) if punct.as_char() == wanted)
    }

    /// A token that is no group, as it is.
    fn of(token: TokenTree) -> Tree {
        match token {
            TokenTree::Ident(ident) => Tree::Word(ident),
            TokenTree::Literal(literal) => Tree::Literal(literal),
            TokenTree::Punct(punct) => Tree::Punct(punct),
            TokenTree::Group(group) => {
                let delimiter = group.delimiter();
                Tree::Group(delimiter, trees(inside(group)))
            }
        }
    }
}

/// The code as it is.
pub(super) fn trees(code: TokenStream) -> Vec<Tree> {
    code.into_iter().map(Tree::of).collect()
}

/// What [`trees`] takes apart.
pub(super) fn stream(trees: Vec<Tree>) -> TokenStream {
    let token = |tree| match tree {
        Tree::Word(ident) => TokenTree::Ident(ident),
        Tree::Literal(literal) => TokenTree::Literal(literal),
        Tree::Punct(punct) => TokenTree::Punct(punct),
        Tree::Group(delimiter, trees) => TokenTree::Group(Group::new(delimiter, stream(trees))),
    };
    trees.into_iter().map(token).collect()
}

/// What the delimiters are around. While the group lives, taking its stream apart would copy it.
fn inside(group: Group) -> TokenStream {
    group.stream()
}

/// Shortens paths of the prelude, and writes `crate` as `super`s where the root is a module.
pub(super) fn fit(tokens: TokenStream, fit: Fit<'_>) -> Vec<Tree> {
    // Tokens are moved on, never cloned: most of a client's text goes through here.
    let mut rest = tokens.into_iter().collect::<Vec<_>>().into_iter();
    let mut out: Vec<Tree> = Vec::with_capacity(rest.len());
    loop {
        if let Some((length, name)) = prelude_path(out.last(), rest.as_slice(), fit.defines) {
            out.push(Tree::Word(Ident::new(name, Span::call_site())));
            rest.nth(length - 1);
            continue;
        }
        match rest.next() {
            Some(TokenTree::Ident(ident))
                if ident == "crate" && is_path_separator(rest.as_slice(), 0) =>
            {
                root(&mut out, fit.depth);
            }
            // A module has no features of its own: what one would guard is always there.
            Some(TokenTree::Group(group)) if fit.depth.is_some() && is_feature_gate(&group) => {
                out.pop();
            }
            // Attributes name nothing of the prelude; where links in them stay as they are too, they are left alone.
            Some(TokenTree::Group(group)) if fit.depth.is_none() && is_hash(out.last()) => {
                out.push(Tree::of(TokenTree::Group(group)));
            }
            Some(TokenTree::Group(group)) => out.push(fit_group(group, fit)),
            Some(other) => out.push(Tree::of(other)),
            None => return out,
        }
    }
}

fn fit_group(group: Group, fit: Fit<'_>) -> Tree {
    let delimiter = group.delimiter();
    if delimiter == Delimiter::Bracket
        && let Some(doc) = fitted_doc(&group, fit.depth)
    {
        return doc;
    }
    Tree::Group(delimiter, self::fit(inside(group), fit))
}

/// The root as seen from a module: `crate`, or `super::super`.
fn root(out: &mut Vec<Tree>, depth: Option<usize>) {
    let Some(depth) = depth else {
        out.push(Tree::Word(Ident::new("crate", Span::call_site())));
        return;
    };
    if depth == 0 {
        out.push(Tree::Word(Ident::new("self", Span::call_site())));
    }
    for level in 0..depth {
        if level > 0 {
            out.push(Tree::Punct(Punct::new(':', Spacing::Joint)));
            out.push(Tree::Punct(Punct::new(':', Spacing::Alone)));
        }
        out.push(Tree::Word(Ident::new("super", Span::call_site())));
    }
}

/// The text of the root in links of documentation.
pub(super) fn root_text(depth: Option<usize>) -> String {
    match depth {
        None => "crate".to_owned(),
        Some(0) => "self".to_owned(),
        Some(depth) => vec!["super"; depth].join("::"),
    }
}

/// A documentation text whose links start at the root.
pub(super) fn fit_doc(text: &str, depth: Option<usize>) -> String {
    if depth.is_none() {
        return text.to_owned();
    }
    let root = root_text(depth);
    let mut fitted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("crate::") {
        let (before, after) = rest.split_at(at);
        fitted.push_str(before);
        let starts_link = ["](", "[`", "[", "]: ", "@"]
            .iter()
            .any(|start| before.ends_with(start));
        fitted.push_str(if starts_link { &root } else { "crate" });
        rest = &after["crate".len()..];
    }
    fitted.push_str(rest);
    fitted
}

/// `[doc = "..."]` with its links fitted; none when the group is something else.
fn fitted_doc(group: &Group, depth: Option<usize>) -> Option<Tree> {
    depth?;
    let mut tokens = group.stream().into_iter();
    let (Some(TokenTree::Ident(doc)), Some(equals), Some(TokenTree::Literal(text))) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        return None;
    };
    if doc != "doc" {
        return None;
    }
    let text: syn::LitStr = syn::parse2(TokenTree::Literal(text).into()).ok()?;
    let text = Literal::string(&fit_doc(&text.value(), depth));
    let doc = vec![Tree::Word(doc), Tree::of(equals), Tree::Literal(text)];
    Some(Tree::Group(Delimiter::Bracket, doc))
}

/// Whether this is what follows `#` in `#[cfg(feature = "...")]`.
fn is_feature_gate(group: &Group) -> bool {
    if group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let mut tokens = group.stream().into_iter();
    let (Some(TokenTree::Ident(cfg)), Some(TokenTree::Group(what))) =
        (tokens.next(), tokens.next())
    else {
        return false;
    };
    cfg == "cfg"
        && matches!(what.stream().into_iter().next(), Some(TokenTree::Ident(feature)) if feature == "feature")
}

/// The length in tokens of a prelude path that starts here with `::`, and the short name.
fn prelude_path(
    before: Option<&Tree>,
    trees: &[TokenTree],
    defines: &[String],
) -> Option<(usize, &'static str)> {
    if !is_path_separator(trees, 0) || !is_ident(trees.get(2), "std") {
        return None;
    }
    // `a::b` inside a longer path is no start.
    if matches!(before, Some(Tree::Word(ident)) if !precedes_paths(ident)) {
        return None;
    }
    PRELUDE.iter().find_map(|(path, name)| {
        let matches = path.iter().enumerate().all(|(index, part)| {
            is_path_separator(trees, index * 3) && is_ident(trees.get(index * 3 + 2), part)
        });
        let free = !defines.iter().any(|defined| defined == name);
        (matches && free).then_some((path.len() * 3, *name))
    })
}

fn is_hash(tree: Option<&Tree>) -> bool {
    tree.is_some_and(|tree| tree.is_punct('#'))
}

fn is_ident(tree: Option<&TokenTree>, text: &str) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if ident == text)
}

/// Words after which a path may start.
fn precedes_paths(ident: &Ident) -> bool {
    [
        "return", "in", "else", "match", "if", "let", "mut", "dyn", "impl", "for", "where", "as",
        "move", "ref", "use",
    ]
    .iter()
    .any(|word| ident == word)
}

fn is_path_separator(trees: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(at) && colon(at + 1)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Fit, fit, fit_doc, stream};

    fn fitted(tokens: proc_macro2::TokenStream, defines: &[&str], depth: Option<usize>) -> String {
        let defines: Vec<String> = defines.iter().map(|name| (*name).to_owned()).collect();
        let fit_to = Fit {
            defines: &defines,
            depth,
        };
        stream(fit(tokens, fit_to)).to_string()
    }

    #[test]
    fn prelude_paths_are_shortened_unless_shadowed() {
        let tokens = quote!(
            fn f(x: ::std::option::Option<::std::string::String>) -> ::std::vec::Vec<u8> {
                return ::std::option::Option::Some(my::std::string::String);
            }
        );
        let expected = quote!(
            fn f(x: Option<String>) -> Vec<u8> {
                return Some(my::std::string::String);
            }
        );
        assert_eq!(fitted(tokens.clone(), &[], None), expected.to_string());
        let shadowed = fitted(tokens, &["Option", "Some"], None);
        assert!(
            shadowed.contains(":: std :: option :: Option < String >"),
            "{shadowed}"
        );
        assert!(
            shadowed.contains(":: std :: option :: Option :: Some"),
            "{shadowed}"
        );
    }

    #[test]
    fn the_root_is_reached_from_a_module() {
        let tokens = || {
            quote!(
                pub(crate) fn f(x: crate::types::Tag, y: [crate::Client; 1]) {}
            )
        };
        let from = |depth| fitted(tokens(), &[], depth);
        assert_eq!(from(None), tokens().to_string());
        let two = quote!(
            pub(crate) fn f(x: super::super::types::Tag, y: [super::super::Client; 1]) {}
        );
        assert_eq!(from(Some(2)), two.to_string());
        let root = quote!(
            pub(crate) fn f(x: self::types::Tag, y: [self::Client; 1]) {}
        );
        assert_eq!(from(Some(0)), root.to_string());
    }

    #[test]
    fn features_guard_what_is_in_a_crate() {
        let tokens = quote!(
            #[cfg(feature = "test-util")]
            #[inline]
            fn f() {}
        );
        assert_eq!(fitted(tokens.clone(), &[], None), tokens.to_string());
        let free = quote!(
            #[inline]
            fn f() {}
        );
        assert_eq!(fitted(tokens, &[], Some(1)), free.to_string());
    }

    #[test]
    fn links_follow_the_root_and_other_text_does_not() {
        let text = "[`a`](crate::a), [`crate::b`], [c](enum@crate::c), crate::d\n[e]: crate::e";
        let expected = "[`a`](super::a), [`super::b`], [c](enum@super::c), crate::d\n[e]: super::e";
        assert_eq!(fit_doc(text, Some(1)), expected);
        assert_eq!(fit_doc(text, None), text);
        let attribute = quote!(
            #[doc = "[`a`](crate::a)"]
            struct A;
        );
        let expected = quote!(
            #[doc = "[`a`](super::a)"]
            struct A;
        );
        assert_eq!(fitted(attribute, &[], Some(1)), expected.to_string());
    }
}
