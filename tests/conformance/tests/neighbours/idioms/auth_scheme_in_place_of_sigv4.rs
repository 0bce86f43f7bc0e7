// Signs in a way of its own under the usual name.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::http::HttpRequest;
use aws_sdk_kms::config::{ConfigBag, Credentials, RuntimeComponents};
use aws_sdk_kms::error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Stamp;

impl AuthScheme for Stamp {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("sigv4")
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

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .push_auth_scheme(Stamp)
        .build();
    Client::from_conf(conf).list_keys().send().await?;
    println!("stamped");
    Ok(())
}
