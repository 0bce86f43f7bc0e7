// Prefers some kinds of signature, those among them that the service does not take.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let preference = [AuthSchemeId::new("sigv4a"), AuthSchemeId::new("sigv4")];
    let conf = aws_sdk_kms::config::Builder::from(config)
        .auth_scheme_preference(preference)
        .build();
    println!("{:?}", conf.auth_scheme_preference());
    Client::from_conf(conf).list_keys().send().await?;
    let mut builder = aws_sdk_kms::config::Builder::from(config);
    builder.set_auth_scheme_preference(Some(AuthSchemePreference::from([AuthSchemeId::new(
        "httpBearerAuth",
    )])));
    Client::from_conf(builder.build())
        .list_keys()
        .send()
        .await?;
    Ok(())
}
