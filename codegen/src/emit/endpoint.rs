//! The module `config::endpoint`: the endpoint rules, compiled.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Source, Visibility, config, doc};
use crate::api::{
    Api, BuiltIn, Condition, EndpointTest, Expectation, Expr, Outcome, Param, ParamType,
    ParamValue, Property, Rule,
};

/// ```text
/// pub struct Params { .. }  pub struct ParamsBuilder { .. }  pub struct InvalidParams { .. }
/// pub struct DefaultResolver;  pub trait ResolveEndpoint { .. }
/// pub(crate) fn built_in_params(..)  pub(crate) fn resolve_built_ins(..)
/// fn resolve(params: &Params) -> Result<Endpoint, BoxError> { the rules }
/// ```
pub(super) fn endpoint(api: &Api) -> Source {
    let params = &api.endpoint.params;
    Source::new(
        &["config", "endpoint"],
        Visibility::Public,
        "How the address of the service is found.",
    )
    .items(config::reexports(&[
        ("endpoint", "Endpoint"),
        ("endpoint", "EndpointFuture"),
        ("endpoint", "SharedEndpointResolver"),
    ]))
    .items(params_struct(params))
    .items(params_builder(params))
    .items(invalid_params())
    .items(resolvers())
    .items(built_ins(params))
    .item(rules(api))
    .items(api.endpoint.tests.iter().map(test))
}

fn param_type(param: &Param) -> TokenStream {
    match param.ty {
        ParamType::String => quote!(::std::string::String),
        ParamType::Boolean => quote!(bool),
        ParamType::StringArray => quote!(::std::vec::Vec<::std::string::String>),
    }
}

fn params_struct(params: &[Param]) -> [TokenStream; 2] {
    let fields = params.iter().map(|param| {
        let (name, ty) = (&param.name, param_type(param));
        quote!(#name: ::std::option::Option<#ty>,)
    });
    let getters = params.iter().map(|param| {
        let name = &param.name;
        let text = doc::doc(&param.doc);
        let (result, value) = match param.ty {
            ParamType::String => (quote!(&str), quote!(self.#name.as_deref())),
            ParamType::Boolean => (quote!(bool), quote!(self.#name)),
            ParamType::StringArray => (
                quote!(&[::std::string::String]),
                quote!(self.#name.as_deref()),
            ),
        };
        quote! {
            #text
            #[inline]
            pub fn #name(&self) -> ::std::option::Option<#result> {
                #value
            }
        }
    });
    [
        quote! {
            /// What the endpoint rules may ask for.
            #[derive(Clone, PartialEq, Debug)]
            #[non_exhaustive]
            pub struct Params {
                #(#fields)*
            }
        },
        quote! {
            impl Params {
                /// Starts an empty builder.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ParamsBuilder::default()
                }
                #(#getters)*
            }
        },
    ]
}

fn params_builder(params: &[Param]) -> [TokenStream; 2] {
    let fields = params.iter().map(|param| {
        let (name, ty) = (&param.name, param_type(param));
        quote!(#name: ::std::option::Option<#ty>,)
    });
    let setters = params.iter().map(|param| {
        let (name, set, ty) = (&param.name, &param.setter, param_type(param));
        let text = doc::doc(&param.doc);
        let set_text = doc::text(&format!(
            "Sets [`{name}`](Self::{name}), or unsets it with `None`."
        ));
        quote! {
            #text
            #[inline]
            pub fn #name(mut self, value: impl ::std::convert::Into<#ty>) -> Self {
                self.#name = ::std::option::Option::Some(value.into());
                self
            }
            #set_text
            #[inline]
            pub fn #set(mut self, value: ::std::option::Option<#ty>) -> Self {
                self.#name = value;
                self
            }
        }
    });
    let values = params.iter().map(|param| {
        let name = &param.name;
        match &param.default {
            Some(default @ ParamValue::Boolean(_)) => {
                let default = param_value(default);
                quote!(#name: self.#name.or(::std::option::Option::Some(#default)),)
            }
            Some(default) => {
                let default = param_value(default);
                quote!(#name: self.#name.or_else(|| ::std::option::Option::Some(#default)),)
            }
            None => quote!(#name: self.#name,),
        }
    });
    let checks = params
        .iter()
        .filter(|param| param.required && param.default.is_none())
        .map(|param| {
            let (name, text) = (&param.name, param.name.as_str());
            quote! {
                if self.#name.is_none() {
                    return ::std::result::Result::Err(InvalidParams { field: #text });
                }
            }
        });
    [
        quote! {
            /// Builds [`Params`].
            #[derive(Clone, PartialEq, Default, Debug)]
            pub struct ParamsBuilder {
                #(#fields)*
            }
        },
        quote! {
            impl ParamsBuilder {
                #(#setters)*
                /// Makes the [`Params`]; what is not set has its default.
                ///
                /// # Errors
                ///
                /// When a required parameter has no default and is not set.
                #[inline]
                pub fn build(self) -> ::std::result::Result<Params, InvalidParams> {
                    #(#checks)*
                    ::std::result::Result::Ok(Params { #(#values)* })
                }
            }
        },
    ]
}

fn invalid_params() -> [TokenStream; 3] {
    [
        quote! {
            /// A parameter that the rules require is missing.
            #[derive(Debug)]
            pub struct InvalidParams {
                field: &'static str,
            }
        },
        quote! {
            impl ::std::fmt::Display for InvalidParams {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    write!(f, "the endpoint parameter `{}` is missing", self.field)
                }
            }
        },
        quote!(
            impl ::std::error::Error for InvalidParams {}
        ),
    ]
}

fn resolvers() -> [TokenStream; 6] {
    [
        quote! {
            /// Finds the endpoint of a call; for a client that does not follow the rules of the model.
            pub trait ResolveEndpoint: ::std::marker::Send + ::std::marker::Sync + ::std::fmt::Debug {
                /// Finds it.
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;
                /// The resolver as the settings keep it.
                fn into_shared_resolver(self) -> SharedEndpointResolver
                where
                    Self: Sized + 'static,
                {
                    SharedEndpointResolver::new(Shared(self))
                }
            }
        },
        quote! {
            /// A resolver of this service behind the interface that all services share.
            #[derive(Debug)]
            struct Shared<T>(T);
        },
        quote! {
            impl<T: ResolveEndpoint> ::farrier_runtime::endpoint::ResolveEndpoint for Shared<T> {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a ::farrier_runtime::endpoint::EndpointResolverParams) -> EndpointFuture<'a> {
                    match params.get::<Params>() {
                        ::std::option::Option::Some(params) => self.0.resolve_endpoint(params),
                        ::std::option::Option::None => EndpointFuture::ready(::std::result::Result::Err("the parameters are those of another service".into())),
                    }
                }
            }
        },
        quote! {
            /// Follows the rules of the model.
            #[derive(Debug, Default)]
            pub struct DefaultResolver {
                _private: (),
            }
        },
        quote! {
            impl DefaultResolver {
                /// Makes one.
                #[inline]
                pub fn new() -> Self {
                    Self { _private: () }
                }
            }
        },
        quote! {
            impl ResolveEndpoint for DefaultResolver {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                    EndpointFuture::ready(resolve(params))
                }
            }
        },
    ]
}

fn built_ins(params: &[Param]) -> [TokenStream; 3] {
    let setters = params.iter().filter_map(|param| {
        let set = &param.setter;
        let value = match param.built_in? {
            BuiltIn::Region => quote!(settings.region.map(::std::string::String::from)),
            BuiltIn::UseFips => quote!(::std::option::Option::Some(settings.use_fips)),
            BuiltIn::UseDualStack => quote!(::std::option::Option::Some(settings.use_dual_stack)),
            BuiltIn::Endpoint => quote!(settings.endpoint.map(::std::string::String::from)),
        };
        Some(quote!(.#set(#value)))
    });
    let settings = if params.iter().any(|param| param.built_in.is_some()) {
        quote!(settings)
    } else {
        quote!(_)
    };
    [
        quote! {
            /// The parameters that a client's settings give.
            #[inline]
            fn params_of(#settings: &::farrier_runtime::internal::BuiltIns<'_>) -> ::std::result::Result<Params, InvalidParams> {
                Params::builder() #(#setters)* .build()
            }
        },
        quote! {
            /// The parameters for a resolver that the user set.
            #[inline]
            pub(crate) fn built_in_params(
                settings: &::farrier_runtime::internal::BuiltIns<'_>,
            ) -> ::std::result::Result<::farrier_runtime::endpoint::EndpointResolverParams, crate::error::BoxError> {
                ::std::result::Result::Ok(::farrier_runtime::endpoint::EndpointResolverParams::new(params_of(settings)?))
            }
        },
        quote! {
            /// The endpoint that the rules give for a client's settings.
            #[inline]
            pub(crate) fn resolve_built_ins(settings: &::farrier_runtime::internal::BuiltIns<'_>) -> ::std::result::Result<Endpoint, crate::error::BoxError> {
                resolve(&params_of(settings)?)
            }
        },
    ]
}

/// `fn resolve`: each parameter as a variable, then the rules as nested conditions.
fn rules(api: &Api) -> TokenStream {
    let used = |name: &str| api.endpoint.rules.iter().any(|rule| rule_names(rule, name));
    let variables = api
        .endpoint
        .params
        .iter()
        .filter(|param| used(param.name.as_str()))
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
        });
    let (rules, open) = rule_list(&api.endpoint.rules, Position::Tail);
    let closing = open.then(|| {
        quote!(::std::result::Result::Err(
            "no rule finds an endpoint for these settings".into()
        ))
    });
    quote! {
        /// The endpoint rules of the model.
        #[inline]
        fn resolve(params: &Params) -> ::std::result::Result<Endpoint, crate::error::BoxError> {
            #(#variables)*
            #rules
            #closing
        }
    }
}

/// Where rules stand in the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At its end: the last value is the result.
    Tail,
    /// Inside a condition that others follow: results are returned.
    Inside,
}

/// The rules, and whether control can run past them.
fn rule_list(rules: &[Rule], position: Position) -> (TokenStream, bool) {
    let mut out = TokenStream::new();
    for rule in rules {
        let at = if rule.conditions.is_empty() {
            position
        } else {
            Position::Inside
        };
        let (body, open) = outcome(&rule.outcome, at);
        if rule.conditions.is_empty() {
            out.extend(body);
            if !open {
                return (out, false);
            }
            continue;
        }
        out.extend(conditions(&rule.conditions, body));
    }
    (out, true)
}

/// The body of a rule: what leads to a result, and whether control can run past it (it cannot).
fn outcome(outcome: &Outcome, position: Position) -> (TokenStream, bool) {
    let result = match outcome {
        Outcome::Tree(rules) => {
            let (rules, open) = rule_list(rules, position);
            let closing = open.then(|| {
                finish(
                    quote!(::std::result::Result::Err(
                        "no rule finds an endpoint for these settings".into()
                    )),
                    position,
                )
            });
            return (quote!(#rules #closing), false);
        }
        Outcome::Error(message) => {
            let message = text(message);
            quote!(::std::result::Result::Err(#message.into()))
        }
        Outcome::Endpoint {
            url,
            headers,
            properties,
        } => {
            let url = owned_text(url);
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
            quote!(::std::result::Result::Ok(Endpoint::builder().url(#url) #(#headers)* #(#properties)* .build()))
        }
    };
    (finish(result, position), false)
}

/// A result where it stands.
fn finish(result: TokenStream, position: Position) -> TokenStream {
    match position {
        Position::Tail => result,
        Position::Inside => quote!(return #result;),
    }
}

/// Conditions in one `if` with `let` chains.
fn conditions(conditions: &[Condition], body: TokenStream) -> TokenStream {
    let parts = conditions.iter().map(|condition| match condition {
        Condition::Holds(value) => expr(value),
        Condition::Bind(name, value) => {
            let value = expr(value);
            quote!(let ::std::option::Option::Some(#name) = #value)
        }
        Condition::Let(name, value) => {
            let value = expr(value);
            quote!(let #name = #value)
        }
    });
    quote!(if #(#parts)&&* { #body })
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
        Expr::Attr(of, field) => {
            let (of, field) = (expr(of), format_ident!("{field}"));
            quote!(#of.#field)
        }
        Expr::Index(of, index) => {
            let (of, index) = (expr(of), proc_macro2::Literal::i64_unsuffixed(*index));
            quote!(::farrier_runtime::endpoint::element(&#of, #index))
        }
        Expr::Call(function, arguments) => {
            let name = format_ident!("{}", function.name);
            let arguments = arguments.iter().map(expr);
            quote!(::farrier_runtime::endpoint::#name(#(#arguments),*))
        }
        Expr::Equal(left, right) => {
            let (left, right) = (expr(left), expr(right));
            quote!(#left == #right)
        }
        Expr::Not(value) => {
            let inner = expr(value);
            match value.as_ref() {
                Expr::IsSome(of) => {
                    let of = expr(of);
                    quote!(#of.is_none())
                }
                Expr::Equal(..) => quote!(!(#inner)),
                _ => quote!(!#inner),
            }
        }
        Expr::IsSome(of) => {
            let of = expr(of);
            quote!(#of.is_some())
        }
    }
}

/// A string, borrowed where it is a literal or a variable.
fn text(value: &Expr) -> TokenStream {
    match value {
        Expr::Template(_) => owned_text(value),
        other => expr(other),
    }
}

/// A string that can be handed over.
fn owned_text(value: &Expr) -> TokenStream {
    let Expr::Template(parts) = value else {
        return match value {
            Expr::Str(text) => quote!(#text),
            other => {
                let value = expr(other);
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
        Property::Integer(value) => quote!(#document::from(#value)),
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

fn param_value(value: &ParamValue) -> TokenStream {
    match value {
        ParamValue::String(text) => quote!(::std::string::String::from(#text)),
        ParamValue::Boolean(value) => quote!(#value),
        ParamValue::StringArray(values) => {
            quote!(::std::vec![#(::std::string::String::from(#values)),*])
        }
    }
}

/// Whether a rule asks for a parameter.
fn rule_names(rule: &Rule, name: &str) -> bool {
    fn in_expr(value: &Expr, name: &str) -> bool {
        match value {
            Expr::Var(var) => var.as_str() == name,
            Expr::Template(parts) | Expr::Call(_, parts) => {
                parts.iter().any(|part| in_expr(part, name))
            }
            Expr::Attr(of, _) | Expr::Index(of, _) | Expr::Not(of) | Expr::IsSome(of) => {
                in_expr(of, name)
            }
            Expr::Equal(left, right) => in_expr(left, name) || in_expr(right, name),
            Expr::Str(_) | Expr::Bool(_) | Expr::Int(_) => false,
        }
    }
    fn in_property(value: &Property, name: &str) -> bool {
        match value {
            Property::String(text) => in_expr(text, name),
            Property::Array(values) => values.iter().any(|value| in_property(value, name)),
            Property::Object(entries) => entries.iter().any(|(_, value)| in_property(value, name)),
            Property::Boolean(_) | Property::Integer(_) => false,
        }
    }
    let conditions = rule.conditions.iter().any(|condition| match condition {
        Condition::Holds(value) | Condition::Bind(_, value) | Condition::Let(_, value) => {
            in_expr(value, name)
        }
    });
    conditions
        || match &rule.outcome {
            Outcome::Tree(rules) => rules.iter().any(|rule| rule_names(rule, name)),
            Outcome::Error(message) => in_expr(message, name),
            Outcome::Endpoint {
                url,
                headers,
                properties,
            } => {
                in_expr(url, name)
                    || headers
                        .iter()
                        .flat_map(|(_, values)| values)
                        .any(|value| in_expr(value, name))
                    || properties.iter().any(|(_, value)| in_property(value, name))
            }
        }
}

/// One case of the model's own tests.
fn test(case: &EndpointTest) -> TokenStream {
    let name = &case.name;
    let text = doc::doc(&case.doc);
    let setters = case.params.iter().map(|(name, value)| {
        let value = param_value(value);
        quote!(.#name(#value))
    });
    let expected = match &case.expect {
        Expectation::Url(url) => {
            quote!(assert_eq!(resolve(&params).expect("an endpoint").url(), #url);)
        }
        Expectation::Error(message) => {
            quote!(assert_eq!(resolve(&params).expect_err("no endpoint").to_string(), #message);)
        }
    };
    quote! {
        #text
        #[cfg(test)]
        #[test]
        fn #name() {
            let params = Params::builder() #(#setters)* .build().expect("valid parameters");
            #expected
        }
    }
}
