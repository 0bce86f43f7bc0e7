//! The function `resolve`: the endpoint rules as nested conditions.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::super::{joined, template};
use super::expr::{expr, fields, is_list, is_owned, owned_text, text_with};
use super::used;
use crate::api::{Api, Condition, Expr, Outcome, ParamType, Property, Rule};
use crate::names::Name;

/// ```text
/// fn resolve(params: &Params) -> Result<Endpoint, BoxError> {
///     let region = params.region.as_deref();      each parameter that the rules use
///     if let Some(region) = region && .. { return Ok(Endpoint::builder()..) }      each rule
///     Err("..".into())
/// }
/// ```
pub(super) fn resolve(api: &Api) -> TokenStream {
    let rules = &api.endpoint.rules;
    let params = api.endpoint.params.iter();
    let variables = joined(
        params
            .filter(|param| used::in_rules(rules, &param.name))
            .map(|param| {
                let name = &param.name;
                let value = match (param.ty, param.required || param.default.is_some()) {
                    (ParamType::Boolean, true) => quote!(params.#name.unwrap_or_default()),
                    (ParamType::Boolean, false) => quote!(params.#name),
                    (ParamType::String | ParamType::StringArray, true) => {
                        quote!(params.#name.as_deref().unwrap_or_default())
                    }
                    (ParamType::String | ParamType::StringArray, false) => {
                        quote!(params.#name.as_deref())
                    }
                };
                quote!(let #name = #value;)
            }),
    );
    let argument = if variables.is_empty() {
        quote!(_)
    } else {
        quote!(params)
    };
    let (rules, _) = list(rules, Position::Tail);
    template! { [argument, variables, rules] =>
        /// The endpoint rules of the model.
        #[inline]
        fn resolve(#argument: &Params) -> ::std::result::Result<Endpoint, crate::error::BoxError> {
            #variables
            #rules
        }
    }
}

/// Where rules stand in the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At its end: the last value is the result.
    Tail,
    /// Anywhere else: results are returned.
    Inside,
}

/// Rules in order, and whether control can run past them; `used` asks the same.
fn list(rules: &[Rule], position: Position) -> (TokenStream, bool) {
    let mut out = TokenStream::new();
    for rule in rules {
        let (body, open) = outcome(&rule.outcome, Position::Inside);
        let is_guarded = |condition: &Condition| !matches!(condition, Condition::Let(..));
        if open || rule.conditions.iter().any(is_guarded) {
            out.extend(when(&rule.conditions, &rule.outcome, body));
            continue;
        }
        // What follows is never reached.
        let body = match position {
            Position::Inside => body,
            Position::Tail => outcome(&rule.outcome, position).0,
        };
        out.extend(when(&rule.conditions, &rule.outcome, body));
        return (out, false);
    }
    (out, true)
}

/// What a rule leads to, and whether control can run past it.
fn outcome(outcome: &Outcome, position: Position) -> (TokenStream, bool) {
    let result = match outcome {
        Outcome::Tree(rules) => return list(rules, position),
        Outcome::Block(name, rules) => {
            let (label, (rules, _)) = (label(name), list(rules, Position::Inside));
            return (quote!(#label: { #rules }), true);
        }
        Outcome::Leave(name) => {
            let label = label(name);
            return (quote!(break #label;), false);
        }
        Outcome::Error(message) => {
            let message = match message {
                Expr::Template(_) => owned_text(message),
                other => expr(other),
            };
            quote!(::std::result::Result::Err(#message.into()))
        }
        Outcome::Endpoint {
            url,
            headers,
            properties,
            auth_schemes,
        } => {
            let alone = headers.is_empty() && properties.is_empty() && auth_schemes.is_empty();
            let fields = if alone { fields(url) } else { Vec::new() };
            let bindings = joined(fields.iter().map(|(of, field)| {
                let (of, field) = (expr(of), format_ident!("{field}"));
                quote!(let #field = &#of.#field;)
            }));
            let url = text_with(url, &fields);
            let headers = joined(headers.iter().flat_map(|(name, values)| {
                values.iter().map(move |value| {
                    let value = owned_text(value);
                    quote!(.header(#name, #value))
                })
            }));
            let properties = joined(properties.iter().map(|(name, value)| {
                let value = property(value);
                quote!(.property(#name, #value))
            }));
            let schemes = joined(auth_schemes.iter().map(|(name, entries)| {
                let entries = entries.iter().map(|(name, value)| (name, entry(value)));
                auth_scheme(name, entries)
            }));
            let result = template! { [url, headers, properties, schemes] =>
                ::std::result::Result::Ok(Endpoint::builder().url(#url) #headers #properties #schemes .build())
            };
            let result = ended(result, position);
            return (quote!(#bindings #result), false);
        }
    };
    let result = ended(result, position);
    (result, false)
}

fn label(name: &Name) -> TokenStream {
    let quote = TokenTree::from(Punct::new('\'', Spacing::Joint));
    let name = TokenTree::from(Ident::new(name.plain(), Span::call_site()));
    [quote, name].into_iter().collect()
}

/// Conditions in one `if` with `let` chains; a value that is always there is bound before what it is used in.
fn when(conditions: &[Condition], outcome: &Outcome, body: TokenStream) -> TokenStream {
    let mut parts = Vec::new();
    for (index, condition) in conditions.iter().enumerate() {
        let rest = &conditions[index + 1..];
        match condition {
            Condition::Holds(value) => parts.push(expr(value)),
            Condition::Bind(name, value) if used::in_rule(rest, outcome, name) => {
                let value = expr(value);
                parts.push(quote!(let ::std::option::Option::Some(#name) = #value));
            }
            Condition::Bind(_, value) => {
                let value = expr(value);
                parts.push(quote!(#value.is_some()));
            }
            Condition::Let(name, value) if used::in_rule(rest, outcome, name) => {
                let inner = when(rest, outcome, body);
                let binding = binding(name, value);
                return all(&parts, quote!(#binding #inner));
            }
            Condition::Let(..) => {}
        }
    }
    all(&parts, body)
}

fn all(parts: &[TokenStream], body: TokenStream) -> TokenStream {
    match parts {
        [] => body,
        _ => quote!(if #(#parts)&&* { #body }),
    }
}

fn binding(name: &Name, value: &Expr) -> TokenStream {
    let text = expr(value);
    match value {
        _ if is_owned(value) => quote!(let #name: &str = #text;),
        _ if is_list(value) => quote!(let #name = &#text;),
        _ => quote!(let #name = #text;),
    }
}

/// A call of the endpoint's builder for a way to sign.
pub(super) fn auth_scheme<'a>(
    name: &str,
    entries: impl ExactSizeIterator<Item = (&'a String, TokenStream)>,
) -> TokenStream {
    let count = proc_macro2::Literal::usize_unsuffixed(entries.len());
    let entries = joined(entries.map(|(name, value)| quote!(.put(#name, #value))));
    template! { [name, count, entries] =>
        .auth_scheme(
            ::farrier_runtime::endpoint::EndpointAuthScheme::with_capacity(#name, #count) #entries
        )
    }
}

/// A property of a way to sign: what becomes a document by itself.
fn entry(value: &Property) -> TokenStream {
    match value {
        Property::String(text) => owned_text(text),
        Property::Boolean(value) => quote!(#value),
        Property::Integer(value) => integer(*value),
        other => property(other),
    }
}

/// A whole number, of the type by which a document knows its sign.
fn integer(value: i64) -> TokenStream {
    match u64::try_from(value) {
        Ok(value) => quote!(#value),
        Err(_) => quote!(#value),
    }
}

/// A result where it stands.
fn ended(result: TokenStream, position: Position) -> TokenStream {
    match position {
        Position::Tail => result,
        Position::Inside => quote!(return #result;),
    }
}

fn property(value: &Property) -> TokenStream {
    let document = quote!(::farrier_runtime::primitives::Document);
    match value {
        Property::String(text) => {
            let text = owned_text(text);
            quote!(#document::from(#text))
        }
        Property::Boolean(value) => quote!(#document::from(#value)),
        Property::Integer(value) => {
            let value = integer(*value);
            quote!(#document::from(#value))
        }
        Property::Array(values) => {
            let values = values.iter().map(property);
            quote!(#document::from(::std::vec![#(#values),*]))
        }
        Property::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| {
                let value = property(value);
                quote!((::std::string::String::from(#name), #value))
            });
            quote!(#document::from(::std::collections::HashMap::from([#(#entries),*])))
        }
    }
}
