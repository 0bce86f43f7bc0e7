//! Code of which next to nothing depends on the model.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;

/// As `quote!`, for long code that is printed once for a client.
///
/// `quote!` makes a call of each token, and rustc takes its time for each call. Here the code is kept as text, which is read
/// when it is printed. In place of `#name` goes the value of that name, where `[name] =>` stands before the code.
macro_rules! fixed {
    ([$($name:ident),*] => $($code:tt)*) => {
        $crate::emit::fixed::fill(stringify!($($code)*), &[$((stringify!($name), &$name)),*])
    };
    ($($code:tt)*) => {
        $crate::emit::fixed::fill(stringify!($($code)*), &[])
    };
}
pub(super) use fixed;

/// A name, and what goes in place of it.
type Value<'v> = (&'static str, &'v dyn ToTokens);

/// What `fixed!` stands for; the text is of tokens that rustc has read.
pub(super) fn fill(text: &str, values: &[Value<'_>]) -> TokenStream {
    let tokens: TokenStream = text.parse().expect("tokens can be read again");
    match values {
        [] => tokens,
        _ => replace(tokens, values),
    }
}

fn replace(tokens: TokenStream, values: &[Value<'_>]) -> TokenStream {
    let mut filled = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let value = tokens.peek().and_then(|next| match &token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                values.iter().find(|(name, _)| next.to_string() == *name)
            }
            _ => None,
        });
        match (value, token) {
            (Some((_, value)), _) => {
                value.to_tokens(&mut filled);
                tokens.next();
            }
            (None, TokenTree::Group(group)) => {
                let inner = replace(group.stream(), values);
                Group::new(group.delimiter(), inner).to_tokens(&mut filled);
            }
            (None, token) => token.to_tokens(&mut filled),
        }
    }
    filled
}
