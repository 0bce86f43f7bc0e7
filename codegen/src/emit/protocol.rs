//! The module `protocol_tests`: the model's own tests of what is sent and what is read.

mod value;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::record::Role;
use super::{Source, Visibility, builder, doc, joined, template, ty};
use crate::api::{
    Answered, Api, Body, Fault, Field, Operation, Record, RequestTest, ResponseTest, Type, Value,
};
pub(super) use value::{document, setters};

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
    let is = |record: &Record| record.deprecated.is_some() || record.holds_deprecated();
    api.operations.iter().any(|operation| {
        operation.deprecated.is_some() || is(&operation.input) || is(&operation.output)
    }) || api.faults.iter().any(|fault| is(&fault.record))
        || api.types.iter().any(|ty| match ty {
            Type::Record(record) => is(record),
            Type::Union(union) => union.deprecated.is_some() || union.holds_deprecated(),
            Type::Enumeration(enumeration) => enumeration.deprecated.is_some(),
        })
}

fn client(api: &Api) -> TokenStream {
    let has_tokens = api.operations.iter().any(Operation::has_token);
    // The token that the cases expect.
    let token = has_tokens
        .then(|| quote!(.idempotency_token_provider("00000000-0000-4000-8000-000000000000")));
    template! { [token] =>
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
    let headers = joined(
        test.headers
            .iter()
            .map(|(name, value)| quote!(sent.has_header(#name, #value);)),
    );
    let required = joined(
        required
            .iter()
            .map(|name| quote!(sent.has_some_header(#name);)),
    );
    let forbidden = joined(
        forbidden
            .iter()
            .map(|name| quote!(sent.lacks_header(#name);)),
    );
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
    template! { [text, allow, name, endpoint, method, setters, verb, uri, headers, required, forbidden, body] =>
        #text
        #[test]
        #allow
        fn #name() {
            let exchange = ::farrier_runtime::testing::Exchange::new(200, &[], "{}");
            let call = client(&exchange, #endpoint).#method() #setters;
            exchange.run(call.send()).expect("an output");
            let sent = exchange.sent();
            sent.goes_to(#verb, #uri);
            #headers
            #required
            #forbidden
            #body
        }
    }
}

fn response(api: &Api, allow: &TokenStream, test: &ResponseTest) -> TokenStream {
    let operation = &api.operations[test.operation];
    let (name, method) = (&test.name, &operation.module);
    let text = doc::doc(&test.doc);
    let status = Literal::u16_unsuffixed(test.status);
    let headers = joined(
        test.headers
            .iter()
            .map(|(name, value)| quote!((#name, #value),)),
    );
    let body = raw(&test.body);
    let check = match &test.answered {
        Answered::Output(id) => output(operation, id.as_deref(), &test.fields),
        Answered::Fault { index, code, side } => {
            let fault = &api.faults[*index];
            fault_check(operation, fault, (code, side.as_deref()), &test.fields)
        }
    };
    template! { [text, allow, name, status, headers, body, method, check] =>
        #text
        #[test]
        #allow
        fn #name() {
            let exchange = ::farrier_runtime::testing::Exchange::new(#status, &[#headers], #body);
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
    let within = builder::within(record, Role::Output);
    let with_id = id.map(|id| {
        let builder = std::mem::replace(&mut expected, quote!(expected));
        template! { [builder, within, id] =>
            let mut expected = #builder;
            expected #within._request_id = ::std::option::Option::Some(::std::string::String::from(#id));
        }
    });
    let same = same(quote!(output), fields);
    template! { [with_id, expected, build, same] =>
        let output = exchange.run(call.send()).expect("an output");
        #with_id
        let expected = #expected #build;
        #same
    }
}

fn fault_check(
    operation: &Operation,
    fault: &Fault,
    (code, side): (&str, Option<&str>),
    fields: &[(Field, Value)],
) -> TokenStream {
    let (module, error) = (&operation.module, &operation.error);
    let name = &fault.record.name;
    let setters = setters(fields);
    let build = build(fault.record.fallible());
    let same = same(quote!(fault), fields);
    let side = side.map(|side| {
        template! { [side] =>
            assert_eq!(fault.meta.extra("type"), ::std::option::Option::Some(#side));
        }
    });
    template! { [module, error, name, setters, build, same, code, side] =>
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
        return template! { [value] =>
            // NaN is not equal to itself.
            assert_eq!(format!("{:?}", #value), format!("{expected:?}"));
        };
    }
    quote!(assert_eq!(#value, expected);)
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
