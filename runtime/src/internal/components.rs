//! A client as the official traits see it: HTTP clients, interceptors and identity caches are handed one.

use crate::config::{ConfigBag, FrozenLayer, InterceptorContext, Layer, RuntimeComponents};
use crate::error::BoxError;
use crate::http::{HttpRequest, SharedHttpClient};
use crate::internal::credentials::CredentialsCache;
use crate::internal::endpoints::Scope;
use crate::internal::plan::Plan;
use crate::internal::signing;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;
use aws_types::SigningName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;
use std::sync::Arc;

const SIGV4: AuthSchemeId = AuthSchemeId::new("sigv4");

/// Puts the parts of a client together.
pub(super) fn build(
    plan: &Plan,
    http_client: Option<SharedHttpClient>,
) -> Result<RuntimeComponents, BoxError> {
    let mut builder = RuntimeComponents::builder("farrier");
    builder
        .set_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(vec![SIGV4])))
        .push_auth_scheme(SigV4)
        .set_endpoint_resolver(Some(plan.resolver().clone()))
        .set_http_client(http_client)
        .extend_interceptors(plan.settings.interceptors().iter().cloned())
        .extend_retry_classifiers(plan.settings.retry_classifiers().iter().cloned())
        .set_retry_strategy(Some(OwnLoop))
        .set_time_source(Some(plan.time.clone()))
        .set_sleep_impl(plan.sleep.clone());
    match plan.identities.users_cache() {
        Some(cache) => builder.set_identity_cache(Some(cache.clone())),
        None => builder.set_identity_cache(Some(OwnCache(plan.identities.cache().clone()))),
    };
    match plan.identities.resolver() {
        Some(resolver) => builder.set_identity_resolver(SIGV4, resolver.clone()),
        None => builder.set_identity_resolver(SIGV4, NoCredentials),
    };
    Ok(builder.build()?)
}

/// The settings as the official code looks them up.
pub(super) fn layer(plan: &Plan) -> FrozenLayer {
    let mut layer = Layer::new("farrier");
    layer.store_put(plan.retry.clone());
    layer.store_put(plan.timeouts.clone());
    layer.store_put(SigningName::from_static(plan.service.signing_name));
    if let Some(region) = plan.settings.region() {
        layer.store_put(region.clone());
        layer.store_put(SigningRegion::from(region.clone()));
    }
    if let Some(url) = plan.settings.endpoint_url() {
        layer.store_put(EndpointUrl(url.clone()));
    }
    if let Some(name) = plan.settings.app_name() {
        layer.store_put(name.clone());
    }
    if let Some(protection) = plan.settings.stalled_stream_protection() {
        layer.store_put(protection.clone());
    }
    let built_ins = plan.built_ins();
    layer.store_put(UseFips(built_ins.use_fips));
    layer.store_put(UseDualStack(built_ins.use_dual_stack));
    layer.freeze()
}

/// Signs as this crate does.
#[derive(Debug)]
struct SigV4;

impl AuthScheme for SigV4 {
    fn scheme_id(&self) -> AuthSchemeId {
        SIGV4
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(SIGV4)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for SigV4 {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<(), BoxError> {
        let name = bag
            .load::<SigningName>()
            .map(|name| name.as_ref().to_owned())
            .unwrap_or_default();
        let region = bag
            .load::<SigningRegion>()
            .map(|region| region.as_ref().to_owned());
        let scope = Scope::of(name, region, |key| endpoint.get(key))?;
        let time = components.time_source().unwrap_or_default().now();
        signing::sign_request(request, identity, &scope, time)
    }
}

/// Retrying is the business of the loop that calls interceptors, so what they can ask answers for no loop of theirs.
#[derive(Debug)]
struct OwnLoop;

impl RetryStrategy for OwnLoop {
    fn should_attempt_initial_request(
        &self,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::Yes)
    }

    fn should_attempt_retry(
        &self,
        _: &InterceptorContext,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::No)
    }
}

/// The client's cache for whoever asks through the official traits.
#[derive(Debug)]
struct OwnCache(Arc<CredentialsCache>);

impl ResolveCachedIdentity for OwnCache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move {
            match self
                .0
                .current(components.time_source().unwrap_or_default().now())
            {
                Some(identity) => Ok(identity),
                None => resolver.resolve_identity(components, bag).await,
            }
        })
    }
}

/// A client without a credentials provider.
#[derive(Debug)]
struct NoCredentials;

impl ResolveIdentity for NoCredentials {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err("the client has no credentials provider".into()))
    }
}
