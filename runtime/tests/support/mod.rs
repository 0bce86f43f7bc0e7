//! A small service: one operation, and a server on the loopback that answers as it is told.

#![allow(dead_code, reason = "each test binary uses a part of this")]

use farrier_runtime::config::{
    AuthSchemeOptionResolverParams, Credentials, Region, RetryConfig, SharedAsyncSleep,
    SharedCredentialsProvider, Sleep,
};
use farrier_runtime::endpoint::{
    Endpoint, EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use farrier_runtime::error::{
    BoxError, CreateUnhandledError, ErrorKind, ErrorMetadata, ProvideErrorKind,
    ProvideErrorMetadata, SdkError,
};
use farrier_runtime::http::HttpResponse;
use farrier_runtime::internal::{
    BuiltIns, ErrorResponse, Handle, Operation, OperationMetadata, Protocol, Service,
    SettingsBuilder,
};
use farrier_runtime::json::{Error, Reader, Writer};
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) static SERVICE: Service = Service {
    id: "Echo",
    signing_name: "echo",
    protocol: Protocol::AwsJson11,
    version: "1.2.3",
    endpoint_params,
    endpoint_rules: || SharedEndpointResolver::new(Rules),
    endpoint_per_call: false,
    account_id_endpoints: false,
    auth_params: AuthSchemeOptionResolverParams::new,
    query_compatible: false,
};

/// What the rules ask for.
#[derive(Debug)]
struct Params {
    region: Option<String>,
    endpoint: Option<String>,
}

fn endpoint_params(settings: &BuiltIns<'_>) -> Result<EndpointResolverParams, BoxError> {
    Ok(EndpointResolverParams::new(Params {
        region: settings.region.map(String::from),
        endpoint: settings.endpoint.map(String::from),
    }))
}

#[derive(Debug)]
struct Rules;

impl ResolveEndpoint for Rules {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let params = params.get::<Params>().expect("the service's own");
        let url = match (&params.endpoint, &params.region) {
            (Some(url), _) => Ok(url.clone()),
            (None, Some(region)) => Ok(format!("https://echo.{region}.amazonaws.com")),
            (None, None) => Err("Invalid Configuration: Missing Region".into()),
        };
        EndpointFuture::ready(url.map(|url| Endpoint::builder().url(url).build()))
    }
}

/// The operation.
#[derive(Debug)]
pub(crate) struct Echo;

#[derive(Debug)]
pub(crate) struct EchoInput(pub(crate) String);

#[derive(Debug, PartialEq)]
pub(crate) struct EchoOutput {
    pub(crate) text: Option<String>,
    pub(crate) request_id: Option<String>,
}

#[derive(Debug)]
pub(crate) struct EchoError(pub(crate) ErrorMetadata);

impl fmt::Display for EchoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for EchoError {}

impl ProvideErrorMetadata for EchoError {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

impl ProvideErrorKind for EchoError {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        (self.0.code() == Some("BusyException")).then_some(ErrorKind::ServerError)
    }

    fn code(&self) -> Option<&str> {
        self.0.code()
    }
}

impl CreateUnhandledError for EchoError {
    fn create_unhandled_error(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
        Self(meta.unwrap_or_else(|| {
            ErrorMetadata::builder()
                .message(format!("unhandled: {source}"))
                .build()
        }))
    }
}

impl Operation for Echo {
    type Input = EchoInput;
    type Output = EchoOutput;
    type Error = EchoError;
    const METADATA: &'static OperationMetadata = &OperationMetadata {
        name: "Echo",
        target: "EchoService.Echo",
        service: &SERVICE,
    };

    fn write_input(input: &EchoInput, writer: &mut Writer) {
        writer.begin_object();
        writer.key("Text");
        writer.string(&input.0);
        writer.end_object();
    }

    fn read_output(body: &[u8], request_id: Option<String>) -> Result<EchoOutput, Error> {
        let mut text = None;
        let mut reader = Reader::new(body);
        if !body.is_empty() && reader.begin_object()? {
            while let Some(key) = reader.next_key()? {
                match key.as_ref() {
                    "Text" => text = reader.string()?,
                    _ => reader.skip_value()?,
                }
            }
        }
        reader.finish()?;
        Ok(EchoOutput { text, request_id })
    }

    fn read_error(response: ErrorResponse<'_>) -> EchoError {
        EchoError(response.metadata())
    }
}

pub(crate) type EchoResult = Result<EchoOutput, SdkError<EchoError, HttpResponse>>;

pub(crate) async fn echo(client: &Handle, text: &str) -> EchoResult {
    farrier_runtime::internal::send::<Echo>(client, None, Ok(EchoInput(text.to_owned()))).await
}

/// Settings with credentials and a region, whose pauses take no time.
pub(crate) fn settings() -> SettingsBuilder {
    let credentials = Credentials::from_keys(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        None,
    );
    let mut settings = settings_without_credentials();
    settings.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)));
    settings
}

/// The same for a client that cannot sign; a provider that is set stays set.
pub(crate) fn settings_without_credentials() -> SettingsBuilder {
    let mut settings = SettingsBuilder::new();
    settings
        .set_region(Some(Region::new("us-east-1")))
        .set_retry_config(Some(
            RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)),
        ));
    settings
}

/// A client for a server on the loopback.
pub(crate) fn client_of(server: &Server, configure: impl FnOnce(&mut SettingsBuilder)) -> Handle {
    let mut settings = settings();
    settings.set_endpoint_url(Some(server.url()));
    configure(&mut settings);
    Handle::new(&SERVICE, settings.build())
}

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Sends these bytes and keeps the connection.
    Bytes(String),
    /// Sends these bytes and closes the connection.
    Cut(String),
    /// Sends these bytes, then nothing more.
    Stall(String),
    /// Waits, then sends these bytes.
    Late(Duration, String),
}

/// An HTTP answer as bytes.
pub(crate) fn answer(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

pub(crate) fn ok(text: &str) -> Answer {
    Answer::Bytes(answer(
        200,
        "x-amzn-requestid: id-1\r\n",
        &format!("{{\"Text\":\"{text}\"}}"),
    ))
}

pub(crate) fn error(status: u16, code: &str) -> Answer {
    Answer::Bytes(answer(
        status,
        "",
        &format!("{{\"__type\":\"echo#{code}\",\"message\":\"told to\"}}"),
    ))
}

/// A server that answers from a script; when that has ended, with its last answer.
#[derive(Clone)]
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    connections: usize,
    open: usize,
    requests: Vec<String>,
    script: Vec<Answer>,
}

impl Server {
    pub(crate) async fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let script = script.into_iter().collect();
        let server = Self {
            address,
            seen: Arc::new(Mutex::new(Seen {
                script,
                ..Seen::default()
            })),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                {
                    let mut seen = serving.seen.lock().unwrap();
                    seen.connections += 1;
                    seen.open += 1;
                }
                let serving = serving.clone();
                tokio::spawn(async move {
                    serving.clone().serve(stream).await;
                    serving.seen.lock().unwrap().open -= 1;
                });
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// Connections that have not been closed.
    pub(crate) fn open(&self) -> usize {
        self.seen.lock().unwrap().open
    }

    /// The requests so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    async fn serve(self, mut stream: TcpStream) {
        while let Some(request) = read_request(&mut stream).await {
            let answer = self.next(request);
            let (bytes, close) = match answer {
                Answer::Bytes(bytes) => (bytes, false),
                Answer::Cut(bytes) => (bytes, true),
                Answer::Late(delay, bytes) => {
                    tokio::time::sleep(delay).await;
                    (bytes, false)
                }
                Answer::Stall(bytes) => {
                    let _ = stream.write_all(bytes.as_bytes()).await;
                    std::future::pending().await
                }
            };
            if stream.write_all(bytes.as_bytes()).await.is_err() || close {
                return;
            }
        }
    }

    fn next(&self, request: String) -> Answer {
        let mut seen = self.seen.lock().unwrap();
        seen.requests.push(request);
        if seen.script.len() > 1 {
            seen.script.remove(0)
        } else {
            seen.script[0].clone()
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(head) = text.find("\r\n\r\n") {
            let length = header(&text, "content-length")
                .map_or(0, |length| length.parse().expect("a length"));
            if bytes.len() >= head + 4 + length {
                return Some(text);
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// The value of a header in the text of a request.
pub(crate) fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    request
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(": "))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// A clock for which no time passes; it notes how long it was asked to wait.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted(pub(crate) Arc<Mutex<Vec<Duration>>>);

impl farrier_runtime::config::AsyncSleep for Noted {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().unwrap().push(duration);
        Sleep::new(std::future::ready(()))
    }
}

impl From<Noted> for SharedAsyncSleep {
    fn from(noted: Noted) -> Self {
        SharedAsyncSleep::new(noted)
    }
}

/// A port on which nobody listens.
pub(crate) async fn closed_port() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address")
}
