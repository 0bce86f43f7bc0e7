// Interceptors set limits that the transport is to keep: what it is told with each attempt.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::http::HttpRequest;
use aws_sdk_kms::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_kms::error::{BoxError, ConnectorError};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub(crate) const ANSWERS: &[Answer] = &[];

#[derive(Debug)]
struct Printing;

impl HttpClient for Printing {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Limited(settings.clone()))
    }
}

#[derive(Debug)]
struct Limited(HttpConnectorSettings);

impl HttpConnector for Limited {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        println!(
            "connect {:?} read {:?}",
            self.0.connect_timeout(),
            self.0.read_timeout()
        );
        let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        HttpConnectorFuture::ready(Err(ConnectorError::io(error.into())))
    }
}

#[derive(Debug, Default)]
struct Stricter(AtomicU64);

impl Intercept for Stricter {
    fn name(&self) -> &'static str {
        "Stricter"
    }

    fn modify_before_transmit(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let attempt = self.0.fetch_add(1, Ordering::Relaxed);
        if attempt > 0 {
            let limits = TimeoutConfig::builder().read_timeout(Duration::from_secs(10 - attempt));
            bag.interceptor_state().store_put(limits.build());
        }
        Ok(())
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::from_conf(
        aws_sdk_kms::config::Builder::from(config)
            .http_client(Printing)
            .interceptor(Stricter::default())
            .build(),
    );
    let error = client.list_keys().send().await.expect_err("broken");
    println!("{}", crate::run::kind(&error));
    Ok(())
}
