//! What interceptors can put in the place of the client's settings: limits in time, how a call is repeated, and what it is
//! signed for.

use crate::config::{ConfigBag, RetryConfig, StalledStreamProtectionConfig, TimeoutConfig};
use crate::error::BoxError;
use crate::internal::endpoints::{Scope, Target};
use crate::internal::plan::{Plan, stall_of};
use aws_smithy_types::retry::MergeRetryConfig;
use aws_smithy_types::timeout::MergeTimeoutConfig;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use std::borrow::Cow;
use std::time::Duration;

/// The client's settings, or what an interceptor has put in their place.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    pub(super) retry: &'a RetryConfig,
    pub(super) timeouts: &'a TimeoutConfig,
    /// How long a response body may stand still; `None` when it may for ever.
    pub(super) stall: Option<Duration>,
}

impl<'a> Limits<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            retry: &plan.retry,
            timeouts: &plan.timeouts,
            stall: plan.stall,
        }
    }

    /// As the bag has them.
    pub(super) fn from_bag(plan: &'a Plan, bag: &'a ConfigBag) -> Self {
        let mut limits = Self::new(plan);
        if let Some(retry) = bag.load::<RetryConfig>().filter(|it| **it != plan.retry) {
            limits.retry = retry;
        }
        let timeouts = bag.load::<TimeoutConfig>();
        if let Some(timeouts) = timeouts.filter(|it| **it != plan.timeouts) {
            limits.timeouts = timeouts;
        }
        if let Some(protection) = bag.load::<StalledStreamProtectionConfig>() {
            limits.stall = stall_of(protection);
        }
        limits
    }
}

/// Fills what an interceptor left open before the call began from the client's settings; later ones count as they are.
pub(super) fn complete(plan: &Plan, bag: &mut ConfigBag) {
    let timeouts = bag.load::<MergeTimeoutConfig>();
    if timeouts != plan.timeouts {
        bag.interceptor_state().store_put(timeouts);
    }
    let retry = bag.load::<MergeRetryConfig>();
    if retry != plan.retry {
        bag.interceptor_state().store_put(retry);
    }
}

/// How to sign for the target, where an interceptor may have put another name or region into the bag.
pub(super) fn scope<'t>(
    plan: &Plan,
    bag: &ConfigBag,
    target: &'t Target,
) -> Result<Cow<'t, Scope>, BoxError> {
    let name = bag.load::<SigningName>().map(AsRef::as_ref);
    let name = name.unwrap_or(plan.service.signing_name);
    let region = bag.load::<SigningRegion>().map(AsRef::as_ref);
    let own = plan.settings.region().map(AsRef::as_ref);
    if name == plan.service.signing_name && region == own {
        return Ok(Cow::Borrowed(&target.signing));
    }
    Scope::new(&target.endpoint, name, region).map(Cow::Owned)
}
