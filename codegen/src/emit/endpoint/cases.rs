//! The model's own tests of its endpoint rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::doc;
use super::param_value;
use crate::api::{EndpointTest, Expectation};

/// One case of the model's own tests.
pub(super) fn test(case: &EndpointTest) -> TokenStream {
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
