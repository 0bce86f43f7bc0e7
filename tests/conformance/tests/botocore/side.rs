// Included once for each service, with its client as `service`.

use crate::compare::{Operation, Sending};
use farrier_conformance::{Canned, Member, Shape, base64, now};
use serde_json::Value;
use std::collections::HashMap;

/// A client that sends through the transport.
pub(super) fn client(transport: Canned) -> service::Client {
    let credentials = service::config::Credentials::new(
        crate::peer::ACCESS_KEY_ID,
        crate::peer::SECRET_ACCESS_KEY,
        Some(crate::peer::SESSION_TOKEN.to_owned()),
        None,
        "conformance",
    );
    let config = service::Config::builder()
        .region(service::config::Region::new(crate::peer::REGION))
        .credentials_provider(credentials)
        .time_source(aws_smithy_async::time::StaticTimeSource::new(now()))
        .retry_config(service::config::retry::RetryConfig::disabled())
        .http_client(transport);
    service::Client::from_conf(config.build())
}

macro_rules! send {
    ($builder:ident) => {
        Box::pin(async { sent($builder.send().await) })
    };
}

fn sent<O, E: std::fmt::Debug>(result: Result<O, E>) -> Result<(), String> {
    result.map(drop).map_err(|error| format!("{error:?}"))
}

include!("../inputs/values.rs");
