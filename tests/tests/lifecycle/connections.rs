//! Connections and credentials: one connection for many calls, what happens when it is gone, whose signature is taken.

use crate::{created, external};
use farrier_kms::config::{Credentials, Region, SharedCredentialsProvider};
use farrier_kms::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use farrier_kms::operation::RequestId;
use farrier_kms::{Client, Config};
use farrier_runtime::config::SdkConfig;
use farrier_test_service::{Clock, Credentials as Accepted, Fault};
use farrier_tests::Local;
use std::time::{Duration, SystemTime};

async fn describe(client: &Client) {
    client.describe_custom_key_stores().send().await.unwrap();
}

#[tokio::test]
async fn many_calls_need_one_connection() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    for number in 0..5 {
        created(external(&client, &format!("store{number}"))).await;
        describe(&client.clone()).await;
    }
    let missing = client
        .delete_custom_key_store()
        .custom_key_store_id("cks-0")
        .send()
        .await;
    assert!(missing.is_err());
    describe(&client).await;
    assert_eq!(local.service().requests().len(), 12);
    assert_eq!(local.service().connections(), 1);
}

#[tokio::test]
async fn calls_at_the_same_time_do_not_wait_for_each_other() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    local
        .service()
        .inject(Fault::delay_answer(Duration::from_millis(500)).times(8));
    let before = std::time::Instant::now();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let call = client.describe_custom_key_stores();
            tokio::spawn(async move { call.send().await.is_ok() })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert!(
        before.elapsed() < Duration::from_millis(3500),
        "{:?}",
        before.elapsed()
    );
    assert!(local.service().connections() <= 8);
}

#[tokio::test]
async fn a_connection_that_the_service_closed_is_replaced() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    describe(&client).await;
    local.service().close_connections();
    describe(&client).await;
    local
        .service()
        .inject(Fault::serve().header("connection", "close"));
    describe(&client).await;
    describe(&client).await;
    assert_eq!(local.service().connections(), 3);
}

#[tokio::test]
async fn a_signature_with_the_wrong_secret_is_an_error_with_a_code() {
    let local = Local::start().await.unwrap();
    let wrong = Credentials::new(
        local.service().credentials().access_key_id(),
        "wrong",
        None,
        None,
        "test",
    );
    let client = Client::from_conf(local.config().credentials_provider(wrong).build());
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert!(error.request_id().is_some());
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("signature")),
        "{error:?}"
    );
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("InvalidSignatureException"), "{text}");
    assert_eq!(local.service().requests().len(), 1);
}

#[tokio::test]
async fn an_unknown_key_and_another_region_are_refused_too() {
    let local = Local::start().await.unwrap();
    let unknown = Credentials::new("AKIDUNKNOWN", "secret", None, None, "test");
    let client = Client::from_conf(local.config().credentials_provider(unknown).build());
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("UnrecognizedClientException"));
    let client = Client::from_conf(local.config().region(Region::new("eu-west-1")).build());
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("InvalidSignatureException"));
}

#[tokio::test]
async fn temporary_credentials_bring_their_token() {
    let accepted = Accepted::new("ASIAEXAMPLE", "temporary").session_token("a token/with+signs==");
    let local = Local::start_with(|service| service.credentials(accepted))
        .await
        .unwrap();
    describe(&local.client()).await;
    let without = Credentials::new("ASIAEXAMPLE", "temporary", None, None, "test");
    let client = Client::from_conf(local.config().credentials_provider(without).build());
    assert!(client.describe_custom_key_stores().send().await.is_err());
}

#[tokio::test]
async fn the_configuration_that_an_application_shares_makes_a_client() {
    let local = Local::start().await.unwrap();
    let accepted = local.service().credentials();
    let (id, secret) = (accepted.access_key_id(), accepted.secret_access_key());
    let credentials = Credentials::new(id, secret, None, None, "test");
    let shared = SdkConfig::builder()
        .endpoint_url(local.service().endpoint_url())
        .region(Region::new(local.service().region().to_owned()))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    describe(&Client::new(&shared)).await;
    let own = farrier_kms::config::Builder::from(&shared).region(Region::new("eu-west-1"));
    let elsewhere = Client::from_conf(own.build());
    let error = elsewhere.describe_custom_key_stores().send().await;
    assert_eq!(error.unwrap_err().code(), Some("InvalidSignatureException"));
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let local = Local::start().await.unwrap();
    let config = Config::builder()
        .endpoint_url(local.service().endpoint_url())
        .region(Region::new("us-east-1"));
    let client = Client::from_conf(config.build());
    let error = client
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    assert!(error.raw_response().is_none());
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("credentials"), "{text}");
    assert_eq!(local.service().requests().len(), 0);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_put_right_by_the_service() {
    let ahead = Clock::running_from(SystemTime::now() + Duration::from_secs(3600));
    let local = Local::start_with(|service| service.clock(ahead))
        .await
        .unwrap();
    let client = local.client();
    describe(&client).await;
    let refused: Vec<_> = local
        .service()
        .take_requests()
        .into_iter()
        .map(|request| request.refused)
        .collect();
    assert_eq!(refused.len(), 2);
    assert!(refused[0].is_some() && refused[1].is_none(), "{refused:?}");
    // What was learnt is kept.
    describe(&client).await;
    assert_eq!(local.service().requests().len(), 1);
}

#[tokio::test]
async fn an_endpoint_where_nobody_listens_is_a_dispatch_failure() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let once = farrier_kms::config::retry::RetryConfig::disabled();
    let nowhere = Client::from_conf(
        local
            .config()
            .endpoint_url("http://127.0.0.1:1")
            .retry_config(once)
            .build(),
    );
    let error = nowhere
        .describe_custom_key_stores()
        .send()
        .await
        .unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_io(), "{failure:?}");
    describe(&client).await;
}
