//! Waiters: a call repeated until a resource is in some state.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{self, Target};
use super::{Source, Visibility, doc, joined, path, predicate, template};
use crate::api::{Acceptor, Api, Operation, OutputTest, Verdict, Waiter};

/// `pub trait Waiters: Sealed { fn wait_until_x(&self) -> XFluentBuilder; }`, for the client.
///
/// A method more would break those who implement the trait themselves, so nobody else can.
pub(super) fn client_trait(api: &Api) -> Source {
    let waiters = || {
        api.operations
            .iter()
            .flat_map(|operation| &operation.waiters)
    };
    let declared = joined(waiters().map(|waiter| {
        let (method, module, fluent) = (&waiter.method, &waiter.module, &waiter.fluent);
        let text = doc::doc(&waiter.doc);
        let deprecated = doc::deprecated(waiter.deprecated.as_deref());
        template! { [text, deprecated, method, module, fluent] =>
            #text #deprecated fn #method(&self) -> crate::waiters::#module::#fluent;
        }
    }));
    let defined = waiters().map(|waiter| {
        let (method, module, fluent) = (&waiter.method, &waiter.module, &waiter.fluent);
        template! { [method, module, fluent] =>
            #[inline]
            fn #method(&self) -> crate::waiters::#module::#fluent {
                crate::waiters::#module::#fluent::new(self.handle.clone())
            }
        }
    });
    Source::new(&["client", "waiters"], Visibility::Private, "")
        .item(template! {
            /// What the client alone implements, so that a waiter more breaks nobody.
            pub trait Sealed {}
        })
        .item(quote! {
            impl Sealed for crate::Client {}
        })
        .item(template! { [declared] =>
            /// What a [`Client`](crate::Client) can wait for. Import it to call its methods.
            pub trait Waiters: Sealed {
                #declared
            }
        })
        .item(quote! {
            impl Waiters for crate::Client {
                #(#defined)*
            }
        })
}

/// The module `waiters`.
pub(super) fn waiters() -> Source {
    let about = "Waiters: calls repeated until a resource is in some state.\n\nThe trait [`Waiters`](crate::client::Waiters) makes them.";
    Source::new(&["waiters"], Visibility::Public, about)
}

/// ```text
/// pub struct XFluentBuilder { handle, inner }
/// impl XFluentBuilder { as_input(), wait(max_wait), setters }
/// pub type XFinalPoll = ...;       pub type WaitUntilXError = ...;
/// fn judge(..) -> Option<Verdict>
/// ```
pub(super) fn waiter(operation: &Operation, index: usize) -> Source {
    let waiter = &operation.waiters[index];
    let (fluent, builder) = (&waiter.fluent, &operation.input.builder);
    let about = format!("Waits for `{}`.", waiter.wire);
    let builders = quote!(crate::operation);
    let module = &operation.module;
    let text = doc::doc_and(
        &waiter.doc,
        "Made by a method of [`Waiters`](crate::client::Waiters).",
    );
    Source::new(
        &["waiters", waiter.module.as_str()],
        Visibility::Public,
        &about,
    )
    .defines([fluent])
    .item(template! { [text, fluent, builders, module, builder] =>
        #text
        #[derive(Clone, Debug)]
        pub struct #fluent {
            handle: ::farrier_runtime::internal::Handle,
            inner: #builders::#module::builders::#builder,
        }
    })
    .item(methods(operation, waiter))
    .items(aliases(operation, waiter))
    .item(judge(operation, waiter))
}

fn methods(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (fluent, builder, module, name) = (
        &waiter.fluent,
        &operation.input.builder,
        &operation.module,
        &operation.name,
    );
    let (final_poll, error) = (&waiter.final_poll, &waiter.error);
    let (min, max) = (waiter.min_delay.as_secs(), waiter.max_delay.as_secs());
    let setters = joined(
        operation
            .input
            .fields
            .iter()
            .map(|field| builder::setters(field, Target::Inner)),
    );
    let pauses = format!(
        "Calls `{name}` until the state is there, at most for `max_wait`, with pauses of {min} to {max} seconds."
    );
    let pauses = doc::text(&format!(
        "{pauses}\n\n# Errors\n\nThe state can no longer be reached, the time is over, or a call failed for good; the error tells which and holds the last answer."
    ));
    let allow = doc::allow_deprecated(
        operation.input.deprecated.is_some() || operation.input.holds_deprecated(),
    );
    template! { [allow, fluent, module, builder, pauses, final_poll, error, min, max, name, setters] =>
        #allow
        impl #fluent {
            #[inline]
            pub(crate) fn new(handle: ::farrier_runtime::internal::Handle) -> Self {
                Self { handle, inner: ::std::default::Default::default() }
            }
            /// The input as it is so far.
            #[inline]
            pub fn as_input(&self) -> &crate::operation::#module::builders::#builder {
                &self.inner
            }
            #pauses
            #[inline]
            pub async fn wait(self, max_wait: ::std::time::Duration) -> ::std::result::Result<#final_poll, #error> {
                let input = self.inner.build().map_err(#error::construction_failure)?;
                let backoff = ::farrier_runtime::waiters::Backoff {
                    min_delay: ::std::time::Duration::from_secs(#min),
                    max_delay: ::std::time::Duration::from_secs(#max),
                };
                ::farrier_runtime::waiters::wait::<crate::operation::#module::#name>(self.handle, ::std::option::Option::None, input, max_wait, backoff, judge).await
            }
            #setters
        }
    }
}

fn aliases(operation: &Operation, waiter: &Waiter) -> [TokenStream; 2] {
    let (module, output, operation_error) =
        (&operation.module, &operation.output.name, &operation.error);
    let (final_poll, error) = (&waiter.final_poll, &waiter.error);
    let allow = doc::allow_deprecated(operation.output.deprecated.is_some());
    [
        template! { [allow, final_poll, module, output, operation_error] =>
            /// The answer that ended the wait.
            #allow
            pub type #final_poll = ::farrier_runtime::waiters::FinalPoll<
                crate::operation::#module::#output,
                crate::error::SdkError<crate::operation::#module::#operation_error>,
            >;
        },
        template! { [allow, error, module, output, operation_error] =>
            /// Why the wait was in vain.
            #allow
            pub type #error = ::farrier_runtime::waiters::WaiterError<
                crate::operation::#module::#output,
                crate::operation::#module::#operation_error,
            >;
        },
    ]
}

/// What an answer means: the acceptors of the model in their order.
fn judge(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (module, input, output, error) = (
        &operation.module,
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let acceptors = joined(waiter.acceptors.iter().map(acceptor));
    let input_name = match waiter.reads_input {
        true => quote!(input),
        false => quote!(_input),
    };
    let allow = doc::allow_deprecated(
        waiter.reads_deprecated
            || operation.input.deprecated.is_some()
            || operation.output.deprecated.is_some(),
    );
    template! { [allow, input_name, module, input, output, error, acceptors] =>
        /// What an answer means: the acceptors of the model, in their order.
        #allow
        #[inline]
        fn judge(
            #input_name: &crate::operation::#module::#input,
            result: ::std::result::Result<&crate::operation::#module::#output, &crate::operation::#module::#error>,
        ) -> ::std::option::Option<::farrier_runtime::waiters::Verdict> {
            #acceptors
            ::std::option::Option::None
        }
    }
}

fn acceptor(acceptor: &Acceptor) -> TokenStream {
    let (condition, verdict) = match acceptor {
        Acceptor::Success(true, verdict) => (quote!(result.is_ok()), verdict),
        Acceptor::Success(false, verdict) => (quote!(result.is_err()), verdict),
        Acceptor::ErrorCode(code, verdict) => {
            let is = quote!(::farrier_runtime::waiters::is_error(error, #code));
            (quote!(result.is_err_and(|error| #is)), verdict)
        }
        Acceptor::Output(test, verdict) => {
            let test = output_test(test);
            (quote!(result.is_ok_and(|output| #test)), verdict)
        }
    };
    let verdict = match verdict {
        Verdict::Success => quote!(Success),
        Verdict::Failure => quote!(Failure),
        Verdict::Retry => quote!(Retry),
    };
    template! { [condition, verdict] =>
        if #condition {
            return ::std::option::Option::Some(::farrier_runtime::waiters::Verdict::#verdict);
        }
    }
}

fn output_test(test: &OutputTest) -> TokenStream {
    match test {
        OutputTest::AllStringsEqual(at, expected) => {
            let strings = path::strings(quote!(output), at);
            template! { [strings, expected] =>
                {
                    let mut values = #strings.peekable();
                    values.peek().is_some() && values.all(|value| value == #expected)
                }
            }
        }
        OutputTest::AnyStringEquals(at, expected) => {
            let strings = path::strings(quote!(output), at);
            quote!(#strings.any(|value| value == #expected))
        }
        OutputTest::StringEquals(at, expected) => {
            let value = path::borrowed(quote!(output), at);
            let text = path::as_str(&at.ty);
            if matches!(at.ty, crate::api::Ty::String) {
                quote!(#value == ::std::option::Option::Some(#expected))
            } else {
                quote!(#value.is_some_and(|value| #text == #expected))
            }
        }
        OutputTest::Holds(condition) => predicate::predicate(condition, 0),
        OutputTest::BooleanEquals(at, expected) => {
            let value = path::borrowed(quote!(output), at);
            quote!(#value == ::std::option::Option::Some(#expected))
        }
    }
}
