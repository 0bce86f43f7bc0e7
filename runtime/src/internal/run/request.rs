//! The request of an attempt: whose it is, where it goes, and how it is signed.

use super::{Letter, Run, lock, millis};
use crate::endpoint::EndpointResolverParams;
use crate::error::BoxError;
use crate::http::{HttpRequest, SdkBody};
use crate::internal::address;
use crate::internal::call::Call;
use crate::internal::discovery::{self, When};
use crate::internal::endpoints::Target;
use crate::internal::handle::shifted;
use crate::internal::limits::Limits;
use crate::internal::payload::Payload;
use crate::internal::{Address, Auth, headers, signing};
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

impl Run<'_> {
    /// The body as it is sent.
    pub(in crate::internal) fn payload(&self, body: Bytes) -> Result<Payload, BoxError> {
        Payload::new(body, self.demands, &self.plan.settings)
    }

    /// Whether the user has a say in how the call is signed; where the model leaves it unsigned, only a resolver has.
    pub(in crate::internal) fn signed_by_user(&self) -> bool {
        let settings = &self.plan.settings;
        settings.auth_scheme_resolver().is_some()
            || self.demands.auth != Auth::Unsigned && self.plan.signed_by_user()
    }

    /// Whether the call is sent unsigned when nothing can sign it.
    pub(in crate::internal) fn may_be_unsigned(&self) -> bool {
        let settings = &self.plan.settings;
        settings.allow_no_auth()
            || self.demands.auth == Auth::Optional && settings.auth_scheme_resolver().is_none()
    }

    /// The credentials to sign with; `None` when the call is to be sent unsigned.
    pub(in crate::internal) async fn identity(&self) -> Result<Option<Identity>, BoxError> {
        match self.demands.auth {
            Auth::Unsigned => Ok(None),
            Auth::Optional if self.plan.identities.resolver().is_none() => Ok(None),
            Auth::Signed | Auth::Optional => {
                self.plan.identities.resolve(self.plan, self.shared).await
            }
        }
    }

    /// What the endpoint of this call depends on; nothing where all calls have the same.
    pub(in crate::internal) fn endpoint_params(
        &self,
        call: &(dyn Call + Send),
    ) -> Result<Option<EndpointResolverParams>, BoxError> {
        if self.plan.has_one_target() {
            return Ok(None);
        }
        let mut params = (self.plan.service.endpoint_params)(&self.plan.built_ins())?;
        call.endpoint_params(&mut params)?;
        Ok(Some(params))
    }

    pub(in crate::internal) async fn target(
        &self,
        params: Option<&mut EndpointResolverParams>,
        identity: Option<&Identity>,
    ) -> Result<Arc<Target>, BoxError> {
        match params {
            None => self.plan.target().await,
            Some(params) => {
                Target::from_resolver(self.plan.resolver(), params, identity, self.plan).await
            }
        }
    }

    /// Directs a request that was made for the target, as the input or the service says.
    pub(in crate::internal) async fn direct(
        &self,
        request: &mut HttpRequest,
        address: &Address,
        identity: Option<&Identity>,
    ) -> Result<(), BoxError> {
        let Address::Discovered(wanted) = address else {
            return address.apply(request);
        };
        let called = discovery::find(self, wanted, identity, When::Due).await?;
        if let Some(called) = &called {
            address::place(request, called.url(), "that the service named")?;
        }
        *lock(&self.called) = called;
        Ok(())
    }

    /// The time in the service's clock, as far as it is known, for the signature of a request that is about to be sent.
    pub(in crate::internal) fn signing_time(&self) -> SystemTime {
        let now = self.plan.time.now();
        self.sent.store(millis(now), Ordering::Relaxed);
        shifted(now, self.skew.load(Ordering::Relaxed))
    }

    pub(in crate::internal) fn put_attempt(&self, request: &mut HttpRequest, limits: &Limits<'_>) {
        let attempt = self.attempt.load(Ordering::Relaxed);
        let read = limits.timeouts.read_timeout().filter(|_| attempt > 1);
        let end = read.and_then(|read| {
            let now = shifted(self.plan.time.now(), self.skew.load(Ordering::Relaxed));
            now.checked_add(read)
        });
        let attempt = (attempt, limits.retry.max_attempts());
        headers::put_attempt(request, &self.invocation, attempt, end);
    }

    /// Everything before the request is sent.
    pub(super) async fn request(
        &self,
        letter: &Letter,
        params: Option<&mut EndpointResolverParams>,
        limits: &Limits<'_>,
    ) -> Result<HttpRequest, BoxError> {
        let identity = self.identity().await?;
        let target = self.target(params, identity.as_ref()).await?;
        let mut request = target
            .template
            .try_clone()
            .ok_or("the request cannot be copied")?;
        if let Some(address) = &letter.address {
            self.direct(&mut request, address, identity.as_ref())
                .await?;
        }
        *request.body_mut() = SdkBody::from(letter.payload.bytes.clone());
        headers::put_call(&mut request, self.operation, &letter.payload);
        headers::put_trace_id(&mut request);
        if let Some(identity) = &identity {
            signing::sign_request(&mut request, identity, &target.signing, self.signing_time())?;
        }
        self.put_attempt(&mut request, limits);
        Ok(request)
    }
}
