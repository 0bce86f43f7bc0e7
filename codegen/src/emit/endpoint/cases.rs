//! The model's own tests of its endpoint rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::{Source, Visibility, doc, joined, protocol, template};
use super::param_value;
use super::rules::auth_scheme;
use crate::api::{
    Api, BuiltIn, EndpointTest, Expectation, OperationTest, Outcome, ParamValue, Rule, Value,
};

/// One case that asks the rules; `whole` where they give more than addresses.
pub(super) fn test(case: &EndpointTest, whole: bool) -> TokenStream {
    let name = &case.name;
    let text = doc::doc(&case.doc);
    let setters = case.params.iter().map(|(name, value)| {
        let value = param_value(value);
        quote!(.#name(#value))
    });
    let params = quote!(Params::builder() #(#setters)* .build());
    let body = match &case.expect {
        Expectation::Error(_) if case.incomplete => {
            quote!(#params.expect_err("a parameter is missing");)
        }
        Expectation::Error(message) => template! { [params, message] =>
            let params = #params.expect("valid parameters");
            let error = resolve(&params).expect_err("no endpoint");
            assert_eq!(error.to_string(), #message);
        },
        Expectation::Endpoint { url, .. } if !whole => template! { [params, url] =>
            let params = #params.expect("valid parameters");
            let endpoint = resolve(&params).expect("an endpoint");
            assert_eq!(endpoint.url(), #url);
        },
        Expectation::Endpoint {
            url,
            headers,
            properties,
            auth_schemes,
        } => {
            let schemes = joined(auth_schemes.iter().map(|(name, entries)| {
                let entries = entries.iter().map(|(name, value)| (name, entry(value)));
                auth_scheme(name, entries)
            }));
            let headers = joined(headers.iter().flat_map(|(name, values)| {
                values
                    .iter()
                    .map(move |value| quote!(.header(#name, #value)))
            }));
            let properties = joined(properties.iter().map(|(name, value)| {
                let value = entry(value);
                quote!(.property(#name, #value))
            }));
            template! { [params, url, headers, properties, schemes] =>
                let params = #params.expect("valid parameters");
                let expected = Endpoint::builder().url(#url) #headers #properties #schemes .build();
                let endpoint = resolve(&params).expect("an endpoint");
                assert_eq!(endpoint, expected);
            }
        }
    };
    template! { [text, name, body] =>
        #text
        #[cfg(test)]
        #[test]
        fn #name() {
            #body
        }
    }
}

/// What becomes a document by itself.
fn entry(value: &Value) -> TokenStream {
    match value {
        Value::Boolean(value) => quote!(#value),
        Value::String(text) => quote!(#text),
        other => protocol::document(other),
    }
}

/// Whether rules give endpoints that have headers or properties.
pub(super) fn gives_more(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| match &rule.outcome {
        Outcome::Tree(rules) | Outcome::Block(_, rules) => gives_more(rules),
        Outcome::Endpoint {
            headers,
            properties,
            auth_schemes,
            ..
        } => !headers.is_empty() || !properties.is_empty() || !auth_schemes.is_empty(),
        Outcome::Leave(_) | Outcome::Error(_) => false,
    })
}

/// The module `endpoint_tests`, of the cases that call operations:
///
/// ```text
/// fn config(exchange: &Exchange) -> Builder { .. }
/// #[test] fn list_tables_x() { exchange.run(client.list_tables().send()); exchange.sent().goes_to(..); }
/// ```
pub(in super::super) fn endpoint_tests(api: &Api) -> Source {
    let allow = doc::allow_deprecated(protocol::has_deprecated(api));
    let tests = &api.endpoint.operation_tests;
    Source::new(
        &["endpoint_tests"],
        Visibility::Tests,
        "The endpoint tests of the model that call operations.",
    )
    .item(template! {
        /// Settings that send through the exchange, once, and unsigned unless there are credentials.
        fn config(exchange: &::farrier_runtime::testing::Exchange) -> crate::config::Builder {
            crate::Config::builder()
                .allow_no_auth()
                .retry_config(crate::config::retry::RetryConfig::disabled())
                .http_client(exchange.clone())
                .sleep_impl(exchange.clone())
        }
    })
    .items(tests.iter().map(|test| call(&allow, test)))
}

fn call(allow: &TokenStream, test: &OperationTest) -> TokenStream {
    let (name, method) = (&test.name, &test.method);
    let text = doc::doc(&test.doc);
    let built_ins = joined(test.built_ins.iter().map(built_in));
    let client_params = joined(test.client_params.iter().map(|(name, value)| {
        let value = param_value(value);
        quote!(.#name(#value))
    }));
    let setters = protocol::setters(&test.input);
    let check = match &test.expect {
        Expectation::Endpoint { url, .. } => {
            let uri = format!("{}/", url.trim_end_matches('/'));
            template! { [uri] =>
                exchange.run(call.send()).expect("an output");
                exchange.sent().goes_to("POST", #uri);
            }
        }
        Expectation::Error(message) => template! { [message] =>
            let error = exchange.run(call.send()).expect_err("no endpoint");
            assert_eq!(::farrier_runtime::testing::root_cause(&error), #message);
            exchange.sent_nothing();
        },
    };
    template! { [text, allow, name, built_ins, client_params, method, setters, check] =>
        #text
        #[test]
        #allow
        fn #name() {
            let exchange = ::farrier_runtime::testing::Exchange::new(200, &[], "{}");
            let config = config(&exchange) #built_ins #client_params;
            let call = crate::Client::from_conf(config.build()).#method() #setters;
            #check
        }
    }
}

/// The setting that gives a built-in.
fn built_in((built_in, value): &(BuiltIn, ParamValue)) -> TokenStream {
    let literal = match value {
        ParamValue::String(text) => quote!(#text),
        other => param_value(other),
    };
    match built_in {
        BuiltIn::Region => quote!(.region(crate::config::Region::new(#literal))),
        BuiltIn::UseFips => quote!(.use_fips(#literal)),
        BuiltIn::UseDualStack => quote!(.use_dual_stack(#literal)),
        BuiltIn::Endpoint => quote!(.endpoint_url(#literal)),
        BuiltIn::AccountIdEndpointMode => {
            quote!(.account_id_endpoint_mode(#literal.parse().expect("a mode")))
        }
        BuiltIn::AccountId => template! { [literal] =>
            .credentials_provider(
                crate::config::Credentials::builder()
                    .access_key_id("AKIDEXAMPLE")
                    .secret_access_key("secret")
                    .account_id(#literal)
                    .provider_name("test")
                    .build(),
            )
        },
    }
}
