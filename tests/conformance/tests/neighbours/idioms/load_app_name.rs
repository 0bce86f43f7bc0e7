// Names the application to the service.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::AppName;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_types::os_shim_internal::Env;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token"),
            ("AWS_REGION", "eu-north-1"),
            ("AWS_SDK_UA_APP_ID", "from-environment"),
        ]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .app_name(AppName::new("from-code")?)
        .load()
        .await;
    let client = Client::new(&loaded);
    client
        .list_keys()
        .customize()
        .interceptor(crate::run::Agent("app/from-code"))
        .send()
        .await?;
    println!("{:?}", client.config().app_name());
    Ok(())
}
