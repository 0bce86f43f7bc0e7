//! A client as the official traits see it: HTTP clients, interceptors and identity caches are handed one.

use crate::config::{
    ConfigBag, FrozenLayer, IdentityCache, InterceptorContext, Layer, RetryConfig,
    RuntimeComponents, SharedIdentityCache, TimeoutConfig,
};
use crate::error::BoxError;
use crate::http::{HttpRequest, SharedHttpClient};
use crate::internal::auth::{NO_AUTH, NoAuth, SIGV4};
use crate::internal::credentials::{CredentialsCache, Load, Renewal, Source, load_timeout};
use crate::internal::endpoints::Scope;
use crate::internal::handle::{ClockSkew, shifted};
use crate::internal::plan::Plan;
use crate::internal::signing;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, SharedAuthSchemeOptionResolver, Sign,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;
use aws_types::SigningName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;
use std::sync::Arc;

/// Puts the parts of a client together.
pub(super) fn build(
    plan: &Plan,
    http_client: Option<SharedHttpClient>,
    skew: &ClockSkew,
) -> Result<RuntimeComponents, BoxError> {
    let mut builder = RuntimeComponents::builder("farrier");
    builder
        .set_auth_scheme_option_resolver(Some(auth_scheme_resolver(plan)))
        .push_auth_scheme(SigV4(skew.clone()))
        .push_auth_scheme(NoAuth)
        .set_identity_resolver(NO_AUTH, NoAuth)
        .set_endpoint_resolver(Some(plan.resolver().clone()))
        .set_http_client(http_client)
        .extend_interceptors(plan.settings.interceptors().iter().cloned())
        .extend_retry_classifiers(plan.settings.retry_classifiers().iter().cloned())
        .set_retry_strategy(Some(OwnLoop))
        .set_time_source(Some(plan.time.clone()))
        .set_sleep_impl(plan.sleep.clone());
    match plan.identities.users_cache() {
        Some(cache) => builder.set_identity_cache(Some(cache.clone())),
        None => builder.set_identity_cache(Some(OwnCache::new(plan, skew.clone()))),
    };
    if let Some(resolver) = plan.identities.resolver() {
        builder.set_identity_resolver(SIGV4, resolver.clone());
    }
    // Last, as one of the user's goes before ours of the same id.
    for scheme in plan.settings.auth_schemes() {
        builder.push_auth_scheme(scheme.clone());
    }
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
    if let Some(preference) = plan.settings.auth_scheme_preference() {
        layer.store_put(preference.clone());
    }
    if let Some(protection) = plan.settings.stalled_stream_protection() {
        layer.store_put(protection.clone());
    }
    let built_ins = plan.built_ins();
    layer.store_put(UseFips(built_ins.use_fips));
    layer.store_put(UseDualStack(built_ins.use_dual_stack));
    layer.freeze()
}

fn auth_scheme_resolver(plan: &Plan) -> SharedAuthSchemeOptionResolver {
    match plan.settings.auth_scheme_resolver() {
        Some(resolver) => resolver.clone(),
        None => {
            SharedAuthSchemeOptionResolver::new(StaticAuthSchemeOptionResolver::new(vec![SIGV4]))
        }
    }
}

/// Signs as this crate does, by the service's clock.
#[derive(Debug)]
struct SigV4(ClockSkew);

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
        let time = shifted(time, self.0.millis());
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

/// The client's cache for whoever asks through the official traits, and one beside it for identities that are no credentials
/// of the client's.
#[derive(Debug)]
struct OwnCache {
    cache: Arc<CredentialsCache>,
    partition: Option<IdentityCachePartition>,
    skew: ClockSkew,
    others: SharedIdentityCache,
}

impl OwnCache {
    fn new(plan: &Plan, skew: ClockSkew) -> Self {
        let resolver = plan.identities.resolver();
        Self {
            cache: plan.identities.cache().clone(),
            partition: resolver.map(SharedIdentityResolver::cache_partition),
            skew,
            others: IdentityCache::lazy().build(),
        }
    }

    async fn own(
        &self,
        resolver: &SharedIdentityResolver,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<Identity, BoxError> {
        let limit = match (bag.load::<RetryConfig>(), bag.load::<TimeoutConfig>()) {
            (Some(retry), Some(timeouts)) => load_timeout(retry, timeouts),
            _ => load_timeout(&RetryConfig::standard(), &TimeoutConfig::disabled()),
        };
        let sleep = components.sleep_impl();
        let load = Load {
            source: Source::Resolver(resolver, components, bag),
            time: &components.time_source().unwrap_or_default(),
            skew: self.skew.millis(),
            sleep: sleep.as_ref(),
            limit,
            renewal: Renewal::default(),
        };
        self.cache.resolve(&load).await
    }
}

impl ResolveCachedIdentity for OwnCache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        if self.partition != Some(resolver.cache_partition()) {
            return self
                .others
                .resolve_cached_identity(resolver, components, bag);
        }
        IdentityFuture::new(async move { self.own(&resolver, components, bag).await })
    }
}
