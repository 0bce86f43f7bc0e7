// Asks one provider of credentials after the other.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_credential_types::Credentials;
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::Env;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let chain = CredentialsProviderChain::first_try(
        "empty",
        provide_credentials_fn(|| async {
            Err::<Credentials, _>(CredentialsError::not_loaded("nothing here"))
        }),
    )
    .or_else(
        "static",
        Credentials::from_keys("AKIDCHAIN", "secret", None),
    );
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[("AWS_REGION", "eu-north-1")]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .credentials_provider(chain)
        .load()
        .await;
    let client = Client::new(&loaded);
    client.list_keys().send().await?;
    println!("sent");
    Ok(())
}
