//! Passwords and secrets are sent, and seen nowhere else: not in Debug, not in errors, not in logs.

use crate::{PASSWORD, PROXY_KEY_ID, PROXY_SECRET, cloud_hsm, created, external, proxy_credential};
use farrier_kms::error::DisplayErrorContext;
use farrier_test_service::Fault;
use farrier_tests::Local;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span;

/// What must not be seen, the client's own key included.
fn check(shown: &str) {
    let own = farrier_test_service::Credentials::default();
    for secret in [
        PASSWORD,
        PROXY_SECRET,
        PROXY_KEY_ID,
        own.secret_access_key(),
    ] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

/// Checks the Debug text, in both forms, and that it is that of a value which has secrets.
fn check_debug(value: &dyn Debug) {
    check(&format!("{value:?}"));
    check(&format!("{value:#?}"));
}

#[tokio::test]
async fn inputs_and_builders_do_not_show_them() {
    let local = Local::start().await.unwrap();
    let client = local.client();
    let credential = proxy_credential(PROXY_SECRET);
    check_debug(&credential);
    assert!(format!("{credential:?}").contains("raw_secret_access_key"));
    let builder = farrier_kms::types::XksProxyAuthenticationCredentialType::builder();
    check_debug(
        &builder
            .access_key_id(PROXY_KEY_ID)
            .raw_secret_access_key(PROXY_SECRET),
    );

    let create = external(&client, "mine").key_store_password(PASSWORD);
    check_debug(&create);
    check_debug(create.as_input());
    let input = create.as_input().clone().build().unwrap();
    check_debug(&input);
    assert_eq!(input.key_store_password(), Some(PASSWORD));
    assert!(format!("{input:?}").contains("https://xks.example.com"));

    let update = client
        .update_custom_key_store()
        .key_store_password(PASSWORD)
        .xks_proxy_authentication_credential(credential);
    check_debug(&update);
    check_debug(update.as_input());
    check_debug(&update.as_input().clone().build().unwrap());
    check_debug(&update.customize());
    check_debug(&client);
    check_debug(client.config());
    check_debug(&local.config());
}

#[tokio::test]
async fn errors_do_not_show_them() {
    let local = Local::start().await.unwrap();
    let once = farrier_kms::config::retry::RetryConfig::disabled();
    let client = farrier_kms::Client::from_conf(local.config().retry_config(once).build());
    let refused = Fault::error(400, "ValidationException", "1 validation error detected");
    for fault in [
        refused,
        Fault::answer(500),
        Fault::drop_connection(),
        Fault::cut_answer(),
    ] {
        local.service().inject(fault);
        let error = external(&client, "mine")
            .key_store_password(PASSWORD)
            .send()
            .await
            .unwrap_err();
        check_debug(&error);
        check(&error.to_string());
        check(&DisplayErrorContext(&error).to_string());
        let error = farrier_kms::Error::from(error);
        check_debug(&error);
        check(&DisplayErrorContext(&error).to_string());
    }
    let half = farrier_kms::types::XksProxyAuthenticationCredentialType::builder()
        .raw_secret_access_key(PROXY_SECRET);
    let error = half.build().unwrap_err();
    check_debug(&error);
    assert!(error.to_string().contains("access_key_id"), "{error}");
}

#[tokio::test]
async fn logs_do_not_show_them() {
    // For all threads: were it for this one, a test on another thread that comes first to a place that logs would have
    // tracing note that nobody listens there.
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).unwrap();
    let local = Local::start().await.unwrap();
    let client = local.client();
    local
        .service()
        .inject(Fault::error(500, "KMSInternalException", "try again"));
    let id = created(cloud_hsm(&client, "mine")).await;
    created(external(&client, "other")).await;
    let update = client
        .update_custom_key_store()
        .custom_key_store_id(id)
        .key_store_password(PASSWORD);
    update.send().await.unwrap();
    let shown = log.0.lock().unwrap().clone();
    assert!(shown.contains("CreateCustomKeyStore"), "{shown}");
    check(&shown);
}

/// Keeps everything that is logged, at every level.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = writeln!(self.0.lock().unwrap(), "{field}: {value:?}");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
