//! The call that asks for an endpoint, within the call that needs it.

use super::Discovered;
use crate::endpoint::EndpointResolverParams;
use crate::error::{BoxError, ErrorMetadata, ProvideErrorMetadata};
use crate::http::HttpResponse;
use crate::internal::call::{About, Call, Fault, Outcome, Written};
use crate::internal::endpoints::Target;
use crate::internal::run::Run;
use crate::internal::{Demands, ErrorResponse, OperationMetadata, Unhandled, invoke};
use crate::json::{self, Reader, Writer};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use http::uri::Authority;
use std::future::Future;
use std::net::Ipv6Addr;
use std::pin::Pin;
use std::time::Duration;

const SECONDS_A_MINUTE: u64 = 60;
/// An endpoint is called for a year at most, whatever the service says.
const MOST_MINUTES: u64 = 365 * 24 * 60;

/// What the service named.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) url: String,
    /// How long it may be called.
    pub(super) life: Duration,
}

/// Asks the service where to call.
///
/// Boxed, as it is a call within a call. No interceptor looks in: those of the call are meant for the call, and none would know
/// the types of this one.
pub(super) fn ask<'a>(
    run: &'a Run<'_>,
    wanted: &'a Discovered,
    asked: &'a Target,
) -> Pin<Box<dyn Future<Output = Result<Found, BoxError>> + Send + 'a>> {
    Box::pin(async move {
        let mut call = Question::new(wanted, run.operation.name);
        let own;
        let plan = if run.plan.settings.interceptors().is_empty() {
            run.plan
        } else {
            own = Box::new(run.plan.without_interceptors());
            &*own
        };
        let named = match invoke::planned(plan, run.shared, &mut call).await {
            Ok(Outcome::InCall) => call.take(),
            Ok(Outcome::Erased(output)) => output.downcast().ok(),
            Err(failure) => {
                return Err(failure.map_service_error(|fault| call.fault(fault)).into());
            }
        };
        let named: Named = named.ok_or("the answer is lost")?;
        let scheme = asked.endpoint.url().split("://").next();
        if !is_host(&named.address) {
            return Err("the endpoint in the answer is no host".into());
        }
        Ok(Found {
            url: format!("{}://{}", scheme.unwrap_or("https"), named.address),
            life: Duration::from_secs(named.minutes.min(MOST_MINUTES) * SECONDS_A_MINUTE),
        })
    })
}

/// Whether this is a host and perhaps a port, and nothing that could lead elsewhere.
fn is_host(address: &str) -> bool {
    let Ok(authority) = address.parse::<Authority>() else {
        return false;
    };
    let host = authority.host();
    let is_named = match host.strip_prefix('[') {
        Some(rest) => rest
            .strip_suffix(']')
            .is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok()),
        None => {
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
            !host.is_empty() && host.chars().all(is_of_name)
        }
    };
    let with_port = |port| address == format!("{host}:{port}");
    is_named && (host == address || authority.port().is_some_and(with_port))
}

/// The first endpoint in an answer.
#[derive(Debug)]
struct Named {
    address: String,
    minutes: u64,
}

struct Question {
    operation: &'static OperationMetadata,
    body: Vec<u8>,
    result: Option<Result<Named, Unhandled>>,
}

impl Question {
    fn new(wanted: &Discovered, operation: &str) -> Self {
        let by = wanted.by;
        let mut writer = Writer::new();
        writer.begin_object();
        if by.by_operation {
            writer.key("Operation");
            writer.string(operation);
        }
        if by.by_identifiers {
            writer.key("Identifiers");
            writer.begin_object();
            for (name, value) in &wanted.identifiers {
                writer.key(name);
                writer.string(value);
            }
            writer.end_object();
        }
        writer.end_object();
        Self {
            operation: by.operation,
            body: writer.finish(),
            result: None,
        }
    }

    fn take(&mut self) -> Option<Named> {
        self.result.take()?.ok()
    }

    fn fault(&mut self, fault: Fault) -> Unhandled {
        let error = match fault {
            Fault::InCall => self.result.take().and_then(Result::err),
            Fault::Erased(error) => error.downcast().ok(),
        };
        error.unwrap_or_else(|| ErrorMetadata::default().into())
    }

    fn written(&self) -> Written {
        Written {
            body: self.body.clone().into(),
            address: None,
        }
    }
}

fn about(error: &Unhandled) -> About<'_> {
    About {
        code: error.meta().code(),
        retryable: None,
    }
}

impl Call for Question {
    fn metadata(&self) -> &'static OperationMetadata {
        self.operation
    }

    fn demands(&self) -> &'static Demands {
        &Demands::NONE
    }

    fn write(&self) -> Result<Written, BoxError> {
        Ok(self.written())
    }

    fn write_erased(&self, _: &Input) -> Result<Written, BoxError> {
        Ok(self.written())
    }

    fn endpoint_params(&self, _: &mut EndpointResolverParams) -> Result<(), BoxError> {
        Ok(())
    }

    fn erased_endpoint_params(
        &self,
        _: &Input,
        _: &mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    fn erase_input(&mut self) -> Option<Input> {
        None
    }

    fn read(&mut self, response: &HttpResponse) -> bool {
        let body = response.body().bytes().unwrap_or_default();
        let result = if response.status().is_success() {
            let unhandled = |error: BoxError| Unhandled::new(error, ErrorMetadata::default());
            let named = read(body).map_err(|error| unhandled(error.into()));
            named.and_then(|named| {
                named.ok_or_else(|| unhandled("the answer names no endpoint".into()))
            })
        } else {
            let query_compatible = self.operation.service.query_compatible;
            Err(ErrorResponse::new(response, body, query_compatible)
                .metadata()
                .into())
        };
        self.result.insert(result).is_ok()
    }

    fn erase_result(&mut self) -> Option<Result<Output, Error>> {
        let result = self.result.take()?;
        Some(match result {
            Ok(named) => Ok(Output::erase(named)),
            Err(error) => Err(Error::erase(error)),
        })
    }

    fn error(&self) -> About<'_> {
        match &self.result {
            Some(Err(error)) => about(error),
            _ => About::default(),
        }
    }

    fn about_erased<'a>(&self, error: &'a Error) -> About<'a> {
        error.downcast_ref().map(about).unwrap_or_default()
    }
}

/// Reads `{"Endpoints": [{"Address": "...", "CachePeriodInMinutes": 1440}]}`; only the first counts, as the service lists
/// them in the order in which it wants them called.
fn read(body: &[u8]) -> Result<Option<Named>, json::Error> {
    let mut reader = Reader::new(body);
    let mut first = None;
    if reader.begin_object()? {
        while let Some(key) = reader.next_key()? {
            if key != "Endpoints" || !reader.begin_array()? {
                if key != "Endpoints" {
                    reader.skip_value()?;
                }
                continue;
            }
            while reader.next_element()? {
                let named = read_named(&mut reader)?;
                first = first.or(named);
            }
        }
    }
    reader.finish()?;
    Ok(first)
}

fn read_named(reader: &mut Reader<'_>) -> Result<Option<Named>, json::Error> {
    let (mut address, mut minutes) = (None, None);
    if !reader.begin_object()? {
        return Ok(None);
    }
    while let Some(key) = reader.next_key()? {
        match key.as_ref() {
            "Address" => address = reader.string()?,
            "CachePeriodInMinutes" => minutes = reader.long()?,
            _ => reader.skip_value()?,
        }
    }
    let minutes = u64::try_from(minutes.unwrap_or_default()).unwrap_or_default();
    Ok(address.map(|address| Named { address, minutes }))
}

#[cfg(test)]
mod tests {
    use super::{is_host, read};

    #[test]
    fn hosts_are_told_from_what_is_none() {
        for host in ["a", "a.b-c.example", "127.0.0.1:80", "[::1]", "[::1]:65535"] {
            assert!(is_host(host), "{host}");
        }
        for other in [
            "", "[", "]", "[::1", "a::b", "::1", "a:", ":80", "h:99999", "h:x", "[::1]x", "a[b]",
            "u@h", "u@h:80", "[a]", "u@h:80", "[a]", "h/p", "h?q", "h#f", "a b", "ä", "h%41",
        ] {
            assert!(!is_host(other), "{other}");
        }
    }

    #[test]
    fn the_first_endpoint_counts() {
        let named = |body: &str| {
            let named = read(body.as_bytes()).map_err(|error| error.to_string())?;
            Ok::<_, String>(named.map(|named| (named.address, named.minutes)))
        };
        let both = r#"{"x": [], "Endpoints": [null, {"CachePeriodInMinutes": 7, "y": {}, "Address": "a.b"}, {"Address": "c"}]}"#;
        assert_eq!(named(both), Ok(Some(("a.b".to_owned(), 7))));
        let negative = r#"{"Endpoints": [{"Address": "a", "CachePeriodInMinutes": -1}]}"#;
        assert_eq!(named(negative), Ok(Some(("a".to_owned(), 0))));
        for none in ["{}", r#"{"Endpoints": null}"#, r#"{"Endpoints": [{}]}"#] {
            assert_eq!(named(none), Ok(None), "{none}");
        }
        for wrong in [
            "",
            "[]",
            r#"{"Endpoints": {}}"#,
            r#"{"Endpoints": [{"Address": 1}]}"#,
        ] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }
}
