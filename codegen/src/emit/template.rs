//! Long code, in which values are filled in.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// As `quote!`, for code from about 20 tokens on.
///
/// `quote!` makes a call of each token, and rustc takes its time for each call, in every build script. Here the code is kept as
/// text, which each thread reads once. In place of `#name` goes the value of that name, where `[name] =>` stands before the code;
/// a test looks whether all of them do. There is no repetition: what is printed several times is `joined` first.
macro_rules! template {
    ([$($name:ident),* $(,)?] => $($code:tt)*) => {
        $crate::emit::template::fill(stringify!($($code)*), &[$((stringify!($name), &$name)),*])
    };
    ($($code:tt)*) => {
        $crate::emit::template::fill(stringify!($($code)*), &[])
    };
}
pub(super) use template;

/// A name, and what goes in place of it.
type Value<'v> = (&'static str, &'v dyn ToTokens);

/// What a template is made of.
enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    Value(&'static str),
}

thread_local! {
    /// The templates that were read, by where their texts stand. For each thread, as tokens cannot be sent.
    static READ: RefCell<HashMap<*const str, Rc<Vec<Part>>>> = RefCell::default();
}

/// What `template!` stands for; the text is of tokens that rustc has read.
pub(super) fn fill(text: &'static str, values: &[Value<'_>]) -> TokenStream {
    let place: *const str = text;
    let known = READ.with_borrow(|read| read.get(&place).cloned());
    let parts = known.unwrap_or_else(|| {
        let tokens = text.parse().expect("tokens can be read again");
        let parts = Rc::new(read(tokens, values));
        READ.with_borrow_mut(|read| read.insert(place, Rc::clone(&parts)));
        parts
    });
    filled(&parts, values)
}

fn read(tokens: TokenStream, values: &[Value<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut after_sign = false;
    for token in tokens {
        let sign = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let part = match token {
            TokenTree::Group(group) => Part::Group(group.delimiter(), read(group.stream(), values)),
            TokenTree::Ident(ident) if after_sign => {
                parts.pop();
                end_sign(&mut parts);
                let value = values.iter().find(|(name, _)| ident == name);
                Part::Value(value.expect("a name after # is in the list").0)
            }
            token => Part::Token(token),
        };
        parts.push(part);
        after_sign = sign;
    }
    parts
}

/// Before the `#` of a name a sign is joint with that; before the value it stands alone.
fn end_sign(parts: &mut [Part]) {
    if let Some(Part::Token(TokenTree::Punct(punct))) = parts.last_mut() {
        *punct = Punct::new(punct.as_char(), Spacing::Alone);
    }
}

fn filled(parts: &[Part], values: &[Value<'_>]) -> TokenStream {
    let mut tokens = TokenStream::new();
    for part in parts {
        match part {
            Part::Token(token) => token.to_tokens(&mut tokens),
            Part::Group(delimiter, inner) => {
                Group::new(*delimiter, filled(inner, values)).to_tokens(&mut tokens);
            }
            Part::Value(name) => {
                let value = values.iter().find(|(of, _)| of == name);
                value
                    .expect("the same text has the same names")
                    .1
                    .to_tokens(&mut tokens);
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use proc_macro2::{Delimiter, TokenStream, TokenTree};
    use quote::quote;

    /// The templates in code: the tokens between the braces of each.
    fn templates(code: TokenStream, found: &mut Vec<TokenStream>) {
        let tokens: Vec<_> = code.into_iter().collect();
        for (place, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            let before = &tokens[place.saturating_sub(2)..place];
            match before {
                [TokenTree::Ident(name), TokenTree::Punct(sign)]
                    if name == "template" && sign.as_char() == '!' =>
                {
                    found.push(group.stream());
                }
                _ => templates(group.stream(), found),
            }
        }
    }

    /// The names that a template lists, and those that stand in its code.
    fn names(template: TokenStream) -> [BTreeSet<String>; 2] {
        let mut tokens: Vec<_> = template.into_iter().collect();
        let mut listed = BTreeSet::new();
        if let [TokenTree::Group(list), TokenTree::Punct(arrow), ..] = &tokens[..]
            && list.delimiter() == Delimiter::Bracket
            && arrow.as_char() == '='
        {
            for token in list.stream() {
                match token {
                    TokenTree::Ident(name) => listed.extend([name.to_string()]),
                    comma => assert_eq!(comma.to_string(), ","),
                }
            }
            tokens.drain(..3);
        }
        let mut used = BTreeSet::new();
        collect(tokens.into_iter().collect(), &mut used);
        [listed, used]
    }

    fn collect(code: TokenStream, used: &mut BTreeSet<String>) {
        let tokens: Vec<_> = code.into_iter().collect();
        for pair in tokens.windows(2) {
            if let [TokenTree::Punct(sign), TokenTree::Ident(name)] = pair
                && sign.as_char() == '#'
            {
                used.insert(name.to_string());
            }
        }
        for token in tokens {
            if let TokenTree::Group(group) = token {
                collect(group.stream(), used);
            }
        }
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_template_lists_the_names_in_it_and_no_others() {
        let emit = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit"));
        let mut files = vec![emit.with_extension("rs")];
        sources(emit, &mut files);
        let mut count = 0;
        for file in files {
            let code: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
            let mut found = Vec::new();
            templates(code, &mut found);
            for template in found {
                count += 1;
                let text = template.to_string();
                let [listed, used] = names(template);
                assert_eq!(listed, used, "{}: {text}", file.display());
            }
        }
        assert!(count > 150, "{count} templates were found");
    }

    #[test]
    fn values_stand_where_their_names_do() {
        let (name, ty) = (quote!(Key), quote!(Option<u8>));
        let printed = || super::template! { [name, ty] => #[inline] fn f(#name: &#ty) -> [#ty; 2] { #name::new("#ty", '#') } };
        let expected = quote!(#[inline] fn f(#name: &#ty) -> [#ty; 2] { #name::new("#ty", '#') });
        assert_eq!(printed().to_string(), expected.to_string());
        assert_eq!(printed().to_string(), expected.to_string());
    }

    #[test]
    fn the_same_text_may_have_other_values() {
        let print =
            |name: TokenStream, ty: TokenStream| super::template! { [ty, name] => #name: #ty };
        assert_eq!(
            print(quote!(a), quote!(u8)).to_string(),
            quote!(a: u8).to_string()
        );
        assert_eq!(
            print(quote!(b), quote!(i8)).to_string(),
            quote!(b: i8).to_string()
        );
    }
}
