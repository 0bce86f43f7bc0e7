//! Names in Rust: case, keywords and collisions. Only a scope can make a name.
//!
//! Case follows the generator of the official SDKs, so that a client printed here has the same public names; its rules
//! differ from those of the crate heck (`CMKs` becomes `CmKs` in a type, `ACLs` becomes `acls` in a field).

mod case;
mod scope;

use std::fmt;

pub(crate) use case::{pascal, snake};
pub(crate) use scope::{Scope, Style, is_keyword};

/// An identifier that is valid, not a keyword (or raw), and unique in the scope that made it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(String);

impl Name {
    /// The identifier, `r#` included where it needs that.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as people say it: without `r#`.
    pub(crate) fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl quote::ToTokens for Name {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let span = proc_macro2::Span::call_site();
        let ident = match self.0.strip_prefix("r#") {
            Some(raw) => proc_macro2::Ident::new_raw(raw, span),
            None => proc_macro2::Ident::new(&self.0, span),
        };
        tokens.extend([proc_macro2::TokenTree::from(ident)]);
    }
}
