//! An interceptor that prints all that it is shown.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef as Read,
    BeforeDeserializationInterceptorContextMut as AnsweredMut,
    BeforeDeserializationInterceptorContextRef as Answered,
    BeforeSerializationInterceptorContextMut as InputMut,
    BeforeSerializationInterceptorContextRef as Input,
    BeforeTransmitInterceptorContextMut as RequestMut,
    BeforeTransmitInterceptorContextRef as Request, FinalizerInterceptorContextMut as FinalMut,
    FinalizerInterceptorContextRef as Final,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::cell::RefCell;
use std::fmt::Debug;

thread_local! {
    static SEEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What was printed since the last time.
pub(crate) fn seen() -> Vec<String> {
    SEEN.take()
}

/// The interceptor.
#[derive(Debug)]
pub(crate) struct Nosy;

/// A hook that prints what the context gives, the components and the settings.
macro_rules! print {
    ($($hook:ident($($context:tt)+) $gives:tt)*) => {
        $(fn $hook(
            &self,
            context: $($context)+,
            components: &RuntimeComponents,
            bag: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            print!(context $gives);
            // They are long, and little changes in them.
            if matches!(stringify!($hook), "read_after_signing" | "read_after_attempt") {
                keep("components", &components);
                keep("settings", &bag);
            }
            Ok(())
        })*
    };
    ($context:ident [$($gives:ident)*]) => {
        $(keep(stringify!($gives), &$context.$gives());)*
    };
}

fn keep(what: &str, value: &dyn Debug) {
    SEEN.with_borrow_mut(|seen| seen.push(format!("{what} {value:?}")));
}

impl Intercept for Nosy {
    fn name(&self) -> &'static str {
        "Nosy"
    }

    print! {
        modify_before_serialization(&mut InputMut<'_>) [input]
        read_before_serialization(&Input<'_>) [input]
        read_after_serialization(&Request<'_>) [request]
        modify_before_retry_loop(&mut RequestMut<'_>) [request]
        read_before_attempt(&Request<'_>) [request]
        modify_before_signing(&mut RequestMut<'_>) [request]
        read_before_signing(&Request<'_>) [request]
        read_after_signing(&Request<'_>) [request]
        modify_before_transmit(&mut RequestMut<'_>) [request]
        read_before_transmit(&Request<'_>) [request]
        read_after_transmit(&Answered<'_>) [response]
        modify_before_deserialization(&mut AnsweredMut<'_>) [response]
        read_before_deserialization(&Answered<'_>) [response]
        read_after_deserialization(&Read<'_>) [response output_or_error]
        modify_before_attempt_completion(&mut FinalMut<'_>) [request response output_or_error]
        read_after_attempt(&Final<'_>) [request response output_or_error]
        modify_before_completion(&mut FinalMut<'_>) [request response output_or_error]
        read_after_execution(&Final<'_>) [request response output_or_error]
    }
}
