// Decides in place that a client without credentials sends unsigned requests.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::auth::{Params, ResolveAuthScheme};
use aws_sdk_kms::config::{BehaviorVersion, Config, ConfigBag, Region, RuntimeComponents};
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture,
};

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Unsigned;

impl ResolveAuthScheme for Unsigned {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        println!("asked for {}", params.operation_name());
        let unsigned = AuthSchemeOption::from(AuthSchemeId::new("noAuth"));
        AuthSchemeOptionsFuture::ready(Ok(vec![unsigned]))
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    for resolves in [false, true] {
        let mut builder = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .http_client(config.http_client().ok_or("a transport")?);
        builder.set_allow_no_auth();
        if resolves {
            builder.set_auth_scheme_resolver(Unsigned);
        }
        Client::from_conf(builder.build())
            .list_keys()
            .send()
            .await?;
        println!("sent");
    }
    Ok(())
}
