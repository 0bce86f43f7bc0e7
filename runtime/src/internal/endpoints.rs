//! An endpoint made ready for use: its address, its headers, and how to sign for it.

use crate::endpoint::{Endpoint, EndpointResolverParams, ResolveEndpoint};
use crate::error::BoxError;
use crate::http::{HttpRequest, SdkBody};
use crate::internal::headers;
use crate::internal::plan::Plan;
use crate::primitives::Document;
use aws_credential_types::attributes::AccountId;
use aws_sigv4::http_request::{PercentEncodingMode, UriPathNormalizationMode};
use aws_smithy_runtime_api::client::identity::Identity;
use std::sync::Arc;

/// Where a call goes.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    /// A request to the endpoint, with all headers but those of one call.
    pub(super) template: HttpRequest,
    pub(super) signing: Scope,
}

/// How to sign for an endpoint.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) name: String,
    pub(super) region: Option<String>,
    pub(super) encoding: PercentEncodingMode,
    pub(super) normalization: UriPathNormalizationMode,
    /// Whether the endpoint names ways to sign, and this is none of them.
    pub(super) is_foreign: bool,
}

impl Target {
    /// Checks what the resolver gave and makes it ready.
    pub(super) fn new(endpoint: Endpoint, plan: &Plan) -> Result<Self, BoxError> {
        let region = plan.settings.region().map(AsRef::as_ref);
        let signing = Scope::new(&endpoint, plan.service.signing_name, region)?;
        let mut target = Self {
            endpoint,
            template: HttpRequest::new(SdkBody::empty()),
            signing,
        };
        let mut template = HttpRequest::new(SdkBody::empty());
        template.set_method("POST")?;
        target.apply(&mut template, plan)?;
        target.template = template;
        Ok(target)
    }

    /// Directs a request to the endpoint, and puts the headers that all requests to it have.
    pub(super) fn apply(&self, request: &mut HttpRequest, plan: &Plan) -> Result<(), BoxError> {
        let url = self.endpoint.url();
        request.uri_mut().set_endpoint(url).map_err(|error| {
            format!("the endpoint `{url}` is not an address that can be called: {error}")
        })?;
        let headers = request.headers_mut();
        headers::put_constant(headers, plan);
        for (name, values) in self.endpoint.headers() {
            headers.remove(name);
            for value in values {
                headers.try_append(name.to_owned(), value.to_owned())?;
            }
        }
        Ok(())
    }

    /// Asks a resolver.
    pub(super) async fn from_resolver(
        resolver: &impl ResolveEndpoint,
        params: &mut EndpointResolverParams,
        identity: Option<&Identity>,
        plan: &Plan,
    ) -> Result<Arc<Self>, BoxError> {
        if let Some(identity) = identity {
            params.set_property(identity.clone());
        }
        resolver.finalize_params(params)?;
        let endpoint = resolver.resolve_endpoint(params).await?;
        plan.check_endpoint(&endpoint)?;
        // Most calls go where the one before went, and making a target ready costs more than to see that.
        if let Some(last) = plan.last_target().filter(|last| last.endpoint == endpoint) {
            return Ok(last);
        }
        let target = Arc::new(Self::new(endpoint, plan)?);
        plan.keep_target(&target);
        Ok(target)
    }
}

impl Scope {
    /// With this name and region, unless the endpoint says others.
    pub(super) fn new(
        endpoint: &Endpoint,
        name: &str,
        region: Option<&str>,
    ) -> Result<Self, BoxError> {
        let typed = endpoint
            .auth_schemes()
            .iter()
            .find(|scheme| scheme.name() == "sigv4");
        let schemes = endpoint.properties().get("authSchemes");
        let untyped = schemes.and_then(sigv4_of);
        let given = schemes.is_some() || !endpoint.auth_schemes().is_empty();
        let region = region.map(String::from);
        let scope = Self::of(name.to_owned(), region, |key| {
            typed
                .and_then(|scheme| scheme.get(key))
                .or_else(|| untyped?.get(key))
        })?;
        // Other ways of signing can be the user's own, so that this counts only where we sign.
        let is_foreign = given && typed.is_none() && untyped.is_none();
        Ok(Self {
            is_foreign,
            ..scope
        })
    }

    /// A scope in which the properties of an endpoint's auth scheme go before the client's.
    pub(super) fn of<'a>(
        name: String,
        region: Option<String>,
        get: impl Fn(&str) -> Option<&'a Document>,
    ) -> Result<Self, BoxError> {
        let mut scope = Self {
            name,
            region,
            encoding: PercentEncodingMode::Double,
            normalization: UriPathNormalizationMode::Enabled,
            is_foreign: false,
        };
        if let Some(name) = text(get("signingName"), "signingName")? {
            scope.name = name;
        }
        if let Some(region) = text(get("signingRegion"), "signingRegion")? {
            scope.region = Some(region);
        }
        if flag(get("disableDoubleEncoding"), "disableDoubleEncoding")? {
            scope.encoding = PercentEncodingMode::Single;
        }
        if flag(get("disableNormalizePath"), "disableNormalizePath")? {
            scope.normalization = UriPathNormalizationMode::Disabled;
        }
        Ok(scope)
    }
}

/// The entry for SigV4 in an `authSchemes` property.
fn sigv4_of(schemes: &Document) -> Option<&std::collections::HashMap<String, Document>> {
    schemes
        .as_array()?
        .iter()
        .filter_map(Document::as_object)
        .find(|scheme| scheme.get("name").and_then(Document::as_string) == Some("sigv4"))
}

fn text(value: Option<&Document>, name: &str) -> Result<Option<String>, BoxError> {
    match value {
        Some(Document::String(text)) => Ok(Some(text.clone())),
        None => Ok(None),
        Some(_) => Err(format!("`{name}` in the endpoint's `authSchemes` is not a string").into()),
    }
}

fn flag(value: Option<&Document>, name: &str) -> Result<bool, BoxError> {
    match value {
        Some(Document::Bool(flag)) => Ok(*flag),
        None => Ok(false),
        Some(_) => Err(format!("`{name}` in the endpoint's `authSchemes` is not a boolean").into()),
    }
}

/// The account of the credentials that a call is signed with, where they say it: what the rules know as
/// `AWS::Auth::AccountId`.
pub fn account_id(params: &EndpointResolverParams) -> Option<String> {
    let account = params.get_property::<Identity>()?.property::<AccountId>()?;
    Some(account.as_str().to_owned())
}

/// The value of a member of the input on which the endpoint depends, so that nothing can be sent without it.
///
/// # Errors
///
/// It is missing, empty, or nothing but white space.
pub fn required_by_endpoint(name: &str, value: Option<&str>) -> Result<String, BoxError> {
    match value {
        Some(value) if !value.trim().is_empty() => Ok(value.to_owned()),
        _ => Err(format!(
            "`{name}` is missing or blank, and the endpoint of the call depends on it: set it"
        )
        .into()),
    }
}
