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

fn sent<O, E: std::fmt::Debug>(result: Result<O, E>) -> Result<(), String> {
    result.map(drop).map_err(|error| format!("{error:?}"))
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object().expect("an object");
    object.iter().map(|(name, value)| (name.as_str(), value))
}

fn unknown<T>(name: &str) -> T {
    panic!("{name} is no member")
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn list<T>(value: &Value, item: fn(&Value) -> T) -> Vec<T> {
    value.as_array().expect("an array").iter().map(item).collect()
}

fn map<T>(value: &Value, item: fn(&Value) -> T) -> HashMap<String, T> {
    let entries = entries(value).map(|(key, value)| (key.to_owned(), item(value)));
    entries.collect()
}

fn blob(value: &Value) -> service::primitives::Blob {
    service::primitives::Blob::new(base64(&text(value)))
}

fn boolean(value: &Value) -> bool {
    value.as_bool().expect("true or false")
}

fn integer(value: &Value) -> i32 {
    long(value).try_into().expect("32 bits")
}

fn long(value: &Value) -> i64 {
    value.as_i64().expect("64 bits")
}

fn double(value: &Value) -> f64 {
    let named = || text(value).parse().expect("a number's name");
    value.as_f64().unwrap_or_else(named)
}

fn timestamp(value: &Value) -> service::primitives::DateTime {
    let milliseconds = (double(value) * 1e3).round() as i64;
    service::primitives::DateTime::from_millis(milliseconds)
}
