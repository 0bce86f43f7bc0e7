//! A service with one operation that lists, behind a transport that answers from a script.

#![allow(dead_code, reason = "each test binary uses a part of this")]

use farrier_runtime::config::{
    AuthSchemeOptionResolverParams, Region, StalledStreamProtectionConfig,
};
use farrier_runtime::endpoint::{
    Endpoint, EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use farrier_runtime::error::{
    BoxError, CreateUnhandledError, ErrorKind, ErrorMetadata, ProvideErrorKind,
    ProvideErrorMetadata, SdkError,
};
use farrier_runtime::http::{
    HttpConnector, HttpConnectorFuture, HttpRequest, HttpResponse, SdkBody, SharedHttpConnector,
    StatusCode, http_client_fn,
};
use farrier_runtime::internal::{
    ErrorResponse, Handle, Operation, OperationMetadata, Protocol, Service, SettingsBuilder,
};
use farrier_runtime::json::{Error, Reader, Writer};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

static SERVICE: Service = Service {
    id: "Listing",
    signing_name: "listing",
    protocol: Protocol::AwsJson11,
    version: "1.2.3",
    endpoint_params: |_| Ok(EndpointResolverParams::new(())),
    endpoint_rules: || SharedEndpointResolver::new(Rules),
    endpoint_per_call: false,
    account_id_endpoints: false,
    auth_params: AuthSchemeOptionResolverParams::new,
    query_compatible: false,
};

#[derive(Debug)]
struct Rules;

impl ResolveEndpoint for Rules {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url("https://listing.test").build()))
    }
}

/// The operation.
#[derive(Debug)]
pub(crate) struct List;

#[derive(Clone, Debug, Default)]
pub(crate) struct ListInput {
    pub(crate) marker: Option<String>,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct ListOutput {
    pub(crate) items: Option<Vec<String>>,
    pub(crate) next: Option<String>,
}

#[derive(Debug)]
pub(crate) struct ListError(ErrorMetadata);

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for ListError {}

impl ProvideErrorMetadata for ListError {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

impl ProvideErrorKind for ListError {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        None
    }

    fn code(&self) -> Option<&str> {
        self.0.code()
    }
}

impl CreateUnhandledError for ListError {
    fn create_unhandled_error(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
        let message = format!("unhandled: {source}");
        Self(meta.unwrap_or_else(|| ErrorMetadata::builder().message(message).build()))
    }
}

impl Operation for List {
    type Input = ListInput;
    type Output = ListOutput;
    type Error = ListError;
    const METADATA: &'static OperationMetadata = &OperationMetadata {
        name: "List",
        target: "Listing.List",
        service: &SERVICE,
    };

    fn write_input(input: &ListInput, writer: &mut Writer) {
        writer.begin_object();
        if let Some(marker) = &input.marker {
            writer.key("Marker");
            writer.string(marker);
        }
        writer.end_object();
    }

    fn read_output(body: &[u8], _: Option<String>) -> Result<ListOutput, Error> {
        let mut output = ListOutput::default();
        let mut reader = Reader::new(body);
        if !body.is_empty() && reader.begin_object()? {
            while let Some(key) = reader.next_key()? {
                match key.as_ref() {
                    "Items" => output.items = reader.list(Reader::string)?,
                    "Next" => output.next = reader.string()?,
                    _ => reader.skip_value()?,
                }
            }
        }
        reader.finish()?;
        Ok(output)
    }

    fn read_error(response: ErrorResponse<'_>) -> ListError {
        ListError(response.metadata())
    }
}

pub(crate) type ListResult = Result<ListOutput, SdkError<ListError, HttpResponse>>;

/// A transport that answers with status and body from a script, and keeps what it was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Script {
    pub(crate) fn new<const N: usize>(answers: [(u16, &str); N]) -> Self {
        let script = Self::default();
        *script.answers.lock().expect("not poisoned") = answers
            .map(|(status, body)| (status, body.to_owned()))
            .into();
        script
    }

    /// The bodies of all requests so far.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.bodies.lock().expect("not poisoned").clone()
    }

    /// A client over this transport.
    pub(crate) fn client(&self, configure: impl FnOnce(&mut SettingsBuilder)) -> Handle {
        let script = self.clone();
        let mut settings = SettingsBuilder::new();
        settings
            .set_region(Some(Region::new("us-east-1")))
            // Nothing is signed, so no credentials are loaded, which would use the clock that a test counts by.
            .set_allow_no_auth(true)
            .set_stalled_stream_protection(Some(StalledStreamProtectionConfig::disabled()))
            .set_http_client(Some(http_client_fn(move |_, _| {
                SharedHttpConnector::new(script.clone())
            })));
        configure(&mut settings);
        Handle::new(&SERVICE, settings.build())
    }
}

impl HttpConnector for Script {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default();
        let body = String::from_utf8_lossy(body).into_owned();
        self.bodies.lock().expect("not poisoned").push(body);
        let (status, body) = self
            .answers
            .lock()
            .expect("not poisoned")
            .pop_front()
            .unwrap_or((400, r#"{"__type":"ScriptHasEnded"}"#.to_owned()));
        let status = StatusCode::try_from(status).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}
