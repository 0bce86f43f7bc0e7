// Included once for each service, with its client as `service`.

use crate::Way;
use crate::nosy::Nosy;
use crate::planted::SECRET;
use crate::shown::{Operation, Sending, Shown};
use farrier_conformance::{Member, Shape, base64};
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;

/// A client that goes this way.
pub(super) fn client(url: &str, way: Way) -> service::Client {
    let credentials = service::config::Credentials::new(
        "AKIAIOSFODNN7EXAMPLE",
        format!("{SECRET}access-key"),
        Some(format!("{SECRET}token")),
        None,
        "conformance",
    );
    let retries = service::config::retry::RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_micros(1));
    let mut config = service::Config::builder()
        .region(service::config::Region::new("eu-central-1"))
        .credentials_provider(credentials)
        .retry_config(retries)
        .endpoint_url(match way {
            Way::Plain | Way::Hooked => url.to_owned(),
            Way::WithPath => format!("{url}/some/path"),
        });
    if let Way::Hooked = way {
        config = config.interceptor(Nosy);
    }
    service::Client::from_conf(config.build())
}

/// Sends what a builder holds, and keeps what all that is on the way shows.
macro_rules! send {
    ($builder:ident) => {
        Box::pin(async {
            let mut shown = Shown::default();
            shown.add("the builder of a call", &$builder);
            shown.add("the builder of an input", $builder.as_input());
            shown.add("an input", &$builder.as_input().clone().build());
            shown.add("a call that is customized", &$builder.clone().customize());
            match $builder.send().await {
                Ok(output) => shown.add("an output", &output),
                Err(error) => failed(&mut shown, error),
            }
            shown
        })
    };
}

/// Keeps what an error shows in each of its forms.
fn failed<E>(
    shown: &mut Shown,
    error: service::error::SdkError<E, service::config::http::HttpResponse>,
) where
    E: std::error::Error + Send + Sync + 'static,
    service::Error: From<service::error::SdkError<E, service::config::http::HttpResponse>>,
{
    let told = |shown: &mut Shown, error: &(dyn std::error::Error + 'static)| {
        shown.add_other("an error", &error);
        shown.add_text("an error", error.to_string());
        let context = service::error::DisplayErrorContext(error);
        shown.add_text("the context of an error", context.to_string());
    };
    told(shown, &error);
    shown.add_other("the answer of an error", &error.raw_response());
    told(shown, &service::Error::from(error));
}

include!("../inputs/values.rs");
