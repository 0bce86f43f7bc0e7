//! Signing by schemes that the user brings, or in an order that the user's resolver gives.

use crate::config::{ConfigBag, FrozenLayer, RuntimeComponents};
use crate::endpoint::Endpoint;
use crate::error::BoxError;
use crate::http::HttpRequest;
use crate::primitives::Document;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOption,
    AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture, AuthSchemePreference,
    ResolveAuthSchemeOptions, SharedAuthScheme, Sign,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveCachedIdentity, ResolveIdentity,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;

/// The id of [AWS Signature Version 4](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait).
pub(super) const SIGV4: AuthSchemeId = AuthSchemeId::new("sigv4");
/// The id under which requests are sent as they are.
pub(super) const NO_AUTH: AuthSchemeId = AuthSchemeId::new("noAuth");

/// What a resolver answers that got the parameters of another service.
pub fn auth_params_of_another_service<'a>() -> AuthSchemeOptionsFuture<'a> {
    AuthSchemeOptionsFuture::ready(Err(
        "the parameters are not those of this service's auth scheme resolver".into(),
    ))
}

/// How a call is to be signed.
pub(super) struct Chosen {
    scheme: SharedAuthScheme,
    pub(super) identity: Identity,
}

/// Goes through the schemes that the resolver names, in its order, to the first that is registered and has an identity.
///
/// # Errors
///
/// None of them can be used, or the identity cannot be had.
pub(super) async fn choose(
    components: &RuntimeComponents,
    bag: &mut ConfigBag,
    params: AuthSchemeOptionResolverParams,
    may_be_unsigned: bool,
) -> Result<Chosen, BoxError> {
    let mut options = components
        .auth_scheme_option_resolver()
        .resolve_auth_scheme_options_v2(&params, bag, components)
        .await?;
    if may_be_unsigned {
        options.push(NO_AUTH.into());
    }
    if let Some(preference) = bag.load::<AuthSchemePreference>() {
        prefer(&mut options, preference.clone());
    }
    let mut passed_over = String::new();
    for option in options {
        let id = option.scheme_id();
        let Some(scheme) = components.auth_scheme(id) else {
            passed_over.push_str(&format!(" `{}` is not registered;", id.inner()));
            continue;
        };
        let Some(resolver) = scheme.identity_resolver(components) else {
            passed_over.push_str(&format!(" `{}` has no identity;", id.inner()));
            continue;
        };
        if let Some(properties) = option.properties() {
            bag.push_shared_layer(properties);
        }
        let identity = identity(resolver, components, bag).await?;
        if let Some(layer) = identity.property::<FrozenLayer>().cloned() {
            bag.push_shared_layer(layer);
        }
        return Ok(Chosen { scheme, identity });
    }
    Err(format!(
        "no auth scheme can sign the request:{} set `credentials_provider`, or `push_auth_scheme`",
        if passed_over.is_empty() {
            " the resolver names none;"
        } else {
            &passed_over
        }
    )
    .into())
}

async fn identity(
    resolver: SharedIdentityResolver,
    components: &RuntimeComponents,
    bag: &ConfigBag,
) -> Result<Identity, BoxError> {
    // Some resolvers keep their identities themselves.
    if resolver.cache_location() == IdentityCacheLocation::RuntimeComponents {
        components
            .identity_cache()
            .resolve_cached_identity(resolver, components, bag)
            .await
    } else {
        resolver.resolve_identity(components, bag).await
    }
}

/// Puts the schemes that are preferred in front, in the order of the preference.
fn prefer(options: &mut [AuthSchemeOption], preference: AuthSchemePreference) {
    let preference: Vec<_> = preference.into_iter().collect();
    options.sort_by_key(|option| {
        preference
            .iter()
            .position(|id| id == option.scheme_id())
            .unwrap_or(preference.len())
    });
}

impl Chosen {
    pub(super) fn sign(
        &self,
        request: &mut HttpRequest,
        endpoint: &Endpoint,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<(), BoxError> {
        let id = self.scheme.scheme_id();
        let config = endpoint_config(endpoint, &id).ok_or_else(|| {
            format!(
                "the endpoint lists auth schemes, and `{}` is not among them",
                id.inner()
            )
        })?;
        self.scheme
            .signer()
            .sign_http_request(request, &self.identity, config, components, bag)
    }
}

/// What an endpoint says about a scheme; `None` when it lists others only.
fn endpoint_config<'a>(
    endpoint: &'a Endpoint,
    id: &AuthSchemeId,
) -> Option<AuthSchemeEndpointConfig<'a>> {
    if *id == NO_AUTH {
        return Some(AuthSchemeEndpointConfig::empty());
    }
    let typed = endpoint.auth_schemes();
    if !typed.is_empty() {
        let scheme = typed.iter().find(|scheme| scheme.name() == id.inner())?;
        return Some(AuthSchemeEndpointConfig::from_typed(scheme));
    }
    let Some(Document::Array(schemes)) = endpoint.properties().get("authSchemes") else {
        return Some(AuthSchemeEndpointConfig::empty());
    };
    let named = |scheme: &&Document| {
        let name = scheme.as_object().and_then(|scheme| scheme.get("name"));
        name.and_then(Document::as_string) == Some(id.inner())
    };
    schemes
        .iter()
        .find(named)
        .map(AuthSchemeEndpointConfig::from)
}

/// Leaves requests as they are.
#[derive(Debug)]
pub(super) struct NoAuth;

impl AuthScheme for NoAuth {
    fn scheme_id(&self) -> AuthSchemeId {
        NO_AUTH
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(NO_AUTH)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for NoAuth {
    fn sign_http_request(
        &self,
        _: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        Ok(())
    }
}

/// Nobody in particular.
impl ResolveIdentity for NoAuth {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(Identity::new((), None)))
    }
}
