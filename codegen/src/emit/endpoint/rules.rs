//! The function `resolve`: the endpoint rules as nested conditions.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::used;
use crate::api::{Api, Condition, Expr, Function, Outcome, ParamType, Property, Rule};
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
    let variables: Vec<_> = params
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
        })
        .collect();
    let argument = if variables.is_empty() {
        quote!(_)
    } else {
        quote!(params)
    };
    let (rules, _) = list(rules, Position::Tail);
    quote! {
        /// The endpoint rules of the model.
        #[inline]
        fn resolve(#argument: &Params) -> ::std::result::Result<Endpoint, crate::error::BoxError> {
            #(#variables)*
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
            let bindings = fields.iter().map(|(of, field)| {
                let (of, field) = (expr(of), format_ident!("{field}"));
                quote!(let #field = &#of.#field;)
            });
            let bindings = quote!(#(#bindings)*);
            let url = text_with(url, &fields);
            let headers = headers.iter().flat_map(|(name, values)| {
                values.iter().map(move |value| {
                    let value = owned_text(value);
                    quote!(.header(#name, #value))
                })
            });
            let properties = properties.iter().map(|(name, value)| {
                let value = property(value);
                quote!(.property(#name, #value))
            });
            let schemes = auth_schemes.iter().map(|(name, entries)| {
                let entries = entries.iter().map(|(name, value)| (name, entry(value)));
                auth_scheme(name, entries)
            });
            let result = quote!(::std::result::Result::Ok(Endpoint::builder().url(#url) #(#headers)* #(#properties)* #(#schemes)* .build()));
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

/// Whether a value is a `Vec` that has to be borrowed; a name stands for a reference.
fn is_list(value: &Expr) -> bool {
    match value {
        Expr::Call(function, _) => function.name == "split",
        Expr::Attr(_, field) => *field == "resource_id",
        _ => false,
    }
}

/// Whether a value is a string that has to be borrowed.
fn is_owned(value: &Expr) -> bool {
    match value {
        Expr::Template(_) => true,
        Expr::Call(function, _) => function.name == "uri_encode",
        Expr::Coalesce { second, .. } => is_owned(second),
        Expr::Choose {
            then, otherwise, ..
        } => is_owned(then) || is_owned(otherwise),
        _ => false,
    }
}

fn expr(value: &Expr) -> TokenStream {
    match value {
        Expr::Str(text) => quote!(#text),
        Expr::Template(_) => {
            let text = owned_text(value);
            quote!(&#text)
        }
        Expr::Bool(value) => quote!(#value),
        Expr::Int(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Expr::Var(name) => quote!(#name),
        // It is a `Cow`, as a path without a slash at its end gets one.
        Expr::Attr(of, field @ "normalized_path") => {
            let (of, field) = (expr(of), format_ident!("{field}"));
            quote!(#of.#field.as_ref())
        }
        Expr::Attr(of, field) => {
            let (of, field) = (expr(of), format_ident!("{field}"));
            quote!(#of.#field)
        }
        Expr::Index(of, index) => {
            let index = proc_macro2::Literal::i64_unsuffixed(*index);
            let list = expr(of);
            let of = match is_list(of) {
                true => quote!(&#list),
                false => list,
            };
            quote!(::farrier_runtime::endpoint::element(#of, #index))
        }
        Expr::Call(function, arguments) => {
            let call = call(function, arguments);
            match is_owned(value) {
                true => quote!(&#call),
                false => call,
            }
        }
        Expr::Equal(left, right) => match tested_for_empty(left, right) {
            Some(text) => quote!(#text.is_empty()),
            None => {
                let (left, right) = (compared(left), compared(right));
                quote!(#left == #right)
            }
        },
        Expr::Not(value) => not(value),
        Expr::IsSome(of) => {
            let of = expr(of);
            quote!(#of.is_some())
        }
        Expr::Some(of) => {
            let of = expr(of);
            quote!(::std::option::Option::Some(#of))
        }
        Expr::Coalesce {
            first,
            second,
            optional,
        } => coalesce(first, second, *optional),
        Expr::Choose {
            condition,
            then,
            otherwise,
        } => {
            let (condition, then, otherwise) = (expr(condition), expr(then), expr(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
    }
}

fn call(function: &Function, arguments: &[Expr]) -> TokenStream {
    let name = format_ident!("{}", function.name);
    let arguments = arguments.iter().map(expr);
    quote!(::farrier_runtime::endpoint::#name(#(#arguments),*))
}

/// The string that is compared with the empty one.
fn tested_for_empty(left: &Expr, right: &Expr) -> Option<TokenStream> {
    let is_empty = |expr: &Expr| matches!(expr, Expr::Str(text) if text.is_empty());
    match (is_empty(left), is_empty(right)) {
        (false, true) => Some(operand(left)),
        (true, false) => Some(operand(right)),
        _ => None,
    }
}

/// A side of a comparison, which need not be borrowed.
fn compared(value: &Expr) -> TokenStream {
    match value {
        Expr::Template(_) => owned_text(value),
        Expr::Call(function, arguments) => call(function, arguments),
        other => operand(other),
    }
}

/// A value where it needs parentheses around an `if`.
fn operand(value: &Expr) -> TokenStream {
    let text = expr(value);
    match value {
        Expr::Choose { .. } | Expr::Equal(..) => quote!((#text)),
        _ => text,
    }
}

fn not(value: &Expr) -> TokenStream {
    match value {
        Expr::IsSome(of) => {
            let of = operand(of);
            quote!(#of.is_none())
        }
        Expr::Equal(left, right) => match tested_for_empty(left, right) {
            Some(text) => quote!(!#text.is_empty()),
            None => {
                let (left, right) = (compared(left), compared(right));
                quote!(#left != #right)
            }
        },
        other => {
            let inner = operand(other);
            quote!(!#inner)
        }
    }
}

fn coalesce(first: &Expr, second: &Expr, optional: bool) -> TokenStream {
    let (first, text) = (operand(first), expr(second));
    match second {
        // What is borrowed must not end with a closure.
        _ if is_owned(second) => quote! {
            match #first {
                ::std::option::Option::Some(value) => value,
                ::std::option::Option::None => #text,
            }
        },
        Expr::Call(..) | Expr::Index(..) | Expr::Coalesce { .. } | Expr::Choose { .. } => {
            match optional {
                true => quote!(#first.or_else(|| #text)),
                false => quote!(#first.unwrap_or_else(|| #text)),
            }
        }
        _ if optional => quote!(#first.or(#text)),
        _ => quote!(#first.unwrap_or(#text)),
    }
}

/// A call of the endpoint's builder for a way to sign.
pub(super) fn auth_scheme<'a>(
    name: &str,
    entries: impl ExactSizeIterator<Item = (&'a String, TokenStream)>,
) -> TokenStream {
    let count = proc_macro2::Literal::usize_unsuffixed(entries.len());
    let entries = entries.map(|(name, value)| quote!(.put(#name, #value)));
    quote! {
        .auth_scheme(
            ::farrier_runtime::endpoint::EndpointAuthScheme::with_capacity(#name, #count) #(#entries)*
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

/// The fields of variables that a text holds, which read better when they have a name first; none where a name would
/// hide a variable that the text holds too.
fn fields(text: &Expr) -> Vec<(&Expr, &str)> {
    let Expr::Template(parts) = text else {
        return Vec::new();
    };
    let variable = |part: &Expr| match part {
        Expr::Var(name) => Some(name.to_string()),
        _ => None,
    };
    let taken: Vec<_> = parts.iter().filter_map(variable).collect();
    let mut fields: Vec<(&Expr, &str)> = Vec::new();
    for part in parts {
        if let Expr::Attr(of, field) = part
            && matches!(**of, Expr::Var(_))
            && !taken.iter().any(|name| name == field)
            && !fields.iter().any(|(_, known)| known == field)
        {
            fields.push((of, field));
        }
    }
    fields
}

/// A string that can be handed over.
fn owned_text(value: &Expr) -> TokenStream {
    text_with(value, &[])
}

/// The same, where some fields have a name.
fn text_with(value: &Expr, fields: &[(&Expr, &str)]) -> TokenStream {
    let Expr::Template(parts) = value else {
        return match value {
            Expr::Str(text) => quote!(#text),
            other => {
                let value = operand(other);
                quote!(#value.to_owned())
            }
        };
    };
    let mut format = String::new();
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            Expr::Str(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Expr::Var(name) if !name.as_str().starts_with("r#") => {
                format.push('{');
                format.push_str(name.as_str());
                format.push('}');
            }
            Expr::Attr(of, field) if fields.contains(&(of, field)) => {
                format.push('{');
                format.push_str(field);
                format.push('}');
            }
            other => {
                format.push_str("{}");
                arguments.push(expr(other));
            }
        }
    }
    quote!(format!(#format #(, #arguments)*))
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
