// Decides by operation whether a call is signed.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::auth::{Params, ResolveAuthScheme};
use aws_sdk_kms::config::{ConfigBag, RuntimeComponents};
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture,
};

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct ByOperation;

impl ResolveAuthScheme for ByOperation {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        println!("asked for {}", params.operation_name());
        let id = if params.operation_name() == "ListKeys" {
            "noAuth"
        } else {
            "sigv4"
        };
        AuthSchemeOptionsFuture::ready(Ok(vec![AuthSchemeOption::from(AuthSchemeId::new(id))]))
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let conf = aws_sdk_kms::config::Builder::from(config)
        .auth_scheme_resolver(ByOperation)
        .build();
    let client = Client::from_conf(conf);
    client.list_keys().send().await?;
    client.list_aliases().send().await?;
    println!("{}", client.config().auth_scheme_resolver().is_some());
    Ok(())
}
