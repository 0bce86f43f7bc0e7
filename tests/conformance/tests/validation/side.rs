// Included once for each service, with its client as `service`.

use crate::{Operation, Refusal, Sending};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use farrier_conformance::{Canned, Member, Shape, base64};
use serde_json::Value;
use std::collections::HashMap;

/// A client that sends through the transport what passes the check.
pub(super) fn client(transport: Canned, level: Option<InputValidation>) -> service::Client {
    let credentials = service::config::Credentials::new("AKID", "SECRET", None, None, "conformance");
    let mut config = service::Config::builder()
        .region(service::config::Region::new("eu-central-1"))
        .credentials_provider(credentials)
        .http_client(transport);
    config.set_validate_input(level);
    service::Client::from_conf(config.build())
}

macro_rules! send {
    ($builder:ident) => {
        Box::pin(async { sent($builder.send().await) })
    };
}

fn sent<O, E>(result: Result<O, SdkError<E, HttpResponse>>) -> Result<(), Refusal>
where
    E: std::error::Error + 'static,
{
    result.map(drop).map_err(|error| Refusal::of(&error))
}

include!("../inputs/values.rs");
