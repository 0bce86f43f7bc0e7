//! What an input says of the address that is called.

use crate::endpoint::is_valid_host_label;
use crate::error::BoxError;
use crate::http::HttpRequest;
use crate::internal::Discovered;
use std::borrow::Cow;

/// What an input changes of the address that the endpoint rules give.
#[derive(Clone, Debug)]
pub enum Address {
    /// This goes before the host
    /// ([`endpoint`](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait)).
    HostPrefix(Cow<'static, str>),
    /// Another endpoint is called; the signature stays the same.
    Endpoint(String),
    /// The service names the endpoint.
    Discovered(Discovered),
}

impl Address {
    /// Directs a request that was made for the endpoint.
    pub(super) fn apply(&self, request: &mut HttpRequest) -> Result<(), BoxError> {
        match self {
            Self::HostPrefix(prefix) => {
                let uri = request.uri();
                let (scheme, rest) = uri
                    .split_once("://")
                    .ok_or("the endpoint is not an address that can be called")?;
                let uri = format!("{scheme}://{prefix}{rest}");
                Ok(request.set_uri(uri)?)
            }
            Self::Endpoint(url) => place(request, url, "in the input"),
            // Where it is not asked for, the usual endpoint is called.
            Self::Discovered(_) => Ok(()),
        }
    }
}

/// Directs a request to an endpoint that comes from somewhere.
pub(super) fn place(request: &mut HttpRequest, url: &str, origin: &str) -> Result<(), BoxError> {
    request.set_uri("/")?;
    let placed = request.uri_mut().set_endpoint(url);
    Ok(placed.map_err(|error| {
        format!("the endpoint {origin} is not an address that can be called: {error}")
    })?)
}

/// The value of a member that is a part of a host name
/// ([`hostLabel`](https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait)).
///
/// # Errors
///
/// It is missing, or it could make another host of the endpoint's.
pub fn host_label<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, BoxError> {
    match value {
        Some(label) if is_valid_host_label(label, false) => Ok(label),
        Some(_) => Err(format!(
            "`{name}` is a part of the host name: it may hold 1 to 63 letters, digits and hyphens, and no hyphen at its ends"
        )
        .into()),
        None => Err(format!("`{name}` is not set, and it is a part of the host name").into()),
    }
}
