//! An interceptor at every hook, which prints when it is asked and may fail at one of them.

use crate::run::line;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The interceptor; its name heads each line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Diary {
    name: &'static str,
    fails: Option<&'static str>,
}

impl Diary {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, fails: None }
    }

    /// One that fails at a hook, each time.
    pub(crate) fn failing(name: &'static str, hook: &'static str) -> Self {
        let fails = Some(hook);
        Self { name, fails }
    }

    fn note(&self, hook: &str) -> Result<(), BoxError> {
        line(format!("{} {hook}", self.name));
        if self.fails == Some(hook) {
            return Err(format!("the {} diary is full", self.name).into());
        }
        Ok(())
    }
}

/// Writes each hook into the diary.
macro_rules! hooks {
    ($($hook:ident($context:ty $(, $components:ty)?);)*) => {
        impl Intercept for Diary {
            fn name(&self) -> &'static str {
                "Diary"
            }

            $(fn $hook(&self, _: $context, $(_: $components,)? _: &mut ConfigBag) -> Result<(), BoxError> {
                self.note(stringify!($hook))
            })*
        }
    };
}

hooks! {
    read_before_execution(&BeforeSerializationInterceptorContextRef<'_>);
    modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>, &RuntimeComponents);
    read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>, &RuntimeComponents);
    read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents);
    read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents);
    read_before_signing(&BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents);
    read_after_signing(&BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents);
    read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents);
    read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>, &RuntimeComponents);
    read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>, &RuntimeComponents);
    read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>, &RuntimeComponents);
    read_after_attempt(&FinalizerInterceptorContextRef<'_>, &RuntimeComponents);
    modify_before_completion(&mut FinalizerInterceptorContextMut<'_>, &RuntimeComponents);
    read_after_execution(&FinalizerInterceptorContextRef<'_>, &RuntimeComponents);
}
