// Signs in a way of its own.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::auth::{Params, ResolveAuthScheme};
use aws_sdk_kms::config::http::HttpRequest;
use aws_sdk_kms::config::{ConfigBag, Credentials, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::auth::{AuthSchemeOption, AuthSchemeOptionsFuture};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Stamp;

impl AuthScheme for Stamp {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("stamp")
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(AuthSchemeId::new("sigv4"))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Stamp {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        let credentials = identity.data::<Credentials>().ok_or("other credentials")?;
        request
            .headers_mut()
            .insert("x-stamp", credentials.access_key_id().to_owned());
        Ok(())
    }
}

#[derive(Debug)]
struct Only;

impl ResolveAuthScheme for Only {
    fn resolve_auth_scheme<'a>(
        &'a self,
        _: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let ids = ["unknown", "stamp"].map(|id| AuthSchemeOption::from(AuthSchemeId::new(id)));
        AuthSchemeOptionsFuture::ready(Ok(ids.into()))
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .push_auth_scheme(Stamp)
        .auth_scheme_resolver(Only)
        .build();
    let client = Client::from_conf(conf);
    client.list_keys().send().await?;
    println!("{}", client.config().auth_schemes().count());
    Ok(())
}
