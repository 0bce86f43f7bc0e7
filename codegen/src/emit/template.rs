//! Code in which parts are filled in, for what is long.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

/// As `quote!`, for long code.
///
/// `quote!` makes a call of each token, and rustc takes its time for each call, in every build script. Here the code is kept as
/// text, which is read when it is first printed. In place of `#name` goes the value of that name, where `[name] =>` stands
/// before the code. There is no repetition: what is printed several times is made first.
macro_rules! template {
    ([$($name:ident),*] => $($code:tt)*) => {
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
    /// The templates that were read. By thread, as tokens cannot be sent.
    static READ: RefCell<HashMap<&'static str, Rc<Vec<Part>>>> = RefCell::default();
}

/// What `template!` stands for; the text is of tokens that rustc has read.
pub(super) fn fill(text: &'static str, values: &[Value<'_>]) -> TokenStream {
    let known = READ.with_borrow(|read| read.get(text).cloned());
    let parts = known.unwrap_or_else(|| {
        let tokens: TokenStream = text.parse().expect("tokens can be read again");
        let parts = Rc::new(parts(tokens, values));
        READ.with_borrow_mut(|read| read.insert(text, Rc::clone(&parts)));
        parts
    });
    filled(&parts, values)
}

fn parts(tokens: TokenStream, values: &[Value<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut after_sign = false;
    for token in tokens {
        let sign = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let part = match token {
            TokenTree::Group(group) => {
                Part::Group(group.delimiter(), self::parts(group.stream(), values))
            }
            TokenTree::Ident(ident) if after_sign => {
                parts.pop();
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
