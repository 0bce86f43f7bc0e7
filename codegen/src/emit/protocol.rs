//! The module `protocol_tests`: the model's own tests of what is sent and what is read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Source, Visibility, doc, ty};
use crate::api::{
    Answered, Api, Body, Field, Operation, RequestTest, ResponseTest, Ty, TypeKind, Value,
};

/// ```text
/// fn client(exchange: &Exchange, endpoint: &str) -> Client { .. }
/// #[test] fn request_x() { exchange.run(client.op().member(..).send()); sent.goes_to(..); sent.has_json(..); }
/// #[test] fn response_x() { let output = exchange.run(client.op().send()); assert_eq!(output, expected); }
/// #[test] fn error_x() { let error = exchange.run(client.op().send()).expect_err(..); assert_eq!(fault, expected); }
/// ```
pub(super) fn protocol_tests(api: &Api) -> Source {
    let tests = &api.protocol_tests;
    let allow = doc::allow_deprecated(has_deprecated(api));
    Source::new(
        &["protocol_tests"],
        Visibility::Tests,
        "The protocol tests of the model: what is sent for an input, and what is read from an answer.",
    )
    .item(client(api))
    .items(tests.requests.iter().map(|test| request(&allow, test)))
    .items(tests.responses.iter().map(|test| response(api, &allow, test)))
}

/// Whether a test may have to name what is deprecated.
pub(super) fn has_deprecated(api: &Api) -> bool {
    let in_fields = |fields: &[Field]| fields.iter().any(|field| field.deprecated.is_some());
    api.operations.iter().any(|operation| {
        operation.deprecated.is_some()
            || in_fields(&operation.input.fields)
            || in_fields(&operation.output.fields)
    }) || api
        .faults
        .iter()
        .any(|fault| fault.record.deprecated.is_some())
        || api.types.iter().any(|ty| match ty {
            crate::api::Type::Record(record) => {
                record.deprecated.is_some() || in_fields(&record.fields)
            }
            crate::api::Type::Union(union) => {
                union.deprecated.is_some()
                    || union.variants.iter().any(|one| one.deprecated.is_some())
            }
            crate::api::Type::Enumeration(enumeration) => enumeration.deprecated.is_some(),
        })
}

fn client(api: &Api) -> TokenStream {
    let has_tokens = api.operations.iter().any(Operation::has_token);
    // The token that the cases expect.
    let token = has_tokens
        .then(|| quote!(.idempotency_token_provider("00000000-0000-4000-8000-000000000000")));
    quote! {
        /// A client that sends to the endpoint through the exchange, once.
        fn client(exchange: &::farrier_runtime::testing::Exchange, endpoint: &str) -> crate::Client {
            let config = crate::Config::builder()
                .region(crate::config::Region::new("us-east-1"))
                .credentials_provider(crate::config::Credentials::new(
                    "AKIDEXAMPLE",
                    "secret",
                    ::std::option::Option::None,
                    ::std::option::Option::None,
                    "test",
                ))
                .retry_config(crate::config::retry::RetryConfig::disabled())
                .http_client(exchange.clone())
                .sleep_impl(exchange.clone())
                #token
                .endpoint_url(endpoint);
            crate::Client::from_conf(config.build())
        }
    }
}

fn request(allow: &TokenStream, test: &RequestTest) -> TokenStream {
    let RequestTest {
        name,
        method,
        endpoint,
        verb,
        uri,
        required,
        forbidden,
        ..
    } = test;
    let text = doc::doc(&test.doc);
    let setters = setters(&test.input);
    let headers = test
        .headers
        .iter()
        .map(|(name, value)| quote!(sent.has_header(#name, #value);));
    let body = test.body.as_ref().map(|body| match body {
        Body::Exact(body) => {
            let body = raw(body);
            quote!(sent.has_body(#body);)
        }
        Body::Json(body) => {
            let body = raw(body);
            quote!(sent.has_json(#body);)
        }
    });
    quote! {
        #text
        #[test]
        #allow
        fn #name() {
            let exchange = ::farrier_runtime::testing::Exchange::new(200, &[], "{}");
            let call = client(&exchange, #endpoint).#method() #setters;
            exchange.run(call.send()).expect("an output");
            let sent = exchange.sent();
            sent.goes_to(#verb, #uri);
            #(#headers)*
            #(sent.has_some_header(#required);)*
            #(sent.lacks_header(#forbidden);)*
            #body
        }
    }
}

fn response(api: &Api, allow: &TokenStream, test: &ResponseTest) -> TokenStream {
    let operation = &api.operations[test.operation];
    let (name, method) = (&test.name, &operation.module);
    let text = doc::doc(&test.doc);
    let status = Literal::u16_unsuffixed(test.status);
    let headers = test
        .headers
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let body = raw(&test.body);
    let check = match &test.answered {
        Answered::Output(id) => output(operation, id.as_deref(), &test.fields),
        Answered::Fault { index, code, side } => {
            let fault = &api.faults[*index];
            fault_check(operation, fault, (code, side.as_deref()), &test.fields)
        }
    };
    quote! {
        #text
        #[test]
        #allow
        fn #name() {
            let exchange = ::farrier_runtime::testing::Exchange::new(#status, &[#(#headers),*], #body);
            let call = client(&exchange, "https://example.com").#method();
            #check
        }
    }
}

fn output(operation: &Operation, id: Option<&str>, fields: &[(Field, Value)]) -> TokenStream {
    let (module, record) = (&operation.module, &operation.output);
    let name = &record.name;
    let setters = setters(fields);
    let mut expected = quote!(crate::operation::#module::#name::builder() #setters);
    let build = build(record.fallible());
    let with_id = id.map(|id| {
        let builder = std::mem::replace(&mut expected, quote!(expected));
        quote! {
            let mut expected = #builder;
            expected._request_id = ::std::option::Option::Some(::std::string::String::from(#id));
        }
    });
    let same = same(quote!(output), fields);
    quote! {
        let output = exchange.run(call.send()).expect("an output");
        #with_id
        let expected = #expected #build;
        #same
    }
}

fn fault_check(
    operation: &Operation,
    fault: &crate::api::Fault,
    (code, side): (&str, Option<&str>),
    fields: &[(Field, Value)],
) -> TokenStream {
    let (module, error) = (&operation.module, &operation.error);
    let name = &fault.record.name;
    let setters = setters(fields);
    let build = build(fault.record.fallible());
    let same = same(quote!(fault), fields);
    let side = side.map(
        |side| quote!(assert_eq!(fault.meta.extra("type"), ::std::option::Option::Some(#side));),
    );
    quote! {
        let error = exchange.run(call.send()).expect_err("an error").into_service_error();
        let crate::operation::#module::#error::#name(fault) = error else {
            panic!("another error: {error:?}");
        };
        let expected = crate::types::error::#name::builder() #setters .meta(fault.meta.clone()) #build;
        #same
        assert_eq!(fault.meta.code(), ::std::option::Option::Some(#code));
        #side
    }
}

fn build(fallible: bool) -> TokenStream {
    if fallible {
        quote!(.build_or_zero())
    } else {
        quote!(.build())
    }
}

/// Compares a value with `expected`.
fn same(value: TokenStream, fields: &[(Field, Value)]) -> TokenStream {
    if fields.iter().any(|(_, value)| value.has_nan()) {
        return quote! {
            // NaN is not equal to itself.
            assert_eq!(format!("{:?}", #value), format!("{expected:?}"));
        };
    }
    quote!(assert_eq!(#value, expected);)
}

/// The setters that make the fields, each by value.
pub(super) fn setters(fields: &[(Field, Value)]) -> TokenStream {
    let mut out = TokenStream::new();
    for (field, value) in fields {
        let (name, set) = (&field.name, &field.setter);
        match (&field.ty, value) {
            (Ty::List { element, sparse }, Value::List(elements)) if !elements.is_empty() => {
                for value in elements {
                    let value = element_argument(element, value.as_ref(), *sparse);
                    out.extend(quote!(.#name(#value)));
                }
            }
            (
                Ty::Map {
                    key,
                    value: element,
                    sparse,
                },
                Value::Map(entries),
            ) if !entries.is_empty() => {
                for (text, value) in entries {
                    let key = match key {
                        Some(key) => {
                            let key = ty::named(key);
                            quote!(#key::from(#text))
                        }
                        None => quote!(#text),
                    };
                    let value = element_argument(element, value.as_ref(), *sparse);
                    out.extend(quote!(.#name(#key, #value)));
                }
            }
            (Ty::List { .. } | Ty::Map { .. }, value) => {
                let value = owned(&field.ty, value);
                out.extend(quote!(.#set(::std::option::Option::Some(#value))));
            }
            (ty, value) => {
                let value = argument(ty, value);
                out.extend(quote!(.#name(#value)));
            }
        }
    }
    out
}

/// An element as a setter takes it.
fn element_argument(ty: &Ty, value: Option<&Value>, sparse: bool) -> TokenStream {
    match (value, sparse) {
        (Some(value), false) => argument(ty, value),
        (value, _) => nullable(ty, value, sparse),
    }
}

/// A value as a setter takes it: a literal in place of a `String`, and no boxes.
fn argument(ty: &Ty, value: &Value) -> TokenStream {
    match (ty, value) {
        (Ty::String, Value::String(text)) => quote!(#text),
        (Ty::Boxed(name), value) => owned(&Ty::Named(name.clone()), value),
        (ty, value) => owned(ty, value),
    }
}

fn nullable(ty: &Ty, value: Option<&Value>, sparse: bool) -> TokenStream {
    match (value, sparse) {
        (None, _) => quote!(::std::option::Option::None),
        (Some(value), true) => {
            let value = owned(ty, value);
            quote!(::std::option::Option::Some(#value))
        }
        (Some(value), false) => owned(ty, value),
    }
}

/// A value of its type.
fn owned(ty: &Ty, value: &Value) -> TokenStream {
    match (ty, value) {
        (Ty::Document, value) => document(value),
        (Ty::Boxed(name), value) => {
            let value = owned(&Ty::Named(name.clone()), value);
            quote!(::std::boxed::Box::new(#value))
        }
        (Ty::BigInteger | Ty::BigDecimal, Value::String(text)) => {
            quote!(#text.parse().expect("a number"))
        }
        (Ty::Named(name), Value::String(text)) => {
            let name = ty::named(name);
            quote!(#name::from(#text))
        }
        (
            _,
            Value::Record {
                ty,
                fields,
                complete,
            },
        ) => {
            let (path, setters) = (ty::named(ty), setters(fields));
            let build = match (ty.kind, complete) {
                (TypeKind::FallibleRecord, true) => {
                    quote!(.build().expect("all that is required"))
                }
                (TypeKind::FallibleRecord, false) => quote!(.build_or_zero()),
                _ => quote!(.build()),
            };
            quote!(#path::builder() #setters #build)
        }
        (_, Value::Union { ty, variant, value }) => {
            let path = ty::named(ty);
            let value = value.as_ref().map(|(ty, value)| {
                let value = owned(ty, value);
                quote!((#value))
            });
            quote!(#path::#variant #value)
        }
        (Ty::List { element, sparse }, Value::List(elements)) => {
            let elements = elements
                .iter()
                .map(|value| nullable(element, value.as_ref(), *sparse));
            quote!(::std::vec![#(#elements),*])
        }
        (
            Ty::Map {
                key,
                value: element,
                sparse,
            },
            Value::Map(entries),
        ) => {
            let entries = entries.iter().map(|(text, value)| {
                let key = match key {
                    Some(key) => {
                        let key = ty::named(key);
                        quote!(#key::from(#text))
                    }
                    None => quote!(::std::string::String::from(#text)),
                };
                let value = nullable(element, value.as_ref(), *sparse);
                quote!((#key, #value))
            });
            quote!(::std::collections::HashMap::from([#(#entries),*]))
        }
        (ty, value) => simple(ty, value),
    }
}

fn simple(ty: &Ty, value: &Value) -> TokenStream {
    match value {
        Value::Boolean(value) => quote!(#value),
        Value::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Value::Float(value) => ty::float(*value, ty),
        Value::Blob(text) => {
            let bytes = Literal::byte_string(text.as_bytes());
            quote!(crate::primitives::Blob::new(#bytes.as_slice()))
        }
        Value::Timestamp(seconds, nanos) => ty::timestamp(*seconds, *nanos),
        Value::String(text) => quote!(::std::string::String::from(#text)),
        other => document(other),
    }
}

pub(super) fn document(value: &Value) -> TokenStream {
    let path = quote!(crate::primitives::Document);
    match value {
        Value::Null => quote!(#path::Null),
        Value::Boolean(value) => quote!(#path::Bool(#value)),
        Value::String(text) => quote!(#path::from(#text)),
        Value::List(elements) => {
            let elements = elements.iter().flatten().map(document);
            quote!(#path::Array(::std::vec![#(#elements),*]))
        }
        Value::Map(entries) => {
            let entries = entries.iter().filter_map(|(key, value)| {
                let value = document(value.as_ref()?);
                Some(quote!((::std::string::String::from(#key), #value)))
            });
            quote!(#path::Object(::std::collections::HashMap::from([#(#entries),*])))
        }
        Value::Integer(value) => ty::whole_document(*value),
        Value::Float(value) => {
            let value = Literal::f64_suffixed(*value);
            quote!(#path::from(#value))
        }
        // Nothing else is a document.
        _ => quote!(#path::Null),
    }
}

/// A text as it is, its line breaks included; with escapes where a raw string cannot hold it.
fn raw(text: &str) -> TokenStream {
    let is_plain = text.chars().all(|c| c == '\n' || !c.is_control());
    let needs = text.contains(['"', '\\', '\n']);
    let fences = (1..8).map(|count| "#".repeat(count));
    let fence = fences
        .into_iter()
        .find(|fence| !text.contains(&format!("\"{fence}")));
    match fence {
        Some(fence) if is_plain && needs => format!("r{fence}\"{text}\"{fence}")
            .parse()
            .unwrap_or_else(|_| quote!(#text)),
        _ => quote!(#text),
    }
}
